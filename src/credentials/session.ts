import * as l10n from '@vscode/l10n';
import type { Credentials, Identity, Site } from '../domain/credentials.ts';
import type { Sleep } from '../domain/ports.ts';
import type { Profile } from '../domain/profile.ts';
import { sameSource } from '../domain/profile.ts';
import type { SimulatorAddress } from '../domain/simulatorAddress.ts';
import type { KeptProfile, SimulatorKeys, StoredSession } from './storedSession.ts';
import { decodeSession, encodeSession } from './storedSession.ts';

/** One place that keeps one text secretly, shared by all windows of the person. */
export interface Vault {
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
  forget(): Promise<void>;
  /** Fires in every window, also in the one that wrote. */
  onDidChange(listener: () => void): { dispose(): void };
}

/**
 * Word from window to window that the keys changed; it carries no key. An editor in the browser reads its secret storage
 * once for each window and tells no other, so the vault alone would leave a second window with keys that are gone.
 */
export interface Notice {
  /** @param generation which keys are kept now, `''` for none */
  send(generation: string): Promise<void>;
  onDidHear(listener: (generation: string) => void): { dispose(): void };
}

/**
 * Who is signed in, and where. `opening` until the vault was read for the first time; `stale` when another window
 * changed the keys and this one cannot read them before it is loaded again.
 */
export type SessionState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'stale' }
  | {
      readonly kind: 'cloud';
      /** Never empty. */
      readonly profiles: readonly Profile[];
      /** What is created goes to its account. */
      readonly current: Profile;
      /** True when the tree shows every profile, not the current one alone. */
      readonly showAll: boolean;
    }
  /** The profiles stay known for what is still to be done in their accounts, such as closing public access in time. */
  | ({ readonly kind: 'simulator'; readonly profiles: readonly Profile[] } & SimulatorKeys);

/** The account in use, `''` for nobody. */
export function accountOf(state: SessionState): string {
  if (state.kind === 'cloud') return state.current.accountId;
  return state.kind === 'simulator' ? state.accountId : '';
}

/** The accounts that are shown, each once, the one in use first. */
export function accountsOf(state: SessionState): readonly string[] {
  if (state.kind === 'simulator') return [state.accountId];
  if (state.kind !== 'cloud') return [];
  const others = state.showAll ? state.profiles.map(({ accountId }) => accountId) : [];
  return [...new Set([state.current.accountId, ...others])];
}

/** The profile whose keys sign for an account: the current one where that is its account, else the first that fits. */
export function profileOf(state: SessionState, accountId: string): Profile | undefined {
  if (state.kind !== 'cloud' && state.kind !== 'simulator') return undefined;
  const first = state.kind === 'cloud' ? [state.current] : [];
  return [...first, ...state.profiles].find((profile) => profile.accountId === accountId);
}

/** True when the account's keys are here, shown or not. */
export function knowsAccount(state: SessionState, accountId: string): boolean {
  if (state.kind === 'simulator' && state.accountId === accountId) return true;
  return profileOf(state, accountId) !== undefined;
}

/** What is known of a profile before it is kept. */
export type NewProfile = Omit<Profile, 'id'>;

export interface Session {
  state(): SessionState;
  /** Reads the vault; later changes, from any window, are followed. Rejects when the vault cannot be read. */
  open(): Promise<void>;
  /**
   * Keeps a profile and makes it the current one. One that leads to the same user by the same way is replaced, and keeps
   * its name and its choice of regions.
   * @param keys for the source `stored`
   */
  add(profile: NewProfile, keys?: Credentials): Promise<Profile>;
  /** The keys of a profile whose source is `stored`. */
  keysOf(profileId: string): Credentials | undefined;
  use(profileId: string): Promise<void>;
  showAll(all: boolean): Promise<void>;
  /** `regions: undefined` takes the choice back. */
  change(
    profileId: string,
    facts: { readonly name?: string; readonly regions?: readonly string[] | undefined; readonly site?: Site },
  ): Promise<void>;
  /** Forgets one profile and its keys; the first of the others becomes the current one. */
  remove(profileId: string): Promise<void>;
  /** Works with the simulator until it is left; the profiles stay for the time after. */
  useSimulator(address: SimulatorAddress, identity: Identity): Promise<void>;
  leaveSimulator(): Promise<void>;
  /** Forgets everything. */
  signOut(): Promise<void>;
  onDidChange(listener: (state: SessionState) => void): { dispose(): void };
  dispose(): void;
}

/** How long the vault's own word may take to reach this window after another window's notice, in milliseconds. */
const patience = 1_000;

export function createSession(deps: {
  readonly vault: Vault;
  readonly notice: Notice;
  /** Random; tells one state of the vault from another, and names profiles. */
  readonly newId: () => string;
  readonly sleep: Sleep;
}): Session {
  const { vault, notice, newId, sleep } = deps;
  const listeners = new Set<(state: SessionState) => void>();
  const ending = new AbortController();
  let text: string | undefined;
  let stored: StoredSession | undefined;
  /** The generation that another window has told of and that the vault does not show here. */
  let missed: string | undefined;

  function state(): SessionState {
    if (stored === undefined) return { kind: 'opening' };
    if (missed !== undefined) return missed === '' ? { kind: 'signedOut' } : { kind: 'stale' };
    const profiles = stored.profiles.map(({ profile }) => profile);
    if (stored.simulator !== undefined) return { kind: 'simulator', profiles, ...stored.simulator };
    const current = profiles.find(({ id }) => id === stored?.current) ?? profiles[0];
    return current === undefined
      ? { kind: 'signedOut' }
      : { kind: 'cloud', profiles, current, showAll: stored.showAll };
  }

  async function load(): Promise<void> {
    const read = await vault.read();
    if (stored !== undefined && read === text) return;
    text = read;
    stored = decodeSession(read);
    missed = undefined;
    tell();
  }

  function tell(): void {
    const now = state();
    for (const listener of listeners) listener(now);
  }

  type Content = Omit<StoredSession, 'generation'>;

  async function save(change: (known: Content) => Content): Promise<void> {
    // Another window may have added a profile since: what it wrote is read first, and lives on.
    await load();
    // What cannot be read here would be written over.
    if (missed !== undefined && missed !== '') throw new StaleSessionError();
    const next = change(missed === undefined ? (stored ?? nothing) : nothing);
    const nobody = next.profiles.length === 0 && next.simulator === undefined;
    const generation = nobody ? '' : newId();
    missed = undefined;
    if (nobody) await vault.forget();
    else await vault.write(encodeSession({ ...next, generation }));
    await load();
    await notice.send(generation);
  }

  async function heed(generation: string): Promise<void> {
    await load();
    if (stored?.generation !== generation) {
      await sleep(patience, ending.signal);
      await load();
    }
    const next = stored?.generation === generation ? undefined : generation;
    if (next === missed) return;
    missed = next;
    tell();
  }

  const watching = [
    vault.onDidChange(() => {
      // A vault that cannot be read now is read again at the next change; what is known stays known.
      load().catch(() => undefined);
    }),
    notice.onDidHear((generation) => {
      heed(generation).catch(() => undefined);
    }),
  ];

  return {
    state,
    open: load,
    async add(profile, keys) {
      const id = newId();
      let added: Profile = { ...profile, id };
      await save((known) => {
        const before = known.profiles.find((one) => isSameWay(one.profile, profile));
        if (before !== undefined)
          added = { ...before.profile, ...profile, id: before.profile.id, name: before.profile.name };
        const kept: KeptProfile = keys === undefined ? { profile: added } : { profile: added, keys };
        const profiles =
          before === undefined ? [...known.profiles, kept] : known.profiles.map((one) => (one === before ? kept : one));
        return { profiles, current: added.id, showAll: known.showAll };
      });
      return added;
    },
    keysOf: (profileId) => stored?.profiles.find(({ profile }) => profile.id === profileId)?.keys,
    use: (profileId) => save((known) => ({ ...known, current: profileId })),
    showAll: (all) => save((known) => ({ ...known, showAll: all })),
    change: (profileId, facts) =>
      save((known) => ({
        ...known,
        profiles: known.profiles.map((one) =>
          one.profile.id === profileId ? { ...one, profile: withFacts(one.profile, facts) } : one,
        ),
      })),
    remove: (profileId) =>
      save((known) => ({ ...known, profiles: known.profiles.filter(({ profile }) => profile.id !== profileId) })),
    useSimulator: (address, { accountId }) => save((known) => ({ ...known, simulator: { address, accountId } })),
    leaveSimulator: () => save(({ profiles, current, showAll }) => ({ profiles, current, showAll })),
    signOut: () => save(() => nothing),
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    dispose() {
      ending.abort();
      for (const one of watching) one.dispose();
      listeners.clear();
    },
  };
}

/** Another window changed the keys, and this one has to be loaded again before it may change them too. */
class StaleSessionError extends Error {
  override readonly name = 'StaleSessionError';

  constructor() {
    super(l10n.t('You signed in or changed keys in another window. Reload this window to use them here.'));
  }
}

const nothing = { profiles: [], current: '', showAll: false };

/** The same user by the same source: new keys of it take the place of the old ones. */
function isSameWay(a: NewProfile, b: NewProfile): boolean {
  return (
    sameSource(a.source, b.source) &&
    a.role?.roleArn === b.role?.roleArn &&
    a.accountId === b.accountId &&
    // The user of temporary keys changes with every session; their source does not.
    (a.source.kind !== 'stored' || a.userId === b.userId)
  );
}

function withFacts(
  { regions: before, ...profile }: Profile,
  facts: { readonly name?: string; readonly regions?: readonly string[] | undefined; readonly site?: Site },
): Profile {
  const regions = 'regions' in facts ? facts.regions : before;
  return {
    ...profile,
    ...(facts.name === undefined ? {} : { name: facts.name }),
    ...(facts.site === undefined ? {} : { site: facts.site }),
    ...(regions === undefined ? {} : { regions }),
  };
}
