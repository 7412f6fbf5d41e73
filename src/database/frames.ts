/** Bytes. A login and a few short answers take a few hundred; one who sends more than this is not answering us. */
const most = 1024 * 1024;

/** Bytes of a message's type and length. The length counts itself (PostgreSQL documentation, 54.1). */
const head = 5;

/** Cuts what a server sends into messages. */
export interface Frames {
  /**
   * The messages that are whole by now; the rest is kept for the next call.
   * @throws RangeError where it cannot be what PostgreSQL sends
   */
  take(bytes: Buffer): Buffer[];
}

/**
 * pg keeps whatever a message announces, reads texts past its end, and never comes back from an error whose list of
 * fields has no end. Such messages stop here.
 */
export function createFrames(): Frames {
  let rest: Buffer = Buffer.alloc(0);
  let received = 0;
  return {
    take(bytes) {
      received += bytes.length;
      if (received > most) throw new RangeError('More than an answer takes');
      rest = Buffer.concat([rest, bytes]);
      const messages: Buffer[] = [];
      while (rest.length >= head) {
        const end = rest.readUInt32BE(1) + 1;
        if (end < head || end > most) throw new RangeError('A message of no sensible length');
        if (rest.length < end) break;
        const message = rest.subarray(0, end);
        if (!areTextsEnded(message)) throw new RangeError('A text without an end');
        messages.push(message);
        rest = rest.subarray(end);
      }
      return messages;
    },
  };
}

/** True when every text of the message ends, with a 0, inside it (PostgreSQL documentation, 54.7). */
function areTextsEnded(message: Buffer): boolean {
  switch (message.toString('latin1', 0, 1)) {
    case 'C':
      return afterTexts(message, head, 1) !== undefined;
    case 'S':
      return afterTexts(message, head, 2) !== undefined;
    case 'A':
      return afterTexts(message, head + 4, 2) !== undefined;
    case 'E':
    case 'N':
      return isListEnded(message, head, 1);
    case 'R':
      // Of the requests for a login, only the one that lists mechanisms (10) has texts.
      return message.length < head + 4 || message.readInt32BE(head) !== 10 || isListEnded(message, head + 4, 0);
    case 'T':
      return areColumnsEnded(message);
    default:
      return true;
  }
}

/** The place after that many texts; `undefined` when one of them has no end. */
function afterTexts(message: Buffer, from: number, count: number): number | undefined {
  let at = from;
  for (let left = count; left > 0; left -= 1) {
    const end = message.indexOf(0, at);
    if (end === -1) return undefined;
    at = end + 1;
  }
  return at;
}

/** True when a list ends with a 0 in the place of another entry. @param prefix bytes of an entry before its text */
function isListEnded(message: Buffer, from: number, prefix: number): boolean {
  for (let at: number | undefined = from; at !== undefined && at < message.length;) {
    if (message[at] === 0) return true;
    at = afterTexts(message, at + prefix, 1);
  }
  return false;
}

/** Each column is a name and 18 bytes about it. */
function areColumnsEnded(message: Buffer): boolean {
  if (message.length < head + 2) return false;
  let at = head + 2;
  for (let left = message.readInt16BE(head); left > 0; left -= 1) {
    const name = afterTexts(message, at, 1);
    if (name === undefined || name + 18 > message.length) return false;
    at = name + 18;
  }
  return true;
}
