import type { AssumedRole, Connection, Credentials, SourcedKeys, Target } from '../domain/credentials.ts';
import { KeysUnavailableError, NotSignedInError, toError } from '../domain/errors.ts';
import type { Identify } from '../domain/ports.ts';
import type { KeySource, Profile } from '../domain/profile.ts';
import type { SimulatorAddress } from '../domain/simulatorAddress.ts';
import type { Session } from './session.ts';
import { profileOf } from './session.ts';
import type { KeySources } from './sources/keySources.ts';

/** How one gets at keys: those typed in, or a source that holds some; and a role to assume with them. */
export interface Way {
  readonly source: KeySource;
  /** For the source `stored`. */
  readonly keys?: Credentials;
  readonly role?: AssumedRole;
}

/** What was found when the keys of a profile were last needed. */
export interface KeysSeen {
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
  readonly problem?: Error;
}

/** Whose keys sign a call, and where it goes. */
export interface Connections {
  /**
   * Read anew for every call of an account. Rejects with `NotSignedInError` and `KeysUnavailableError`.
   * @param refused keys that the service no longer takes; temporary ones are not given again from memory
   */
  of(accountId: string, refused?: Credentials): Promise<Connection>;
  /** Of a way that is not kept yet. */
  by(way: Way, signal: AbortSignal): Promise<Connection>;
  seen(profileId: string): KeysSeen;
  /** What is remembered of a profile's keys no longer holds: its source has changed. */
  forget(profileId: string): void;
  onDidChange(listener: () => void): { dispose(): void };
}

export function createConnections(deps: {
  /** Resolves when the session has been read. */
  readonly opened: () => Promise<void>;
  readonly session: Pick<Session, 'state' | 'keysOf'>;
  readonly sources: () => Promise<Pick<KeySources, 'read' | 'assume'>>;
  readonly identify: Identify;
  /** What the settings say. */
  readonly target: () => Target;
  /** Where a simulator that was in use answers now. */
  readonly revive: (address: SimulatorAddress) => Promise<SimulatorAddress>;
  readonly signal: AbortSignal;
}): Connections {
  const { opened, session, sources, identify, target, revive, signal } = deps;
  const listeners = new Set<() => void>();
  const seen = new Map<string, KeysSeen>();
  /** The key of a profile that is known to belong to its account. */
  const verified = new Map<string, string>();

  function note(profileId: string, next: KeysSeen): void {
    const before = seen.get(profileId);
    if (before?.expiresAt === next.expiresAt && before?.problem?.message === next.problem?.message) return;
    seen.set(profileId, next);
    for (const listener of [...listeners]) listener();
  }

  async function keysBy(
    { source, keys, role }: Way,
    to: Target,
    cancelled: AbortSignal,
    refused?: Credentials,
  ): Promise<SourcedKeys> {
    if (source.kind === 'stored' && keys === undefined) throw new NotSignedInError();
    const found = keys === undefined ? await (await sources()).read(source, cancelled, refused) : { credentials: keys };
    // A role that the person chose stands before the one that a file names.
    const assumed = role ?? found.role;
    if (assumed === undefined) return found;
    const connection = { credentials: found.credentials, target: withSite(to, found) };
    return { ...found, ...(await (await sources()).assume(connection, assumed, cancelled, refused)) };
  }

  /** A source may hold keys of another account one day; nothing is sent there in this profile's name. */
  async function verify(profile: Profile, connection: Connection): Promise<void> {
    const { secretId } = connection.credentials;
    if (profile.source.kind === 'stored' || verified.get(profile.id) === secretId) return;
    const { accountId } = await identify(connection, signal);
    if (accountId !== profile.accountId) {
      throw new KeysUnavailableError(profile.source, { kind: 'otherAccount', accountId });
    }
    verified.set(profile.id, secretId);
  }

  async function ofProfile(profile: Profile, refused?: Credentials): Promise<Connection> {
    const { id, source, role, site } = profile;
    const to = { ...target(), ...(site === undefined ? {} : { site }) };
    const keys = session.keysOf(id);
    const way = { source, ...(keys === undefined ? {} : { keys }), ...(role === undefined ? {} : { role }) };
    try {
      const { credentials, expiresAt } = await keysBy(way, to, signal, refused);
      const connection = { credentials, target: to };
      await verify(profile, connection);
      note(id, expiresAt === undefined ? {} : { expiresAt });
      return connection;
    } catch (thrown) {
      note(id, { problem: toError(thrown) });
      throw thrown;
    }
  }

  return {
    async of(accountId, refused) {
      await opened();
      const state = session.state();
      if (state.kind === 'simulator' && state.accountId === accountId) {
        const { endpoint, secretId, secretKey } = await revive(state.address);
        return { credentials: { secretId, secretKey }, target: { site: target().site, endpoint } };
      }
      const profile = profileOf(state, accountId);
      if (profile === undefined) throw new NotSignedInError();
      return ofProfile(profile, refused);
    },
    async by(way, cancelled) {
      const found = await keysBy(way, target(), cancelled);
      return { credentials: found.credentials, target: withSite(target(), found) };
    },
    seen: (profileId) => seen.get(profileId) ?? {},
    forget(profileId) {
      verified.delete(profileId);
      seen.delete(profileId);
      for (const listener of [...listeners]) listener();
    },
    onDidChange(listener) {
      const mine = (): void => {
        listener();
      };
      listeners.add(mine);
      return { dispose: () => void listeners.delete(mine) };
    },
  };
}

/** Keys go to the site of their account: what the source says stands before the setting. */
function withSite(to: Target, { site }: SourcedKeys): Target {
  return site === undefined ? to : { ...to, site };
}
