import type { SourcedKeys } from '../../domain/credentials.ts';
import { readCredentials, readRegion, readRole } from './keyFields.ts';
import type { KeyField } from './keyFields.ts';

/** Variables of the process, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

const source = { kind: 'environment' } as const;

/**
 * The keys in the environment variables that the official clients read. Each client knows one name for the token:
 * TENCENTCLOUD_SESSION_TOKEN the Node SDK, TENCENTCLOUD_TOKEN the command line; the first goes before.
 * Throws `KeysUnavailableError`; the name in it is that of a variable.
 */
export function readEnvironment(environment: Environment): SourcedKeys {
  const variable = (name: string): KeyField => ({ name, value: environment[name] });
  const sessionToken = variable('TENCENTCLOUD_SESSION_TOKEN');
  const credentials = readCredentials(source, {
    id: variable('TENCENTCLOUD_SECRET_ID'),
    key: variable('TENCENTCLOUD_SECRET_KEY'),
    token: (environment[sessionToken.name] ?? '').trim() === '' ? variable('TENCENTCLOUD_TOKEN') : sessionToken,
  });
  const region = readRegion(environment['TENCENTCLOUD_REGION']);
  const role = readRole(source, {
    arn: variable('TENCENTCLOUD_ROLE_ARN'),
    sessionName: variable('TENCENTCLOUD_ROLE_SESSION_NAME'),
  });
  return { credentials, ...(region === undefined ? {} : { region }), ...(role === undefined ? {} : { role }) };
}
