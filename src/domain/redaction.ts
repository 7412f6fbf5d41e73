/**
 * The one place that decides what may be written: every text that leaves this process for a log, a screen, a file or
 * the clipboard goes through `redact`, which puts `***` in the place of every secret that was ever made here.
 *
 * The service repeats what it was sent in the words of its errors, so that a password can come back in any text.
 * Only a `Secret` is handed out as it is, where `reveal()` is written; `test/manifest/secrets.test.ts` lists those places.
 */

/** A shorter secret cannot be told from other text, and replacing it would garble everything. */
const shortest = 6;

/** The most characters of secrets, in all their forms, that are known at a time. */
const most = 1_000_000;

const mask = '***';

/** Every known secret with the forms in which it may stand in a text; the one that was used last comes last. */
const known = new Map<string, readonly string[]>();
let held = 0;

/** Finds out in one pass over a text, however many secrets are known, where one may begin. */
interface Beginnings {
  /** Not 0 for the first two characters of a form; others share their number. */
  readonly pairs: Uint8Array;
  /** By their first six characters, the longest first. */
  readonly forms: ReadonlyMap<string, readonly string[]>;
}

let beginnings: Beginnings | undefined;

/** Makes a secret known. When there are too many, those that were not used for the longest time are forgotten. */
export function remember(secret: string): void {
  if (secret.length < shortest) return;
  let forms = known.get(secret);
  if (forms === undefined) {
    forms = formsOf(secret);
    held += lengthOf(forms);
    beginnings = undefined;
  }
  known.delete(secret);
  known.set(secret, forms);
  for (const [oldest, its] of known) {
    if (held <= most || known.size === 1) return;
    known.delete(oldest);
    held -= lengthOf(its);
  }
}

/** The text with `***` in the place of every known secret, in whatever form it stands there. */
export function redact(text: string): string {
  if (known.size === 0) return text;
  const { pairs, forms } = (beginnings ??= beginningsOf(known.values()));
  let safe = '';
  let from = 0;
  for (let at = 0; at <= text.length - shortest; at += 1) {
    if (pairs[pairOf(text, at)] === 0) continue;
    const form = forms.get(text.slice(at, at + shortest))?.find((one) => text.startsWith(one, at));
    if (form === undefined) continue;
    // One that begins within another is hidden with it.
    if (at >= from) safe += text.slice(from, at) + mask;
    from = Math.max(from, at + form.length);
  }
  return from === 0 ? text : safe + text.slice(from);
}

/**
 * By these an instance or an operation is found again. They are names, and are kept even where somebody has made a
 * password of one: a record whose name reads `***` would belong to nothing.
 */
const names: ReadonlySet<string> = new Set([
  'id',
  'accountId',
  'instanceId',
  'offering',
  'kind',
  'state',
  'name',
  'subject',
  'adminName',
  'region',
  'zone',
]);

/** What is to be kept, as JSON values, without the secrets in its texts. What holds none is returned as it is. */
export function redactKept(value: unknown): unknown {
  // One pass over the whole finds out that there is nothing to do, which is nearly always so.
  const text: unknown = JSON.stringify(value);
  return typeof text !== 'string' || redact(text) === text ? value : JSON.parse(JSON.stringify(value, redactMember));
}

function redactMember(key: string, value: unknown): unknown {
  return typeof value === 'string' && !names.has(key) ? redact(value) : value;
}

function pairOf(text: string, at: number): number {
  return (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) & 0xff_ff;
}

function beginningsOf(secrets: Iterable<readonly string[]>): Beginnings {
  const pairs = new Uint8Array(0x1_00_00);
  const forms = new Map<string, string[]>();
  for (const form of [...secrets].flat()) {
    const head = form.slice(0, shortest);
    pairs[pairOf(form, 0)] = 1;
    forms.set(head, [...(forms.get(head) ?? []), form]);
  }
  for (const alike of forms.values()) alike.sort((a, b) => b.length - a.length);
  return { pairs, forms };
}

/** As it is, in JSON, in an address or a web form, and in Base64. */
function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const percent = encodeURIComponent(secret.toWellFormed());
  const strict = percent.replace(/[!'()*~]/g, (sign) => `%${hex(sign, 2).toUpperCase()}`);
  const encoded = [percent, strict, strict.replaceAll('%20', '+')];
  const base64 = [0, 1, 2].map((before) => base64Of(secret, before));
  return [
    ...new Set([
      secret,
      json,
      json.replace(/[^ -~]/g, (unit) => `\\u${hex(unit, 4)}`),
      ...encoded,
      ...encoded.map((text) => text.replace(/%../g, (code) => code.toLowerCase())),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}

function hex(unit: string, digits: number): string {
  return unit.charCodeAt(0).toString(16).padStart(digits, '0');
}

/**
 * What Base64 makes of a secret behind something else, such as `user:`, as far as it depends on the secret alone.
 * @param before bytes before it, as what counts is where the secret begins in a group of three
 */
function base64Of(secret: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
  return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

function lengthOf(forms: readonly string[]): number {
  return forms.reduce((sum, { length }) => sum + length, 0);
}
