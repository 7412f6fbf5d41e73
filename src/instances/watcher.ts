import { CancelledError, isCancelled, toError } from '../domain/errors.ts';
import type { ErrorKind, Explain } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { Now, Owner, Sleep } from '../domain/ports.ts';
import { statusGroup } from '../domain/status.ts';

export interface WatchTarget extends Owner {
  readonly region: string;
  readonly instanceId: string;
}

/**
 * How a watch ended. `usable` and `gone` are what the status says; `too-long` means that it was still settling, or
 * not listed, when the limit passed; `unknown-status` the same with a last status that no document lists.
 */
export interface WatchResult {
  readonly outcome: 'usable' | 'gone' | 'unknown-status' | 'too-long';
  /** As last seen; absent when the service never listed it. */
  readonly instance?: Instance;
}

/** How waiting for something ended; `instance` is what was last seen, absent when the service listed none. */
export type Decision<T> =
  { readonly kind: 'decided'; readonly value: T } | { readonly kind: 'too-long'; readonly instance?: Instance };

/** Follows instances that settle by themselves. */
export interface Watcher {
  /**
   * Looks at the instance after each interval until it settles or the limit passes; `onSeen` hears of every look that
   * found it. Following an id that is already followed joins that watch, with the limit it began with.
   *
   * Rejects with `CancelledError` when the signal aborts, and with the error of a look that no later look can mend:
   * one about credentials, permissions or the account. Any other failing look goes to `onTrouble`, and the watch goes on.
   */
  follow(target: WatchTarget, signal: AbortSignal, onSeen: (instance: Instance) => void): Promise<WatchResult>;
  /**
   * Looks at the instance after each interval until the look decides or the limit passes. Rejects as `follow`.
   *
   * @param decide `undefined` to look on; it is given `undefined` when the service does not list the instance, and is
   * not asked about a look that failed
   */
  until<T>(
    target: WatchTarget,
    signal: AbortSignal,
    decide: (instance: Instance | undefined) => T | undefined,
  ): Promise<Decision<T>>;
}

const hopeless: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['credentials', 'permission', 'account']);

interface Watch {
  readonly followers: Set<Follower>;
  readonly end: AbortController;
  readonly result: Promise<WatchResult>;
}

interface Follower {
  readonly onSeen: (instance: Instance) => void;
}

/**
 * @param deps.find `undefined` while the service does not list the instance
 * @param deps.interval milliseconds between two looks; asked before each
 * @param deps.limit milliseconds that a watch lasts at most; asked when it begins
 */
export function createWatcher(deps: {
  readonly find: (target: WatchTarget, signal: AbortSignal) => Promise<Instance | undefined>;
  readonly sleep: Sleep;
  readonly now: Now;
  readonly interval: () => number;
  readonly limit: () => number;
  readonly explain: Explain;
  readonly onTrouble: (error: Error, target: WatchTarget) => void;
}): Watcher {
  const { find, sleep, now, interval, limit, explain, onTrouble } = deps;
  const watches = new Map<string, Watch>();

  /** What the look found, wrapped, as the service may list nothing; `undefined` when the look failed in a way that may pass. */
  async function look(
    target: WatchTarget,
    signal: AbortSignal,
  ): Promise<{ instance: Instance | undefined } | undefined> {
    try {
      return { instance: await find(target, signal) };
    } catch (thrown) {
      const error = toError(thrown);
      if (signal.aborted || isCancelled(error) || hopeless.has(explain(error).kind)) throw error;
      onTrouble(error, target);
      return undefined;
    }
  }

  async function until<T>(
    target: WatchTarget,
    signal: AbortSignal,
    decide: (instance: Instance | undefined) => T | undefined,
  ): Promise<Decision<T>> {
    const deadline = now() + limit();
    let seen: Instance | undefined;
    // The last look falls on the deadline; after a long suspension of the machine there is still one look.
    for (let left = deadline - now(); left > 0; left = deadline - now()) {
      await sleep(Math.min(interval(), left), signal);
      const found = await look(target, signal);
      if (found === undefined) continue;
      seen = found.instance ?? seen;
      const value = decide(found.instance);
      if (value !== undefined) return { kind: 'decided', value };
    }
    return { kind: 'too-long', ...(seen === undefined ? {} : { instance: seen }) };
  }

  async function watch(
    target: WatchTarget,
    signal: AbortSignal,
    tell: (instance: Instance) => void,
  ): Promise<WatchResult> {
    const decision = await until(target, signal, (instance): WatchResult | undefined => {
      if (instance === undefined) return undefined;
      tell(instance);
      const group = statusGroup(instance.status);
      if (group === 'usable') return { outcome: 'usable', instance };
      return group === 'gone' || group === 'binned' ? { outcome: 'gone', instance } : undefined;
    });
    if (decision.kind === 'decided') return decision.value;
    const { instance } = decision;
    if (instance === undefined) return { outcome: 'too-long' };
    // An unlisted word may well be a step on the way, so it is given the whole time.
    return { outcome: statusGroup(instance.status) === 'unknown' ? 'unknown-status' : 'too-long', instance };
  }

  function begin(target: WatchTarget): Watch {
    const followers = new Set<Follower>();
    const end = new AbortController();
    const result = watch(target, end.signal, (instance) => {
      for (const follower of [...followers]) follower.onSeen(instance);
    });
    return { followers, end, result };
  }

  return {
    until,
    async follow(target, signal, onSeen) {
      if (signal.aborted) throw new CancelledError();
      const { instanceId } = target;
      const joined = watches.get(instanceId) ?? begin(target);
      watches.set(instanceId, joined);
      const me: Follower = { onSeen };
      joined.followers.add(me);

      let leave = (): void => undefined;
      const left = new Promise<never>((_resolve, reject) => {
        leave = () => {
          reject(new CancelledError());
        };
      });
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([joined.result, left]);
      } finally {
        signal.removeEventListener('abort', leave);
        joined.followers.delete(me);
        if (joined.followers.size === 0) {
          joined.end.abort();
          if (watches.get(instanceId) === joined) watches.delete(instanceId);
        }
      }
    },
  };
}
