import type { Credentials, Identity } from '../domain/credentials.ts';
import type { Fields } from '../domain/record.ts';
import { isRecord } from '../domain/record.ts';
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

/** Who is signed in, and where. `opening` until the vault was read for the first time. */
export type SessionState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'signedOut' }
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
  readonly cloud?: CloudKeys;
  readonly simulator?: SimulatorKeys;
}

export function createSession(vault: Vault): Session {
  const listeners = new Set<(state: SessionState) => void>();
  let text: string | undefined;
  let stored: Stored | undefined;

  function state(): SessionState {
    if (stored === undefined) return { kind: 'opening' };
    if (stored.simulator !== undefined) return { kind: 'simulator', ...stored.simulator };
    if (stored.cloud !== undefined) return { kind: 'cloud', ...stored.cloud };
    return { kind: 'signedOut' };
  }

  async function load(): Promise<void> {
    const read = await vault.read();
    if (stored !== undefined && read === text) return;
    text = read;
    stored = decode(read);
    const now = state();
    for (const listener of listeners) listener(now);
  }

  async function save(next: Stored): Promise<void> {
    if (next.cloud === undefined && next.simulator === undefined) await vault.forget();
    else await vault.write(encode(next));
    await load();
  }

  const watching = vault.onDidChange(() => {
    // A vault that cannot be read now is read again at the next change; what is known stays known.
    load().catch(() => undefined);
  });

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
      watching.dispose();
      listeners.clear();
    },
  };
}

/** The one place, beside signing, where secret values are written out: into the vault. */
function encode({ cloud, simulator }: Stored): string {
  return JSON.stringify({
    version: 1,
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
