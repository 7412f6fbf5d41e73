import type { KnownContents, Listed } from '../domain/contents.ts';
import { isCancelled, toError } from '../domain/errors.ts';
import type { Explain } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { Management, ServiceOf } from '../domain/ports.ts';

/** Which of its lists. */
export type ContentsPart = keyof KnownContents;

/** What it takes to ask about an instance. */
type Held = Pick<Instance, 'id' | 'accountId' | 'offering' | 'region'>;

/** Accounts and databases of instances, as far as somebody asked for them; kept in memory only. */
export interface ContentsStore {
  /** By the id of the instance. */
  state(): ReadonlyMap<string, KnownContents>;
  /**
   * Asks for a list of which nothing is known. Resolves when it is there or has failed,
   * at once for one that is known or on its way; rejects only when it was cancelled.
   */
  want(instance: Held, part: ContentsPart): Promise<void>;
  /** Asks anew for the lists that are known; what they say stays until the answer. */
  refresh(instance: Held): Promise<void>;
  forget(instanceId: string): void;
  /** Lists that are shown are asked for again by whoever shows them. */
  forgetAll(): void;
  onDidChange(listener: () => void): { dispose(): void };
}

const parts = ['accounts', 'databases'] as const;

const loading: Listed<never> = { kind: 'loading' };

/** @param deps.signal ends all that is under way */
export function createContents(deps: {
  readonly management: ServiceOf<Pick<Management, ContentsPart>>;
  readonly explain: Explain;
  readonly signal: AbortSignal;
}): ContentsStore {
  const { management, explain, signal } = deps;
  const known = new Map<string, KnownContents>();
  /** What is under way, by instance and part: a later request takes the place of an earlier one. */
  const underWay = new Map<string, AbortController>();
  const listeners = new Set<() => void>();

  function changed(): void {
    for (const listener of [...listeners]) listener();
  }

  function note(id: string, contents: KnownContents): void {
    known.set(id, { ...known.get(id), ...contents });
    changed();
  }

  async function listed<T>(list: () => Promise<readonly T[]>): Promise<Listed<T>> {
    try {
      return { kind: 'rows', rows: await list() };
    } catch (thrown) {
      const error = toError(thrown);
      if (isCancelled(error)) throw error;
      return { kind: 'failed', explanation: explain(error) };
    }
  }

  async function read(instance: Held, part: ContentsPart, ending: AbortSignal): Promise<KnownContents> {
    const { region, id } = instance;
    return part === 'accounts'
      ? { accounts: await listed(() => management(instance).accounts(region, id, ending)) }
      : { databases: await listed(() => management(instance).databases(region, id, ending)) };
  }

  async function load(instance: Held, part: ContentsPart): Promise<void> {
    const { id } = instance;
    const key = `${id}/${part}`;
    underWay.get(key)?.abort();
    const ending = new AbortController();
    underWay.set(key, ending);
    if (known.get(id)?.[part]?.kind !== 'rows') note(id, { [part]: loading });
    try {
      const contents = await read(instance, part, AbortSignal.any([signal, ending.signal]));
      // Another one has taken its place, or what it tells was forgotten.
      if (ending.signal.aborted) return;
      underWay.delete(key);
      note(id, contents);
    } catch (error) {
      if (ending.signal.aborted) return;
      // Cancelled from outside: nothing is known, so that it can be asked for again.
      end(id);
      throw error;
    }
  }

  function end(id: string): void {
    for (const part of parts) {
      underWay.get(`${id}/${part}`)?.abort();
      underWay.delete(`${id}/${part}`);
    }
    known.delete(id);
  }

  return {
    state: () => known,

    want: (instance, part) => (known.get(instance.id)?.[part] === undefined ? load(instance, part) : Promise.resolve()),

    async refresh(instance) {
      const asked = known.get(instance.id) ?? {};
      await Promise.all(parts.filter((part) => part in asked).map((part) => load(instance, part)));
    },

    forget(instanceId) {
      if (!known.has(instanceId)) return;
      end(instanceId);
      changed();
    },

    forgetAll() {
      if (known.size === 0) return;
      for (const id of [...known.keys()]) end(id);
      changed();
    },

    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}
