import type { ChangeOrder, ManagedKind } from '../domain/changeOrder.ts';
import { isManaged, passwordIn, subjectOf } from '../domain/changeOrder.ts';
import { isCancelled, ServiceError, toError } from '../domain/errors.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { PendingPasswords } from '../domain/pendingPasswords.ts';
import type { InstanceService, Log, Management, Now, Owner, ServiceOf, Sleep } from '../domain/ports.ts';
import { evidenceOf, withChange } from './changeSigns.ts';
import type { Verdict } from './changeWatch.ts';
import { createChangeWatch } from './changeWatch.ts';
import * as words from './changeWords.ts';
import type { About, Mark } from './contentSigns.ts';
import { isDeletion, needsBefore, readMark, signOfMark } from './contentSigns.ts';
import type { Begun, Journal } from './journal.ts';
import type { InstanceOperation } from './operation.ts';
import type { Registry } from './registry.ts';
import { sendOrder } from './sendOrder.ts';
import { createTaskWatch } from './taskWatch.ts';
import type { Watcher } from './watcher.ts';
import type { Failed, Unsettled } from './writeOnce.ts';
import { createWriteOnce } from './writeOnce.ts';

/** How a change stands when it is no longer being followed. */
export type ChangeEnd =
  /** `instance` as it was read afterwards; absent where it could not be. */
  | { readonly kind: 'done'; readonly operation: InstanceOperation; readonly instance?: Instance }
  | Failed
  /** Nobody can tell yet. */
  | Unsettled
  /** This window ended, or another one follows it now. */
  | { readonly kind: 'left'; readonly operation: InstanceOperation };

export type ChangeResult =
  | ChangeEnd
  /** It is prepared and waits for its time of switching, which may be hours away. It is followed on; `ended` never rejects. */
  | { readonly kind: 'waiting'; readonly operation: InstanceOperation; readonly ended: Promise<ChangeEnd> };

/** What is seen of a change while it goes on. */
export interface ChangeProgress {
  /** 0 to 100. */
  readonly percent?: number;
  /** In the service's words. */
  readonly step?: string;
  readonly instance?: Instance;
}

/** Sees to every change of an instance but deleting it and its public access: sent once, and followed to its end. */
export interface Change {
  /** Rejects when it cannot be put on record; then nothing was sent. */
  carryOut(
    instance: Instance,
    order: ChangeOrder,
    signal: AbortSignal,
    onProgress: (progress: ChangeProgress) => void,
  ): Promise<ChangeResult>;
  /** Takes up what another window or an earlier session left open. Rejects with `CancelledError` only. */
  settle(operation: InstanceOperation, signal: AbortSignal): Promise<ChangeEnd>;
}

export interface ChangeDeps {
  readonly journal: Pick<Journal, 'begin' | 'change' | 'remove'>;
  readonly registry: Pick<Registry, 'put'>;
  readonly service: ServiceOf<Pick<InstanceService, 'findById'>>;
  readonly management: ServiceOf<Management>;
  readonly watcher: Pick<Watcher, 'until'>;
  /** Keep a new password until it is known whether it is the one. */
  readonly passwords: PendingPasswords;
  /** Forgets the password that was kept for an account that is gone. */
  readonly forgetPassword: (instanceId: string, account: string) => Promise<void>;
  /** Hears of every change that is done, for what is shown of it elsewhere. */
  readonly onDone: (operation: InstanceOperation) => void;
  readonly explain: Explain;
  readonly sleep: Sleep;
  readonly now: Now;
  /** Milliseconds between two looks. */
  readonly interval: () => number;
  /** Milliseconds in which something has to change. */
  readonly limit: () => number;
  readonly log: Log;
}

interface Hearing {
  progress(progress: ChangeProgress): void;
  /** The change waits for its time of switching. */
  waits(operation: InstanceOperation): void;
}

const nobody: Hearing = { progress: () => undefined, waits: () => undefined };

/** Percent by which a task moves on before that is written down. */
const notable = 5;

export function createChange(deps: ChangeDeps): Change {
  const { journal, registry, service, management, passwords, forgetPassword, onDone, explain, sleep, limit, log } =
    deps;
  const write = createWriteOnce({ journal, log });
  const watchTask = createTaskWatch(deps);
  const watch = createChangeWatch(deps);

  async function run(
    { operation, claim }: Begun<InstanceOperation>,
    order: ChangeOrder,
    ends: AbortSignal,
    hear: Hearing,
  ): Promise<ChangeEnd> {
    const signal = AbortSignal.any([ends, claim.signal]);
    try {
      const sent = await write.send(operation, () => sendOrder(management(operation), operation, order, signal));
      if (sent.kind === 'refused' && (await isGone(sent.operation, order.kind, sent.error, signal))) {
        return await done(sent.operation, order.kind, signal);
      }
      return sent.kind === 'absent' || sent.kind === 'refused'
        ? await failed(sent.operation, explain(sent.error))
        : await follow(sent.operation, order.kind, signal, hear);
    } catch (thrown) {
      if (!isCancelled(toError(thrown))) log.error(`Change not followed: ${toError(thrown).message}`);
      return { kind: 'left', operation };
    } finally {
      await claim.release();
    }
  }

  async function follow(
    operation: InstanceOperation,
    kind: ManagedKind,
    signal: AbortSignal,
    hear: Hearing,
  ): Promise<ChangeEnd> {
    const { requestId, taskId } = operation;
    let current = operation;
    try {
      let succeeded = false;
      if (taskId !== undefined) {
        let step: string | undefined;
        const ended = await watchTask(operation, taskId, signal, async (task, standing) => {
          hear.progress(task);
          const moved = Math.abs(task.percent - (current.percent ?? -notable)) >= notable;
          const stepped = task.step !== step && task.percent !== current.percent;
          step = task.step;
          if (moved || stepped) current = await write.note(current, { percent: task.percent });
          if (standing !== 'waiting') return;
          hear.waits(current);
          await reread(current, signal);
        });
        if (ended.kind === 'failed') return await failed(current, words.taskFailed(ended.message, requestId));
        if (ended.kind === 'stuck') return await unsettled(current, words.notThrough(limit(), requestId));
        succeeded = ended.kind === 'succeeded';
      }
      const verdict = await found(current, kind, { succeeded, signal, hear });
      return await concluded(current, kind, verdict, signal);
    } catch (thrown) {
      if (signal.aborted || isCancelled(toError(thrown))) throw thrown;
      return unsettled(current, explain(toError(thrown)));
    }
  }

  /** What there is to be seen of it, beside the service's word that it took it. */
  async function found(
    operation: InstanceOperation,
    kind: ManagedKind,
    { succeeded, signal, hear }: { readonly succeeded: boolean; readonly signal: AbortSignal; readonly hear: Hearing },
  ): Promise<Verdict> {
    // Only an answer brings a request id.
    const accepted = operation.requestId !== undefined;
    const evidence = evidenceOf(kind);
    if (evidence === 'status' || (evidence === 'field' && !accepted)) {
      const onSeen = (instance: Instance): void => {
        hear.progress({ instance });
      };
      return watch.instance(operation, kind, { accepted, succeeded }, signal, onSeen);
    }
    return accepted ? 'done' : watch.contents(operation, kind, signal);
  }

  /** What the list shows now; `undefined` when it cannot be read, which holds nothing up. */
  async function markOf(kind: ManagedKind, about: Owner & About, signal: AbortSignal): Promise<Mark> {
    try {
      return await readMark(management(about), kind, about, signal);
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      log.warn(`Contents not read: ${about.instanceId}: ${toError(thrown).message}`);
      return undefined;
    }
  }

  /** A deletion that was refused because there is nothing to delete is as good as done. */
  async function isGone(
    operation: InstanceOperation,
    kind: ManagedKind,
    error: Error,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (!(error instanceof ServiceError) || !isDeletion(kind)) return false;
    return signOfMark(kind, undefined, await markOf(kind, operation, signal)) === 'done';
  }

  function concluded(
    operation: InstanceOperation,
    kind: ManagedKind,
    verdict: Verdict,
    signal: AbortSignal,
  ): Promise<ChangeEnd> {
    const { requestId, subject = '' } = operation;
    switch (verdict) {
      case 'done':
        return done(operation, kind, signal);
      case 'absent':
        return failed(operation, words.absent());
      case 'notArrived':
        return failed(operation, words.notArrived());
      case 'givenUp':
        return failed(operation, words.wentAnotherWay(requestId));
      case 'tooLong':
        return unsettled(operation, requestId === undefined ? words.cannotAsk() : words.notThrough(limit(), requestId));
      case 'cannotTell':
        return unsettled(
          operation,
          kind === 'resetPassword' ? words.passwordNotKnown(subject) : words.restartNotKnown(),
        );
    }
  }

  /** Reads the instance again, so that the tree shows what has come of it. */
  async function reread(operation: InstanceOperation, signal: AbortSignal): Promise<Instance | undefined> {
    const { accountId, region, instanceId, kind, subject, state } = operation;
    try {
      const read = await service(operation).findById(region, instanceId, signal);
      if (read === undefined) return undefined;
      const instance = state === 'done' && isManaged(kind) ? withChange(kind, subject, read) : read;
      registry.put(accountId, instance);
      return instance;
    } catch (thrown) {
      if (!isCancelled(toError(thrown))) log.warn(`Not read again: ${instanceId}: ${toError(thrown).message}`);
      return undefined;
    }
  }

  async function done(operation: InstanceOperation, kind: ManagedKind, signal: AbortSignal): Promise<ChangeEnd> {
    const { id, instanceId, subject = '' } = operation;
    // Before the record ends: what a crash keeps from being done now is done by the next start.
    if (bringsPassword(kind)) await passwords.settlePending(id, instanceId);
    if (kind === 'deleteAccount') {
      try {
        await forgetPassword(instanceId, subject);
      } catch (thrown) {
        log.warn(`Password of a deleted account not forgotten: ${instanceId}: ${toError(thrown).message}`);
      }
    }
    const ended = await write.note(operation, { state: 'done' });
    const instance = await reread({ ...ended, state: 'done' }, signal);
    onDone(ended);
    return { kind: 'done', operation: ended, ...(instance === undefined ? {} : { instance }) };
  }

  async function failed(operation: InstanceOperation, explanation: Explanation): Promise<ChangeEnd> {
    if (bringsPassword(operation.kind)) await passwords.dropPending(operation.id);
    return write.failed(operation, explanation);
  }

  async function unsettled(operation: InstanceOperation, explanation: Explanation): Promise<ChangeEnd> {
    const end = await write.unsettled(operation, explanation);
    // Nothing will ever tell whether it is the one; any other is kept until that is known.
    if (operation.kind === 'resetPassword' && operation.before === undefined) await passwords.dropPending(operation.id);
    return end;
  }

  async function begin(instance: Instance, order: ChangeOrder, signal: AbortSignal): Promise<Begun<InstanceOperation>> {
    const { id: instanceId, accountId, offering, name, region, zone } = instance;
    const subject = subjectOf(order);
    const about = {
      ...{ accountId, offering, name, region, zone, instanceId },
      ...(subject === undefined ? {} : { subject }),
    };
    const before = needsBefore(order.kind) ? await markOf(order.kind, about, signal) : undefined;
    // Times are told in whole seconds: what is set from here on is set at another one.
    if (before !== undefined && order.kind === 'resetPassword') await sleep(1_000, signal);
    const begun = await journal.begin({
      kind: order.kind,
      ...about,
      state: 'sending',
      ...(before === undefined ? {} : { before }),
    });
    const brought = passwordIn(order);
    if (brought === undefined) return begun;
    try {
      await passwords.keepPending(begun.operation.id, brought.user, brought.password);
    } catch (thrown) {
      await journal.remove([begun.operation]);
      await begun.claim.release();
      throw thrown;
    }
    return begun;
  }

  return {
    async carryOut(instance, order, signal, onProgress) {
      const begun = await begin(instance, order, signal);
      const { promise: waits, resolve } = Promise.withResolvers<InstanceOperation>();
      const ended = run(begun, order, signal, { progress: onProgress, waits: resolve });
      return Promise.race([ended, waits.then((operation) => ({ kind: 'waiting', operation, ended }) as const)]);
    },
    async settle(operation, signal) {
      if (!isManaged(operation.kind)) throw new Error(`Not seen to here: ${operation.kind}`);
      return follow(operation, operation.kind, signal, nobody);
    },
  };
}

function bringsPassword(kind: InstanceOperation['kind']): boolean {
  return kind === 'resetPassword' || kind === 'createAccount';
}
