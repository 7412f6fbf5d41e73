import type { TemporaryKeys } from './temporaryKeys.ts';
import { isCancelled, KeysUnavailableError, toError } from '../../domain/errors.ts';
import type { Fields } from '../../domain/record.ts';
import { isRecord } from '../../domain/record.ts';
import type { KeyField } from './keyFields.ts';
import { readCredentials, readExpiry, readText, unreadable } from './keyFields.ts';

/**
 * Gets a text over plain HTTP, `undefined` when there is nothing at that address (404). Rejects when nobody answers in
 * time or the answer is another one, with `CancelledError` when the signal aborts.
 */
export type FetchText = (url: string, signal: AbortSignal) => Promise<string | undefined>;

/** The metadata service, which only servers of Tencent Cloud can reach (CVM, 213/47668). */
const address = 'http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/';

const source = { kind: 'cvmRole' } as const;

/**
 * The keys of the role that the server under the editor has: first the role's name, then its keys. Throws
 * `KeysUnavailableError`: `missing` where there is no such server or no role, `unreadable` for an odd answer.
 */
export async function readCvmRole(fetchText: FetchText, signal: AbortSignal): Promise<TemporaryKeys> {
  const role = await text(fetchText, address, signal);
  // Anything may answer to that name outside Tencent Cloud, such as the sign-in page of a hotel.
  if (!/^[\w+=,.@-]{1,128}$/.test(role)) throw unreadable(source, 'RoleName', 'is not the name of a role');
  const fields = parseObject(await text(fetchText, address + encodeURIComponent(role), signal));
  if (fields === undefined) throw unreadable(source, role, 'is not a JSON object');
  const field = (name: string): KeyField => ({ name, value: fields[name] });
  if (readText(source, field('Code')) !== 'Success') throw unreadable(source, 'Code', 'is not Success');
  const credentials = readCredentials(source, {
    id: field('TmpSecretId'),
    key: field('TmpSecretKey'),
    token: field('Token'),
  });
  if (credentials.token === undefined) throw new KeysUnavailableError(source, { kind: 'incomplete', what: 'Token' });
  const expiresAt = readExpiry(source, field('ExpiredTime'));
  if (expiresAt === undefined) throw new KeysUnavailableError(source, { kind: 'incomplete', what: 'ExpiredTime' });
  return { credentials, expiresAt };
}

async function text(fetchText: FetchText, url: string, signal: AbortSignal): Promise<string> {
  let answer: string | undefined;
  try {
    answer = await fetchText(url, signal);
  } catch (thrown) {
    if (isCancelled(toError(thrown))) throw thrown;
    throw new KeysUnavailableError(source, { kind: 'missing' }, { cause: thrown });
  }
  if (answer === undefined || answer.trim() === '') throw new KeysUnavailableError(source, { kind: 'missing' });
  return answer.trim();
}

function parseObject(json: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : undefined;
  } catch {
    // Node's own words quote the text, and the text may hold keys.
    return undefined;
  }
}
