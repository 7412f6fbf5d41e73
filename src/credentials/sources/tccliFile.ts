import type { Site, SourcedKeys } from '../../domain/credentials.ts';
import { KeysUnavailableError } from '../../domain/errors.ts';
import type { KeySource } from '../../domain/profile.ts';
import type { Fields } from '../../domain/record.ts';
import { isRecord } from '../../domain/record.ts';
import type { KeyField } from './keyFields.ts';
import { readCredentials, readExpiry, readRegion, readRole, unreadable } from './keyFields.ts';

/** What a profile of the command line says: its keys, or that they are those of the instance's role. */
export type TccliProfile =
  { readonly kind: 'keys'; readonly keys: SourcedKeys } | { readonly kind: 'cvmRole'; readonly region?: string };

/** The profile's two files as they are on disk. */
export interface TccliFiles {
  /** `<profile>.credential` */
  readonly credential: string;
  /** `<profile>.configure`; only the region is read from it, so that nothing depends on it. */
  readonly configure?: string;
}

/** The kinds of profile whose keys come with a login in the browser, and end. */
const loginTypes = ['oauth', 'sso'] as const;

/**
 * Reads a profile of TCCLI. Keys of a login are used as they stand until `expiresAt`: the command line renews them by
 * calls of its own that are not documented and are not ours to make.
 * Throws `KeysUnavailableError`; the name in it is that of a field, or of the file.
 */
export function readTccliProfile(profile: string, files: TccliFiles): TccliProfile {
  const source: KeySource = { kind: 'tccli', profile };
  const credential = parseObject(files.credential);
  if (credential === undefined) throw unreadable(source, tccliFileNames(profile).credential, 'is not a JSON object');
  const region = files.configure === undefined ? undefined : regionOf(files.configure);
  const withRegion = region === undefined ? {} : { region };
  // The order is TCCLI's: the instance's role goes before an assumed one.
  if (credential['type'] === 'cvm-role') return { kind: 'cvmRole', ...withRegion };

  const field = (name: string): KeyField => ({ name, value: credential[name] });
  const login = loginTypes.find((type) => isLogin(credential, type));
  const parts = { id: field('secretId'), key: field('secretKey'), token: field('token') };
  if (login !== undefined && isNothing(parts.id.value) && isNothing(parts.key.value)) {
    throw new KeysUnavailableError(source, { kind: 'notLoggedIn' });
  }
  const credentials = readCredentials(source, parts);
  const role = readRole(source, { arn: field('role-arn'), sessionName: field('role-session-name') });
  const expiresAt = readExpiry(source, field('expiresAt'));
  if (login !== undefined && expiresAt === undefined) {
    throw new KeysUnavailableError(source, { kind: 'incomplete', what: 'expiresAt' });
  }
  const site = login === undefined ? undefined : siteOf(credential[login]);
  return {
    kind: 'keys',
    keys: {
      credentials,
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(site === undefined ? {} : { site }),
      ...withRegion,
      ...(role === undefined ? {} : { role }),
    },
  };
}

/** How TCCLI names the files of a profile. */
export function tccliFileNames(profile: string): { readonly credential: string; readonly configure: string } {
  return { credential: `${profile}.credential`, configure: `${profile}.configure` };
}

/**
 * True for a profile of that login. `tccli sso configure` adds its block to whatever is in the file and writes no type,
 * so the block alone makes a login only where there are no keys.
 */
function isLogin(credential: Fields, type: (typeof loginTypes)[number]): boolean {
  if (credential['type'] === type) return true;
  return isRecord(credential[type]) && isNothing(credential['secretId']) && isNothing(credential['secretKey']);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** Which site the login was made at; that decides where the keys are known. */
function siteOf(login: unknown): Site | undefined {
  const site = isRecord(login) ? login['site'] : undefined;
  if (site === 'cn') return 'mainland';
  return site === 'intl' ? 'international' : undefined;
}

/** Under `_sys_param`, in files of older versions at the top. */
function regionOf(configure: string): string | undefined {
  const fields = parseObject(configure);
  const system = fields?.['_sys_param'];
  return readRegion(isRecord(system) ? system['region'] : undefined) ?? readRegion(fields?.['region']);
}

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isRecord(value) ? value : undefined;
  } catch {
    // Node's own words quote the text, and the text holds keys.
    return undefined;
  }
}
