import { join, resolve } from 'node:path';
import type { AssumedRole, Connection, Credentials, SourcedKeys } from '../../domain/credentials.ts';
import { KeysUnavailableError } from '../../domain/errors.ts';
import type { Log, Now } from '../../domain/ports.ts';
import type { KeySource } from '../../domain/profile.ts';
import type { FetchText } from './cvmRole.ts';
import { readCvmRole } from './cvmRole.ts';
import { readEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import type { KeyDisk } from './keyFile.ts';
import { readSdkFile } from './sdkFile.ts';
import { readTccliProfile, tccliFileNames } from './tccliFile.ts';
import { createTemporaryKeyCache } from './temporaryKeys.ts';
import type { TemporaryKeys } from './temporaryKeys.ts';

/** Where keys come from, beside the secret storage. Nothing is kept but what a service has handed out for a time. */
export interface KeySources {
  /**
   * The keys of a source as they are now, with the role that the source wants assumed, if any. Rejects with
   * `KeysUnavailableError`, also for keys that have ended, and with `CancelledError`.
   * @param refused keys that the service no longer takes, and that are not given again from memory
   */
  read(source: KeySource, signal: AbortSignal, refused?: Credentials): Promise<SourcedKeys>;
  /** The keys of a role, kept and renewed before they end. Rejects as `assumeRole` does, and with `CancelledError`. */
  assume(connection: Connection, role: AssumedRole, signal: AbortSignal, refused?: Credentials): Promise<TemporaryKeys>;
  /** Names of the profiles of the command line, the usual one first. */
  tccliProfiles(): Promise<string[]>;
  /** The sources that have keys, also those whose keys have ended: they are renewed where they come from. */
  available(signal: AbortSignal): Promise<KeySource[]>;
  /** Absolute paths of the files that a source is read from, whether they are there or not. */
  files(source: KeySource): readonly string[];
}

export interface KeySourcesDeps extends KeyDisk {
  /** `process.env` */
  readonly environment: Environment;
  /** The person's home folder, absolute. */
  readonly home: string;
  /** Where the SDKs look after the home folder; `/etc/tencentcloud` if absent. */
  readonly systemFolder?: string;
  readonly fetchText: FetchText;
  /** AssumeRole of STS. */
  readonly assumeRole: (connection: Connection, role: AssumedRole, signal: AbortSignal) => Promise<TemporaryKeys>;
  readonly now: Now;
  readonly log: Log;
}

const ending = '.credential';

export function createKeySources(deps: KeySourcesDeps): KeySources {
  const { environment, home, systemFolder = '/etc/tencentcloud', fetchText, assumeRole, now } = deps;
  const tccliFolder = join(home, '.tccli');
  const cache = createTemporaryKeyCache(deps);

  function sdkFiles(): string[] {
    // The Go SDK takes another path from here, and then looks nowhere else.
    const named = (environment['TENCENTCLOUD_CREDENTIALS_FILE'] ?? '').trim();
    if (named !== '') return [resolve(home, named)];
    return [join(home, '.tencentcloud', 'credentials'), join(systemFolder, 'credentials')];
  }

  /** `undefined` when there is no such file. */
  async function textOf(source: KeySource, path: string): Promise<string | undefined> {
    try {
      return await deps.readFile(path);
    } catch (thrown) {
      if (isMissing(thrown)) return undefined;
      throw new KeysUnavailableError(source, { kind: 'unreadable', what: path }, { cause: thrown });
    }
  }

  async function readSdk(source: KeySource): Promise<SourcedKeys> {
    for (const path of sdkFiles()) {
      const text = await textOf(source, path);
      if (text !== undefined) return readSdkFile(text);
    }
    throw new KeysUnavailableError(source, { kind: 'missing' });
  }

  async function readTccli(
    source: KeySource,
    profile: string,
    signal: AbortSignal,
    refused?: Credentials,
  ): Promise<SourcedKeys> {
    const names = tccliFileNames(profile);
    const credential = isFileName(profile) ? await textOf(source, join(tccliFolder, names.credential)) : undefined;
    if (credential === undefined) throw new KeysUnavailableError(source, { kind: 'missing' });
    // It names a region only, and keys work without one.
    const configure = await deps.readFile(join(tccliFolder, names.configure)).catch(() => undefined);
    const read = readTccliProfile(profile, { credential, ...(configure === undefined ? {} : { configure }) });
    if (read.kind === 'keys') return read.keys;
    const keys = await readServerRole(source, signal, refused);
    return read.region === undefined ? keys : { ...keys, region: read.region };
  }

  async function readServerRole(source: KeySource, signal: AbortSignal, refused?: Credentials): Promise<SourcedKeys> {
    try {
      return await cache.get('cvmRole', (aborted) => readCvmRole(fetchText, aborted), signal, refused);
    } catch (thrown) {
      // A profile of the command line may point to the role; then it is the profile that has no keys.
      if (!(thrown instanceof KeysUnavailableError)) throw thrown;
      throw new KeysUnavailableError(source, thrown.problem, { cause: thrown.cause });
    }
  }

  async function readOwn(source: KeySource, signal: AbortSignal, refused?: Credentials): Promise<SourcedKeys> {
    switch (source.kind) {
      case 'stored':
        throw new KeysUnavailableError(source, { kind: 'missing' });
      case 'environment':
        return readEnvironment(environment);
      case 'sdkFile':
        return readSdk(source);
      case 'tccli':
        return readTccli(source, source.profile, signal, refused);
      case 'cvmRole':
        return readServerRole(source, signal, refused);
    }
  }

  /** Keys that have ended are no keys; what they sign would come back as a puzzle. */
  function current(source: KeySource, keys: SourcedKeys): SourcedKeys {
    if (keys.expiresAt === undefined || keys.expiresAt > now()) return keys;
    throw new KeysUnavailableError(source, { kind: 'expired', at: keys.expiresAt });
  }

  async function tccliProfiles(): Promise<string[]> {
    const names = await deps.readFolder(tccliFolder).catch(() => []);
    const profiles = names.filter((name) => name.length > ending.length && name.endsWith(ending));
    const usual = environment['TCCLI_PROFILE'] ?? 'default';
    const rank = (profile: string): number => (profile === usual ? 0 : 1);
    return profiles.map((name) => name.slice(0, -ending.length)).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  }

  async function hasKeys(source: KeySource, signal: AbortSignal): Promise<boolean> {
    try {
      await readOwn(source, signal);
      return true;
    } catch (thrown) {
      if (thrown instanceof KeysUnavailableError) return false;
      throw thrown;
    }
  }

  return {
    read: async (source, signal, refused) => current(source, await readOwn(source, signal, refused)),
    assume(connection, role, signal, refused) {
      const { credentials, target } = connection;
      // A pair of keys belongs to one account, so the id stands for the pair.
      const name = JSON.stringify([target.site, target.endpoint, credentials.secretId, role.roleArn, role.sessionName]);
      return cache.get(name, (aborted) => assumeRole(connection, role, aborted), signal, refused);
    },
    tccliProfiles,
    async available(signal) {
      const sources: KeySource[] = [
        { kind: 'environment' },
        { kind: 'sdkFile' },
        ...(await tccliProfiles()).map((profile) => ({ kind: 'tccli', profile }) as const),
        { kind: 'cvmRole' },
      ];
      const have = await Promise.all(sources.map((source) => hasKeys(source, signal)));
      return sources.filter((_source, at) => have[at]);
    },
    files(source) {
      if (source.kind === 'sdkFile') return sdkFiles();
      if (source.kind !== 'tccli' || !isFileName(source.profile)) return [];
      return Object.values(tccliFileNames(source.profile)).map((name) => join(tccliFolder, name));
    },
  };
}

/** True for a name that stays within its folder. */
function isFileName(name: string): boolean {
  return !/[/\\\0]/.test(name);
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR');
}
