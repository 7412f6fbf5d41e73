import * as l10n from '@vscode/l10n';
import { isCancelled, toError } from '../domain/errors.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { OperationView } from '../domain/operation.ts';
import type { InstanceService, Log, Now, ServiceOf, Sleep } from '../domain/ports.ts';
import { statusGroup } from '../domain/status.ts';
import type { Begun, Journal } from './journal.ts';
import type { InstanceOperation } from './operation.ts';
import type { Registry } from './registry.ts';
import type { Watcher } from './watcher.ts';
import type { Failed, Unsettled } from './writeOnce.ts';
import { countUnchanged, createWriteOnce } from './writeOnce.ts';

/** How a deletion stands when it is no longer being followed. */
export type DeletionResult =
  | { readonly kind: 'gone'; readonly operation: InstanceOperation }
  /** Called off in time: nothing was sent. */
  | { readonly kind: 'undone'; readonly operation: InstanceOperation }
  /** The instance is still there. */
  | Failed
  /** Nobody can tell yet. */
  | Unsettled
  /** This window ended, or another one follows it now. */
  | { readonly kind: 'left'; readonly operation: InstanceOperation };

/** A deletion that was confirmed. */
export interface Deleting {
  readonly operation: InstanceOperation;
  /** Never rejects. */
  readonly result: Promise<DeletionResult>;
}

/** What came of calling deletions off. */
export interface Undone {
  readonly undone: readonly OperationView[];
  /** Sent already, or about to be. */
  readonly late: readonly OperationView[];
}

/** Deletes instances for good: after a while in which it can be undone, once, and followed until they are gone. */
export interface Deletion {
  /**
   * Confirms: one operation an instance, each for itself from here on. Resolves when all are on record; rejects when
   * one cannot be written, and then nothing is sent for any.
   * @param undoMilliseconds how long it can be undone; 0 sends at once
   */
  begin(instances: readonly Instance[], undoMilliseconds: number, signal: AbortSignal): Promise<readonly Deleting[]>;
  /** Calls off those that are not sent yet, of this window or of another one. */
  undo(operations: readonly OperationView[]): Promise<Undone>;
  /**
   * Takes up what another window or an earlier session left open. What was still to be sent there is not sent any
   * more: whoever could have undone it could not. Rejects with `CancelledError` only.
   */
  settle(operation: InstanceOperation, signal: AbortSignal): Promise<DeletionResult>;
}

export interface DeletionDeps {
  readonly journal: Pick<Journal, 'begin' | 'change' | 'remove' | 'operations'>;
  readonly registry: Pick<Registry, 'put' | 'remove'>;
  readonly service: ServiceOf<Pick<InstanceService, 'delete'>>;
  readonly watcher: Pick<Watcher, 'until'>;
  /** Forgets what was kept to log in to that instance. */
  readonly forgetPassword: (instanceId: string) => Promise<void>;
  readonly explain: Explain;
  readonly sleep: Sleep;
  readonly now: Now;
  readonly log: Log;
}

/** Another window must leave this much time, in milliseconds, so that its undo cannot cross the sending. */
const margin = 2_000;

export function createDeletion(deps: DeletionDeps): Deletion {
  const { journal, registry, service, watcher, forgetPassword, explain, sleep, now, log } = deps;
  const write = createWriteOnce({ journal, log });
  /** Not sent yet, by id of the operation; aborting one calls it off. */
  const waiting = new Map<string, AbortController>();

  async function run(
    { operation, claim }: Begun<InstanceOperation>,
    undo: number,
    ends: AbortSignal,
  ): Promise<DeletionResult> {
    const signal = AbortSignal.any([ends, claim.signal]);
    try {
      if (await calledOff(operation, undo, signal)) return { kind: 'undone', operation };
      return await send(operation, signal);
    } catch (thrown) {
      if (!isCancelled(toError(thrown))) log.error(`Deletion not followed: ${toError(thrown).message}`);
      return { kind: 'left', operation };
    } finally {
      await claim.release();
    }
  }

  /** Waits the undo time out. True when it was called off. */
  async function calledOff(operation: InstanceOperation, undo: number, signal: AbortSignal): Promise<boolean> {
    const stop = waiting.get(operation.id);
    if (stop === undefined) return false;
    try {
      if (undo > 0) await sleep(undo, AbortSignal.any([signal, stop.signal]));
      return stop.signal.aborted;
    } catch (thrown) {
      if (!stop.signal.aborted) throw thrown;
      return true;
    } finally {
      waiting.delete(operation.id);
    }
  }

  async function send(intended: InstanceOperation, signal: AbortSignal): Promise<DeletionResult> {
    const { region, instanceId } = intended;
    let operation: InstanceOperation;
    try {
      operation = await journal.change(intended, { state: 'sending' });
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      // Another window took the record away: undone there.
      if (isCancelled(toError(thrown))) return { kind: 'undone', operation: intended };
      return write.failed(intended, explain(toError(thrown)));
    }
    const sent = await write.send(operation, () => service(operation).delete(region, instanceId, signal));
    switch (sent.kind) {
      case 'absent':
        return gone(sent.operation);
      case 'refused':
        return write.failed(sent.operation, explain(sent.error));
      case 'accepted':
      case 'lost':
        return follow(sent.operation, signal);
    }
  }

  async function follow(operation: InstanceOperation, signal: AbortSignal): Promise<DeletionResult> {
    const { accountId, requestId } = operation;
    // Only an answer brings a request id.
    let arrived = requestId !== undefined;
    const unchanged = countUnchanged(now);
    let ended;
    try {
      ended = await watcher.until(operation, signal, (found) => {
        if (found === undefined) return 'gone';
        registry.put(accountId, found);
        const group = statusGroup(found.status);
        arrived ||= group === 'gone';
        return !arrived && (group === 'usable' || group === 'binned') && unchanged() ? 'still there' : undefined;
      });
    } catch (thrown) {
      if (signal.aborted || isCancelled(toError(thrown))) throw thrown;
      return write.unsettled(operation, explain(toError(thrown)));
    }
    if (ended.kind === 'decided') {
      return ended.value === 'gone' ? gone(operation) : write.failed(operation, notArrived());
    }
    return write.unsettled(operation, arrived ? stillListed(requestId) : cannotAsk());
  }

  async function gone(operation: InstanceOperation): Promise<DeletionResult> {
    const { accountId, instanceId } = operation;
    registry.remove(accountId, instanceId);
    const closings = journal
      .operations(accountId)
      .filter((one) => one.kind === 'closePublic' && one.state === 'scheduled' && one.instanceId === instanceId);
    // Before the record ends: what a crash keeps from being cleared now is cleared by the next start.
    for (const leftover of [() => forgetPassword(instanceId), () => journal.remove(closings)]) {
      try {
        await leftover();
      } catch (thrown) {
        log.warn(`Not cleared after a deletion: ${instanceId}: ${toError(thrown).message}`);
      }
    }
    const ended = await write.note(operation, { state: 'done' });
    return { kind: 'gone', operation: ended };
  }

  async function beginAll(instances: readonly Instance[], dueAt: number): Promise<Begun<InstanceOperation>[]> {
    const begun: Begun<InstanceOperation>[] = [];
    try {
      for (const { id: instanceId, accountId, offering, name, region, zone } of instances) {
        const place = { accountId, offering, name, region, zone, instanceId };
        begun.push(await journal.begin({ kind: 'delete', ...place, state: 'scheduled', dueAt }));
      }
      return begun;
    } catch (thrown) {
      await journal.remove(begun.map(({ operation }) => operation));
      await Promise.all(begun.map(({ claim }) => claim.release()));
      throw thrown;
    }
  }

  return {
    async begin(instances, undoMilliseconds, signal) {
      const begun = await beginAll(instances, now() + undoMilliseconds);
      for (const { operation } of begun) waiting.set(operation.id, new AbortController());
      return begun.map((one) => ({ operation: one.operation, result: run(one, undoMilliseconds, signal) }));
    },

    async undo(operations) {
      const own = operations.filter(({ id }) => waiting.has(id));
      // First of all, and at once: from here on these are not sent.
      for (const { id } of own) waiting.get(id)?.abort();
      const others = operations.filter(
        (one) =>
          !own.includes(one) &&
          one.kind === 'delete' &&
          one.state === 'scheduled' &&
          (one.dueAt ?? 0) - now() >= margin,
      );
      const removed = new Set(await journal.remove([...own, ...others]));
      const undone = operations.filter((one) => own.includes(one) || removed.has(one.id));
      return { undone, late: operations.filter((one) => !undone.includes(one)) };
    },

    settle: async (operation, signal) =>
      operation.state === 'scheduled' ? write.failed(operation, neverSent()) : follow(operation, signal),
  };
}

function neverSent(): Explanation {
  return {
    kind: 'state',
    meaning: l10n.t('The editor was closed before the deletion was sent. Nothing was deleted.'),
    next: ['retry'],
  };
}

function notArrived(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t('The request did not arrive: the instance is as it was. Nothing was deleted.'),
    next: ['retry'],
  };
}

function stillListed(requestId: string | undefined): Explanation {
  return {
    kind: 'service',
    meaning: l10n.t(
      'The service took the deletion and still lists the instance. It will be asked again on the next start.',
    ),
    next: ['wait', 'reportRequestId'],
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function cannotAsk(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t(
      'The answer was lost and it is not clear whether the instance is being deleted. The service will be asked again on the next start.',
    ),
    next: ['checkNetwork', 'wait'],
  };
}
