import type { Memory } from '../domain/memory.ts';
import { Secret } from '../domain/secret.ts';

/** The part of VS Code's SecretStorage that passwords need. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** Passwords that the person set for connections, one an instance; the service does not learn of a change. */
export interface Passwords {
  get(instanceId: string): Promise<Secret | undefined>;
  set(instanceId: string, password: Secret): Promise<void>;
  /** Forgetting what is not kept is no error. */
  forget(instanceId: string): Promise<void>;
  /** True when one is kept. It says so without reading any, for a row that is drawn; `get` decides. */
  keeps(instanceId: string): boolean;
}

const prefix = 'tencentdbPostgres.password.';

/** Where the ids of instances with a kept password are noted, since a secret storage cannot be asked at once. */
const noted = 'keptPasswords';

export function createPasswords(deps: { readonly secrets: SecretStore; readonly memory: Memory }): Passwords {
  const { secrets, memory } = deps;

  function ids(): readonly string[] {
    const kept: unknown = memory.read(noted);
    const list: readonly unknown[] = Array.isArray(kept) ? kept : [];
    return list.filter((id) => typeof id === 'string');
  }

  return {
    async get(instanceId) {
      const password = await secrets.get(prefix + instanceId);
      return password === undefined ? undefined : new Secret(password);
    },
    async set(instanceId, password) {
      await secrets.store(prefix + instanceId, password.reveal());
      await memory.write(noted, [...new Set([...ids(), instanceId])]);
    },
    async forget(instanceId) {
      await secrets.delete(prefix + instanceId);
      if (ids().includes(instanceId)) {
        await memory.write(
          noted,
          ids().filter((id) => id !== instanceId),
        );
      }
    },
    keeps: (instanceId) => ids().includes(instanceId),
  };
}
