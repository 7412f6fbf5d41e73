import { regionRule } from '../../domain/createPlan.ts';
import type { AssumedRole, Credentials } from '../../domain/credentials.ts';
import { KeysUnavailableError } from '../../domain/errors.ts';
import { secretIdRule, secretKeyRule } from '../../domain/keyRules.ts';
import type { KeySource } from '../../domain/profile.ts';
import { Secret } from '../../domain/secret.ts';

/** One value of a source, under the name that a person finds it by. Absent, null and empty mean the same. */
export interface KeyField {
  readonly name: string;
  readonly value: unknown;
}

/** The session name where a role is named without one: the service asks for some, and records it. */
const defaultSessionName = 'tencentdb-postgres';

/** The end of what a `Date` can hold. */
const lastSecond = 8.64e12;

/** Why something cannot be used, without what it holds. The detail is for the log. */
export function unreadable(source: KeySource, what: string, detail: string): KeysUnavailableError {
  return new KeysUnavailableError(source, { kind: 'unreadable', what }, { cause: new Error(`${what} ${detail}`) });
}

/**
 * The keys that three values make. Spaces around them are slips of the clipboard and go. Throws `KeysUnavailableError`:
 * `missing` when there is neither id nor key, `incomplete` when there is one of them, `unreadable` for a value that
 * cannot be a key.
 */
export function readCredentials(
  source: KeySource,
  fields: { readonly id: KeyField; readonly key: KeyField; readonly token: KeyField },
): Credentials {
  const id = readText(source, fields.id);
  const key = readText(source, fields.key);
  if (id === '' && key === '') throw new KeysUnavailableError(source, { kind: 'missing' });
  for (const [field, text] of [
    [fields.id, id],
    [fields.key, key],
  ] as const) {
    if (text === '') throw new KeysUnavailableError(source, { kind: 'incomplete', what: field.name });
  }
  const token = readText(source, fields.token);
  // What no key can look like would end up in a header, or come back from the service as an unknown key.
  if (secretIdRule(id) !== undefined) throw unreadable(source, fields.id.name, 'does not have the form of a key');
  if (secretKeyRule(key) !== undefined) throw unreadable(source, fields.key.name, 'does not have the form of a key');
  if (token !== '' && !isToken(token)) throw unreadable(source, fields.token.name, 'does not have the form of a token');
  return { secretId: id, secretKey: new Secret(key), ...(token === '' ? {} : { token: new Secret(token) }) };
}

/** The text without spaces around it, `''` for nothing. Throws `KeysUnavailableError` for what is no text. */
export function readText(source: KeySource, { name, value }: KeyField): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw unreadable(source, name, 'is not text');
  return value.trim();
}

/** The role that a source asks for. Nobody who names a role wants to go without it, so a session name is no condition. */
export function readRole(
  source: KeySource,
  fields: { readonly arn: KeyField; readonly sessionName: KeyField },
): AssumedRole | undefined {
  const roleArn = readText(source, fields.arn);
  if (roleArn === '') return undefined;
  const sessionName = readText(source, fields.sessionName);
  return { roleArn, sessionName: sessionName === '' ? defaultSessionName : sessionName };
}

/** Unix seconds as milliseconds, `undefined` for nothing. Throws `KeysUnavailableError` for what is no time. */
export function readExpiry(source: KeySource, { name, value }: KeyField): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !(value >= 0 && value <= lastSecond))
    throw unreadable(source, name, 'is not a time');
  return value * 1_000;
}

/** A region that a source names; what does not look like one counts as none, since keys work without it. */
export function readRegion(value: unknown): string | undefined {
  return typeof value === 'string' && regionRule(value) === undefined ? value.trim() : undefined;
}

/** STS promises at most 4096 bytes; twice that still fits into a header. */
function isToken(text: string): boolean {
  return text.length <= 8_192 && /^[\x21-\x7e]+$/.test(text);
}
