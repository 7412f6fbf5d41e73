import type { SourcedKeys } from '../../domain/credentials.ts';
import { KeysUnavailableError } from '../../domain/errors.ts';
import { readCredentials, readRole, unreadable } from './keyFields.ts';
import type { KeyField } from './keyFields.ts';

const source = { kind: 'sdkFile' } as const;
const section = 'default';

/**
 * The keys in the credentials file of the official SDKs: INI, of which only the section `default` counts.
 *
 * The SDKs do not agree on quotes: those with an INI library (Node, Go) take them off, Python keeps them as part of the
 * value. No key holds a quotation mark, so here they go. `role_arn` is read by Python and used by none; a person who
 * wrote it means it. Throws `KeysUnavailableError`; the name in it is that of a key of the file.
 */
export function readSdkFile(text: string): SourcedKeys {
  const values = readSection(text);
  if (values === undefined) throw new KeysUnavailableError(source, { kind: 'incomplete', what: `[${section}]` });
  const field = (name: string): KeyField => ({ name, value: unquoted(name, values.get(name) ?? '') });
  const credentials = readCredentials(source, {
    id: field('secret_id'),
    key: field('secret_key'),
    token: field('token'),
  });
  const role = readRole(source, { arn: field('role_arn'), sessionName: field('role_session_name') });
  return { credentials, ...(role === undefined ? {} : { role }) };
}

/** Keys in lower case → values as written; `undefined` when there is no such section. */
function readSection(text: string): Map<string, string> | undefined {
  let values: Map<string, string> | undefined;
  let inside = false;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    // A byte order mark goes with the spaces.
    const line = raw.trim();
    if (line === '' || line.startsWith(';') || line.startsWith('#')) continue;
    const heading = /^\[([^\]]*)\]/.exec(line);
    if (heading !== null) {
      inside = heading[1]?.trim() === section;
      if (inside) values ??= new Map();
    } else if (inside) {
      // The first sign parts name and value: a token may hold more of them.
      const sign = line.search(/[=:]/);
      if (sign > 0) values?.set(line.slice(0, sign).trim().toLowerCase(), line.slice(sign + 1).trim());
    }
  }
  return values;
}

/** The value without its quotes, or without a comment behind it, which a space sets apart. */
function unquoted(name: string, value: string): string {
  const [quote = ''] = value;
  if (quote !== '"' && quote !== "'") return value.replace(/(^|\s)[;#].*$/, '').trim();
  const end = value.indexOf(quote, 1);
  const rest = value.slice(end + 1).trim();
  if (end < 0 || (rest !== '' && !/^[;#]/.test(rest))) throw unreadable(source, name, 'has a quotation mark too few');
  return value.slice(1, end);
}
