import { isCancelled, toError } from '../domain/errors.ts';
import { hasEnded } from '../domain/operation.ts';
import type { Log, Now, Sleep } from '../domain/ports.ts';
import type { Claim, Claims } from './claims.ts';
import type { Begun, Journal } from './journal.ts';
import type { Operation } from './operation.ts';

/**
 * Takes up what nobody follows: what earlier sessions and windows that are gone left open, and what is due. An
 * operation that is being followed by whoever began it is claimed, and so left to them.
 */
export interface Follower {
  /** Call it once the journal is open. */
  start(): void;
  /** Looks at once instead of after the interval; for when an account can be followed that could not. */
  wake(): void;
  /**
   * Carries one operation on because a person decided about it, also one that this window was through with. Resolves
   * when that is over; to false when another window sees to the operation, or when it is gone: then nothing was done.
   * @param work as `settle`
   */
  decide(id: string, work: (operation: Operation, signal: AbortSignal) => Promise<void>): Promise<boolean>;
  /** Resolves when nothing is followed any more. */
  dispose(): Promise<void>;
}

/**
 * @param deps.settle carries the operation on until it ends, or until nothing more can be done in this session. The
 * signal aborts when the window ends or another window has taken over. What rejects with anything but a cancellation goes to `onFailure`.
 * @param deps.canFollow whether there are keys for the account
 * @param deps.interval milliseconds between two looks; a window that died leaves no other sign
 */
export function createFollower(deps: {
  readonly journal: Pick<Journal, 'all' | 'find' | 'look' | 'onDidChange'>;
  readonly claims: Pick<Claims, 'take'>;
  readonly settle: (operation: Operation, signal: AbortSignal) => Promise<void>;
  readonly canFollow: (accountId: string) => boolean;
  readonly sleep: Sleep;
  readonly now: Now;
  readonly interval: number;
  readonly log: Log;
  readonly onFailure: (operation: Operation, error: Error) => void;
}): Follower {
  const { journal, claims, settle, canFollow, sleep, now, interval, log, onFailure } = deps;
  const ending = new AbortController();
  const following = new Set<Promise<void>>();
  /** Left so by an earlier session; what becomes unsettled now waits for the next start. */
  const unsettled = new Set<string>();
  /** Of what this window is through with. */
  const kept = new Map<string, Claim>();
  /** When a claim to it was last tried for. A record that changes is another object, and tried for anew. */
  const triedAt = new WeakMap<Operation, number>();
  let nap = new AbortController();
  let running: Promise<void> | undefined;
  let listening: { dispose(): void } | undefined;

  const isDue = ({ state, dueAt = 0 }: Operation): boolean => state === 'scheduled' && dueAt <= now();

  function waits(operation: Operation): boolean {
    if (hasEnded(operation) || !canFollow(operation.accountId)) return false;
    if (operation.state === 'scheduled') return isDue(operation);
    return operation.state !== 'unsettled' || unsettled.has(operation.id);
  }

  async function claimed(id: string): Promise<Begun | undefined> {
    const claim = await claims.take(id);
    if (claim === undefined) return undefined;
    let begun: Begun | undefined;
    try {
      // What this window has heard may be older than what the last holder wrote.
      const operation = await journal.look(id);
      if (operation !== undefined && waits(operation)) begun = { operation, claim };
    } finally {
      if (begun === undefined) await claim.release();
    }
    return begun;
  }

  async function follow({ operation, claim }: Begun, work = settle): Promise<void> {
    const { id } = operation;
    unsettled.delete(id);
    let through: boolean;
    try {
      await work(operation, AbortSignal.any([ending.signal, claim.signal]));
      const left = journal.find(id);
      through = left !== undefined && !hasEnded(left) && left.state !== 'scheduled';
    } catch (thrown) {
      const error = toError(thrown);
      through = !isCancelled(error);
      if (through) onFailure(operation, error);
    }
    // What is through and has not ended stays claimed, or the next window would begin anew, and say so, at once.
    if (through) kept.set(id, claim);
    else await claim.release();
  }

  function track(work: Promise<void>): void {
    const followed = work.finally(() => following.delete(followed));
    following.add(followed);
  }

  async function decide(id: string, work: typeof settle): Promise<boolean> {
    const own = kept.get(id);
    kept.delete(id);
    const claim = own === undefined || own.signal.aborted ? await claims.take(id) : own;
    if (claim === undefined) return false;
    let operation: Operation | undefined;
    try {
      operation = await journal.look(id);
    } finally {
      if (operation === undefined) await claim.release();
    }
    if (operation === undefined) return false;
    log.info(`Operation decided about: ${operation.kind} ${operation.name}, ${operation.state}`);
    const followed = follow({ operation, claim }, work);
    track(followed);
    await followed;
    return true;
  }

  /** Resolves when it is known whether the operation is followed here, and then it is. */
  async function takeUp({ id }: Operation): Promise<void> {
    let begun: Begun | undefined;
    try {
      begun = await claimed(id);
    } catch (thrown) {
      if (!isCancelled(thrown)) log.warn(`Operation not taken up: ${id}: ${toError(thrown).message}`);
    }
    if (begun === undefined) return;
    log.info(`Operation taken up: ${begun.operation.kind} ${begun.operation.name}, ${begun.operation.state}`);
    track(follow(begun));
  }

  /** Another window follows most of what this one sees, so not each change of one is a reason to try for all. */
  function isToTry(operation: Operation): boolean {
    const since = now() - (triedAt.get(operation) ?? -Infinity);
    // A clock that was set back is no reason to wait for it.
    return waits(operation) && (since >= interval || since < 0);
  }

  async function look(): Promise<void> {
    const open = journal.all().filter(isToTry);
    for (const operation of open) triedAt.set(operation, now());
    const due = open.filter(isDue).sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
    // An address that is open longer than asked is a danger; the others can wait for it.
    for (const some of [due, open.filter((operation) => !due.includes(operation))]) {
      await Promise.all(some.map(takeUp));
    }
  }

  function untilNext(): number {
    const dues = journal
      .all()
      .filter(({ state }) => state === 'scheduled')
      .map(({ dueAt = 0 }) => dueAt - now());
    return Math.min(interval, ...dues.filter((left) => left > 0));
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      // Made before the look, so that a change during it is not slept over.
      nap = new AbortController();
      await look();
      await sleep(untilNext(), AbortSignal.any([ending.signal, nap.signal])).catch(() => undefined);
    }
  }

  function wake(): void {
    nap.abort();
  }

  return {
    start() {
      for (const { id, state } of journal.all()) if (state === 'unsettled') unsettled.add(id);
      listening = journal.onDidChange(wake);
      running = run();
    },
    wake,
    decide,
    async dispose() {
      ending.abort();
      listening?.dispose();
      await running;
      await Promise.all(following);
    },
  };
}
