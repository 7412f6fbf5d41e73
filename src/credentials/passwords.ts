import { toError } from '../domain/errors.ts';
import type { Memory } from '../domain/memory.ts';
import type { PendingPasswords } from '../domain/pendingPasswords.ts';
import type { Log } from '../domain/ports.ts';
import { Secret } from '../domain/secret.ts';

/** The part of VS Code's SecretStorage that passwords need. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/**
 * Passwords for connections, for each account of an instance. One that is kept without an account is that of the
 * instance, whichever account is used: for instances whose one account the service names.
 */
export interface Passwords extends PendingPasswords {
  /** That of the account, else that of the instance. Without an account: that of the instance alone. */
  get(instanceId: string, user?: string): Promise<Secret | undefined>;
  set(instanceId: string, password: Secret, user?: string): Promise<void>;
  /** Without an account: everything that is kept for the instance. Forgetting what is not kept is no error. */
  forget(instanceId: string, user?: string): Promise<void>;
  /** True when any is kept. It says so without reading any, for a row that is drawn; `get` decides. */
  keeps(instanceId: string): boolean;
}

/** Of the instance; older versions kept only these. */
const instanceKey = (instanceId: string): string => `tencentdbPostgres.password.${instanceId}`;
/** All accounts of an instance in one secret, since a secret storage cannot be asked what it holds. */
const accountsKey = (instanceId: string): string => `tencentdbPostgres.accountPasswords.${instanceId}`;
const pendingKey = (operationId: string): string => `tencentdbPostgres.pendingPassword.${operationId}`;

/** Where the ids of instances with a kept password are noted. */
const noted = 'keptPasswords';

export function createPasswords(deps: {
  readonly secrets: SecretStore;
  readonly memory: Memory;
  readonly log: Pick<Log, 'warn'>;
}): Passwords {
  const { secrets, memory, log } = deps;
  let last: Promise<unknown> = Promise.resolve();

  /** One change after the other: two accounts of an instance share one secret. */
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = last.then(change);
    last = mine.catch(() => undefined);
    return mine;
  }

  function ids(): readonly string[] {
    const kept: unknown = memory.read(noted);
    const list: readonly unknown[] = Array.isArray(kept) ? kept : [];
    return list.filter((id) => typeof id === 'string');
  }

  async function note(instanceId: string, isKept: boolean): Promise<void> {
    if (ids().includes(instanceId) === isKept) return;
    const others = ids().filter((id) => id !== instanceId);
    await memory.write(noted, isKept ? [...others, instanceId] : others);
  }

  async function accounts(instanceId: string): Promise<ReadonlyMap<string, string>> {
    const text = await secrets.get(accountsKey(instanceId));
    return new Map(text === undefined ? [] : pairsOf(text));
  }

  async function writeAccounts(instanceId: string, passwords: ReadonlyMap<string, string>): Promise<void> {
    if (passwords.size === 0) await secrets.delete(accountsKey(instanceId));
    else await secrets.store(accountsKey(instanceId), JSON.stringify([...passwords]));
  }

  async function set(instanceId: string, password: Secret, user?: string): Promise<void> {
    if (user === undefined) await secrets.store(instanceKey(instanceId), password.reveal());
    else {
      const kept = await accounts(instanceId);
      await writeAccounts(instanceId, new Map([...kept, [user, password.reveal()]]));
    }
    await note(instanceId, true);
  }

  async function settle(operationId: string, instanceId: string): Promise<void> {
    const text = await secrets.get(pendingKey(operationId));
    if (text === undefined) return;
    const [pair] = pairsOf(text);
    if (pair !== undefined) await set(instanceId, new Secret(pair[1]), pair[0]);
    await secrets.delete(pendingKey(operationId));
  }

  async function orWarn(what: string, change: () => PromiseLike<void>): Promise<void> {
    try {
      await inTurn(async () => change());
    } catch (thrown) {
      log.warn(`${what}: ${toError(thrown).message}`);
    }
  }

  return {
    async get(instanceId, user) {
      const own = user === undefined ? undefined : (await accounts(instanceId)).get(user);
      const password = own ?? (await secrets.get(instanceKey(instanceId)));
      return password === undefined ? undefined : new Secret(password);
    },
    set: (instanceId, password, user) => inTurn(() => set(instanceId, password, user)),
    forget: (instanceId, user) =>
      inTurn(async () => {
        const left = new Map(user === undefined ? [] : await accounts(instanceId));
        if (user === undefined) await secrets.delete(instanceKey(instanceId));
        else left.delete(user);
        await writeAccounts(instanceId, left);
        await note(instanceId, left.size > 0 || (await secrets.get(instanceKey(instanceId))) !== undefined);
      }),
    keeps: (instanceId) => ids().includes(instanceId),

    keepPending: (operationId, user, password) =>
      inTurn(async () => secrets.store(pendingKey(operationId), JSON.stringify([[user, password.reveal()]]))),
    settlePending: (operationId, instanceId) =>
      orWarn(`Password not kept for the instance: ${instanceId}`, () => settle(operationId, instanceId)),
    dropPending: (operationId) =>
      orWarn(`Password of an operation not dropped: ${operationId}`, () => secrets.delete(pendingKey(operationId))),
  };
}

/** What was written here as a list of pairs; what is none of ours counts as nothing. */
function pairsOf(text: string): readonly (readonly [string, string])[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((pair) => {
    const parts: readonly unknown[] = Array.isArray(pair) ? pair : [];
    const [user, password] = parts;
    return typeof user === 'string' && typeof password === 'string' ? [[user, password] as const] : [];
  });
}
