import type { Credentials, Identity } from '../domain/credentials.ts';
import type { Fields } from '../domain/record.ts';
import { isRecord } from '../domain/record.ts';
import type { Sleep } from '../domain/ports.ts';
import { Secret } from '../domain/secret.ts';
import type { SimulatorAddress } from '../domain/simulatorAddress.ts';

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

/** Keys of an account, checked once with the service. */
export interface CloudKeys {
  readonly credentials: Credentials;
  readonly accountId: string;
  readonly userId: string;
}

/** A local simulator that is in use. */
export interface SimulatorKeys {
  readonly address: SimulatorAddress;
  readonly accountId: string;
}

/**
 * Who is signed in, and where. `opening` until the vault was read for the first time; `stale` when another window
 * changed the keys and this one cannot read them before it is loaded again.
 */
export type SessionState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'stale' }
  | ({ readonly kind: 'cloud' } & CloudKeys)
  | ({ readonly kind: 'simulator' } & SimulatorKeys);

/** The account in use, `''` for nobody. */
export function accountOf(state: SessionState): string {
  return state.kind === 'cloud' || state.kind === 'simulator' ? state.accountId : '';
}

export interface Session {
  state(): SessionState;
  /** Reads the vault; later changes, from any window, are followed. Rejects when the vault cannot be read. */
  open(): Promise<void>;
  signIn(credentials: Credentials, identity: Identity): Promise<void>;
  /** Works with the simulator until it is left; keys of an account stay for the time after. */
  useSimulator(address: SimulatorAddress, identity: Identity): Promise<void>;
  leaveSimulator(): Promise<void>;
  /** Forgets everything. */
  signOut(): Promise<void>;
  onDidChange(listener: (state: SessionState) => void): { dispose(): void };
  dispose(): void;
}

interface Stored {
  /** Tells one state of the vault from another; random. */
  readonly generation: string;
  readonly cloud?: CloudKeys;
  readonly simulator?: SimulatorKeys;
}

/** How long the vault's own word may take to reach this window after another window's notice, in milliseconds. */
const patience = 1_000;

export function createSession(deps: {
  readonly vault: Vault;
  readonly notice: Notice;
  readonly newGeneration: () => string;
  readonly sleep: Sleep;
}): Session {
  const { vault, notice, newGeneration, sleep } = deps;
  const listeners = new Set<(state: SessionState) => void>();
  const ending = new AbortController();
  let text: string | undefined;
  let stored: Stored | undefined;
  /** The generation that another window has told of and that the vault does not show here. */
  let missed: string | undefined;

  function state(): SessionState {
    if (stored === undefined) return { kind: 'opening' };
    if (missed !== undefined) return missed === '' ? { kind: 'signedOut' } : { kind: 'stale' };
    if (stored.simulator !== undefined) return { kind: 'simulator', ...stored.simulator };
    if (stored.cloud !== undefined) return { kind: 'cloud', ...stored.cloud };
    return { kind: 'signedOut' };
  }

  async function load(): Promise<void> {
    const read = await vault.read();
    if (stored !== undefined && read === text) return;
    text = read;
    stored = decode(read);
    missed = undefined;
    tell();
  }

  function tell(): void {
    const now = state();
    for (const listener of listeners) listener(now);
  }

  async function save(next: Omit<Stored, 'generation'>): Promise<void> {
    const nobody = next.cloud === undefined && next.simulator === undefined;
    const generation = nobody ? '' : newGeneration();
    missed = undefined;
    if (nobody) await vault.forget();
    else await vault.write(encode({ ...next, generation }));
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
    signIn: (credentials, { accountId, userId }) => save({ cloud: { credentials, accountId, userId } }),
    useSimulator: (address, { accountId }) =>
      save({ ...(stored?.cloud === undefined ? {} : { cloud: stored.cloud }), simulator: { address, accountId } }),
    leaveSimulator: () => save(stored?.cloud === undefined ? {} : { cloud: stored.cloud }),
    signOut: () => save({}),
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

/** The one place, beside signing, where secret values are written out: into the vault. */
function encode({ generation, cloud, simulator }: Stored): string {
  return JSON.stringify({
    version: 1,
    generation,
    cloud: cloud && {
      secretId: cloud.credentials.secretId,
      secretKey: cloud.credentials.secretKey.reveal(),
      token: cloud.credentials.token?.reveal(),
      accountId: cloud.accountId,
      userId: cloud.userId,
    },
    simulator: simulator && {
      endpoint: simulator.address.endpoint,
      secretId: simulator.address.secretId,
      secretKey: simulator.address.secretKey.reveal(),
      accountId: simulator.accountId,
    },
  });
}

/** What cannot be understood counts as nothing: the person signs in again. */
function decode(text: string | undefined): Stored {
  const root = record(parsed(text ?? '{}'));
  const cloud = record(root['cloud']);
  const simulator = record(root['simulator']);
  const token = textOf(cloud['token']);
  return {
    generation: textOf(root['generation']),
    ...(textOf(cloud['secretId']) === '' || textOf(cloud['secretKey']) === ''
      ? {}
      : {
          cloud: {
            credentials: {
              secretId: textOf(cloud['secretId']),
              secretKey: new Secret(textOf(cloud['secretKey'])),
              ...(token === '' ? {} : { token: new Secret(token) }),
            },
            accountId: textOf(cloud['accountId']),
            userId: textOf(cloud['userId']),
          },
        }),
    ...(textOf(simulator['endpoint']) === ''
      ? {}
      : {
          simulator: {
            address: {
              endpoint: textOf(simulator['endpoint']),
              secretId: textOf(simulator['secretId']),
              secretKey: new Secret(textOf(simulator['secretKey'])),
            },
            accountId: textOf(simulator['accountId']),
          },
        }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
