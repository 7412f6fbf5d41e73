import { TroubleError } from './trouble.ts';

/** Bytes. A login and a few short answers take a few hundred; one who sends more than this is not answering us. */
const most = 1024 * 1024;

/** Bytes of a message's type and length. The length counts itself (PostgreSQL documentation, 54.1). */
const head = 5;

/**
 * Cuts what a server sends into whole messages, the rest is kept for the next call.
 *
 * pg trusts the length of a message, keeps whatever it announces, and never comes back from an error whose list of
 * fields has no end; such messages stop here.
 * @throws TroubleError `garbage` where it cannot be an answer of PostgreSQL
 */
export function createFrames(): (bytes: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  let received = 0;
  return (bytes) => {
    received += bytes.length;
    rest = Buffer.concat([rest, bytes]);
    const messages: Buffer[] = [];
    while (rest.length >= head) {
      const end = rest.readUInt32BE(1) + 1;
      if (end < head || end > most) throw new TroubleError({ kind: 'garbage' });
      if (rest.length < end) break;
      const message = rest.subarray(0, end);
      if (hasFields(message) && !isEnded(message)) throw new TroubleError({ kind: 'garbage' });
      messages.push(message);
      rest = rest.subarray(end);
    }
    if (received > most) throw new TroubleError({ kind: 'garbage' });
    return messages;
  };
}

/** Errors and notices. */
function hasFields(message: Buffer): boolean {
  const type = message.toString('latin1', 0, 1);
  return type === 'E' || type === 'N';
}

/** True when its fields, each a letter and a text that ends with 0, end with another 0. */
function isEnded(message: Buffer): boolean {
  for (let at = head; at < message.length;) {
    if (message[at] === 0) return true;
    const end = message.indexOf(0, at + 1);
    if (end === -1) return false;
    at = end + 1;
  }
  return false;
}
