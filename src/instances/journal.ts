import { isDeepStrictEqual } from 'node:util';
import { CancelledError, toError } from '../domain/errors.ts';
import { hasEnded } from '../domain/operation.ts';
import type { JsonFolder, Log, Now, Sleep } from '../domain/ports.ts';
import type { Claim, Claims } from './claims.ts';
import type { CreateOperation, InstanceOperation, Operation } from './operation.ts';
import { decodeOperation, encodeOperation } from './storedOperation.ts';

type New<O extends Operation> = Omit<O, 'id' | 'startedAt' | 'endedAt'>;

/** An operation as it is confirmed, before the journal has given it an id and a time. */
export type NewOperation = New<CreateOperation> | New<InstanceOperation>;

/** An operation that is on record and that this window follows. */
export interface Begun<O extends Operation = Operation> {
  readonly operation: O;
  readonly claim: Claim;
}

/** What may change about an operation once it is confirmed. */
export type OperationFacts = Partial<
  Pick<
    Operation,
    | 'state'
    | 'dueAt'
    | 'instanceId'
    | 'requestId'
    | 'explanation'
    | 'taskId'
    | 'percent'
    | 'clockAhead'
    | 'orders'
    | 'candidates'
  > &
    Pick<CreateOperation, 'ruledOut'> &
    Pick<InstanceOperation, 'before'>
>;

/**
 * What was confirmed, on disk before the request leaves, so that nothing is forgotten when the editor ends between
 * "sent" and "answered". One file an operation, in a folder that all windows of the person share: what one window
 * writes the others see a moment later. Operations that have ended are kept for 30 days.
 */
export interface Journal {
  /** Reads what is there, then follows what other windows write; records of a newer version stay untouched. Call it once, first. */
  open(): Promise<void>;
  /** Newest first, of every account. */
  all(): readonly Operation[];
  /** Newest first. */
  operations(accountId: string): readonly Operation[];
  find(id: string): Operation | undefined;
  /** As it is on disk at this moment, whatever this window has heard so far. Rejects when it cannot be read. */
  look(id: string): Promise<Operation | undefined>;
  /**
   * Resolves when the intent is on disk; rejects when it cannot be written, and then nothing may be sent.
   * It is claimed before it is written, so no other window picks it up; whoever began it follows it and releases it.
   */
  begin(intent: New<CreateOperation>): Promise<Begun<CreateOperation>>;
  begin(intent: New<InstanceOperation>): Promise<Begun<InstanceOperation>>;
  /**
   * Resolves when the change is on disk. `done` and `failed` note the time; an explanation stays only while the state
   * is `failed` or `unsettled`, and candidates only while it is `unsettled`. Rejects with `CancelledError` when the record was removed meanwhile.
   */
  change<O extends Operation>(operation: O, facts: OperationFacts): Promise<O>;
  /**
   * Dismissed, cancelled or cleared: the records go. One whose state is no longer the one given stays: it has moved
   * on, so an undo came too late. Resolves to the ids of those that are gone.
   */
  remove(operations: readonly Pick<Operation, 'id' | 'state'>[]): Promise<readonly string[]>;
  /** Hears of every change, of this window and of others. */
  onDidChange(listener: () => void): { dispose(): void };
  /** Stops listening to other windows. */
  dispose(): void;
}

const day = 86_400_000;

/** How long an operation that has ended stays on record, in milliseconds. */
const kept = 30 * day;

/** @param deps.newId unique, and fit for a file name */
export function createJournal(deps: {
  readonly folder: JsonFolder;
  readonly claims: Claims;
  readonly now: Now;
  readonly newId: () => string;
  readonly sleep: Sleep;
  readonly log: Log;
}): Journal {
  const { folder, claims, now, newId, sleep, log } = deps;
  const known = new Map<string, Operation>();
  const leftAlone = new Set<string>();
  const listeners = new Set<() => void>();
  /** Newest first, by account and under '' for all: made when asked for, until something changes. */
  let lists = new Map<string, readonly Operation[]>();
  const ending = new AbortController();
  let watching: { dispose(): void } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One access after the other, so that what is known never falls behind what this window wrote. */
  function inTurn<T>(access: () => Promise<T>): Promise<T> {
    const mine = last.then(access);
    last = mine.catch(() => undefined);
    return mine;
  }

  function tell(): void {
    lists = new Map();
    for (const listener of [...listeners]) listener();
  }

  function listed(accountId: string): readonly Operation[] {
    const list =
      lists.get(accountId) ??
      newestFirst([...known.values()].filter((one) => accountId === '' || one.accountId === accountId));
    lists.set(accountId, list);
    return list;
  }

  function understood(name: string, value: unknown): Operation | undefined {
    const decoded = decodeOperation(value);
    if (decoded.kind === 'operation' && decoded.operation.id === name) return decoded.operation;
    if (!leftAlone.has(name)) {
      leftAlone.add(name);
      const problem =
        decoded.kind === 'newer'
          ? 'of a newer version'
          : decoded.kind === 'unreadable'
            ? decoded.problem
            : 'id: not the name of the record';
      log.warn(`Record left alone: ${name}: ${problem}`);
    }
    return undefined;
  }

  async function reread(): Promise<void> {
    const gone = new Set(known.keys());
    let isNews = false;
    for (const [name, value] of await folder.read()) {
      gone.delete(name);
      isNews = take(name, value) || isNews;
    }
    for (const id of gone) isNews = known.delete(id) || isNews;
    if (isNews) tell();
  }

  /** Only these: a folder of a thousand records is not read again for each change of one. */
  async function rereadSome(ids: ReadonlySet<string>): Promise<void> {
    let isNews = false;
    try {
      for (const id of ids) isNews = take(id, await folder.readOne(id)) || isNews;
    } finally {
      if (isNews) tell();
    }
  }

  /** What is known follows what is on disk. True when that is news; what is not stays the same object. */
  function take(id: string, value: unknown): boolean {
    const operation = value === undefined ? undefined : understood(id, value);
    if (isDeepStrictEqual(known.get(id), operation)) return false;
    if (operation === undefined) known.delete(id);
    else known.set(id, operation);
    return true;
  }

  /** The record as it is on disk; what is known follows it. */
  async function onDisk(id: string): Promise<Operation | undefined> {
    await rereadSome(new Set([id]));
    return known.get(id);
  }

  async function write<O extends Operation>(operation: O): Promise<O> {
    await folder.write(operation.id, encodeOperation(operation));
    known.set(operation.id, operation);
    tell();
    return operation;
  }

  function begin(intent: New<CreateOperation>): Promise<Begun<CreateOperation>>;
  function begin(intent: New<InstanceOperation>): Promise<Begun<InstanceOperation>>;
  async function begin(intent: NewOperation): Promise<Begun> {
    const id = newId();
    const claim = await claims.take(id);
    if (claim === undefined) throw new Error(`An operation of this id exists: ${id}`);
    try {
      return { operation: await inTurn(() => write({ ...intent, id, startedAt: now() })), claim };
    } catch (error) {
      await claim.release();
      throw error;
    }
  }

  async function clearOut(): Promise<void> {
    for (const { id, state, endedAt, startedAt } of known.values()) {
      if (!hasEnded({ state }) || now() - (endedAt ?? startedAt) <= kept) continue;
      await folder.remove(id);
      known.delete(id);
      tell();
    }
    await claims.tidy((id) => {
      const operation = known.get(id);
      return operation !== undefined && !hasEnded(operation);
    });
  }

  async function clearOutDaily(): Promise<void> {
    for (;;) {
      try {
        await inTurn(clearOut);
      } catch (thrown) {
        log.warn(`Old records not cleared out: ${toError(thrown).message}`);
      }
      await sleep(day, ending.signal);
    }
  }

  return {
    async open() {
      // Watched first: what another window writes while this one reads is not missed.
      watching = folder.watch((names) => {
        // One that cannot be read is dealt with when all are.
        inTurn(() => (names === undefined ? reread() : rereadSome(names).catch(reread))).catch((thrown: unknown) => {
          log.warn(`Records not read again: ${toError(thrown).message}`);
        });
      });
      await inTurn(reread);
      clearOutDaily().catch(() => undefined);
    },
    all: () => listed(''),
    operations: (accountId) => (accountId === '' ? [] : listed(accountId)),
    find: (id) => known.get(id),
    look: (id) => inTurn(() => onDisk(id)),
    begin,
    change: (operation, facts) =>
      inTurn(async () => {
        if ((await onDisk(operation.id)) === undefined) throw new CancelledError();
        return write(changed(operation, facts, now()));
      }),
    remove: (operations) =>
      inTurn(async () => {
        const gone: string[] = [];
        for (const { id, state } of operations) {
          const stands = await onDisk(id);
          if (stands === undefined ? leftAlone.has(id) : stands.state !== state) continue;
          await folder.remove(id);
          known.delete(id);
          gone.push(id);
        }
        if (gone.length > 0) tell();
        return gone;
      }),
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    dispose() {
      ending.abort();
      watching?.dispose();
    },
  };
}

function changed<O extends Operation>(operation: O, facts: OperationFacts, now: number): O {
  const next = { ...operation, ...facts };
  const { state } = next;
  if (!hasEnded(next)) Reflect.deleteProperty(next, 'endedAt');
  if (state !== 'failed' && state !== 'unsettled') Reflect.deleteProperty(next, 'explanation');
  if (state !== 'unsettled' || next.candidates?.length === 0) Reflect.deleteProperty(next, 'candidates');
  return hasEnded(next) && next.endedAt === undefined ? { ...next, endedAt: now } : next;
}

function newestFirst(operations: Operation[]): readonly Operation[] {
  return operations.sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
}
