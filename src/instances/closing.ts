import * as l10n from '@vscode/l10n';
import { durationWords } from '../domain/duration.ts';
import { CancelledError, isCancelled, toError } from '../domain/errors.ts';
import type { ErrorKind, Explain, Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { InstanceService, Log, Now, ServiceOf, Sleep } from '../domain/ports.ts';
import { publicAccessState } from '../domain/publicAddress.ts';
import { statusGroup } from '../domain/status.ts';
import type { Journal } from './journal.ts';
import type { InstanceOperation } from './operation.ts';
import type { Watcher } from './watcher.ts';
import { countUnchanged, type Failed, type Unsettled, type WriteOnce } from './writeOnce.ts';

export type ClosingResult =
  | { readonly kind: 'closed'; readonly operation: InstanceOperation; readonly overdue?: Overdue }
  /** It may be open still, and nothing more happens by itself. */
  | Failed
  /** It was sent, and may be open still. */
  | Unsettled
  /** It may be open still, and is tried again as soon as the service can be asked. `again`: said before. */
  | {
      readonly kind: 'postponed';
      readonly operation: InstanceOperation;
      readonly explanation: Explanation;
      readonly again: boolean;
    };

/** How much longer than asked it was open, and why. */
export interface Overdue {
  readonly milliseconds: number;
  /** Nobody was there to close it, or it was tried and did not work. */
  readonly cause: 'noEditor' | 'trouble';
}

interface ClosingDeps {
  readonly journal: Pick<Journal, 'change' | 'remove' | 'operations'>;
  readonly write: WriteOnce;
  readonly service: ServiceOf<Pick<InstanceService, 'findById' | 'closePublicAccess'>>;
  readonly watcher: Pick<Watcher, 'until'>;
  readonly explain: Explain;
  readonly sleep: Sleep;
  readonly now: Now;
  readonly limit: () => number;
  readonly log: Log;
}

/** Milliseconds. */
const firstPause = 2_000;
const longestPause = 60_000;
/** Nobody minds being closed this much later. */
const tolerance = 60_000;
/** How long a closing that could not even be asked for waits for the next try. */
const postponement = 60_000;

/** A refusal of these kinds may be another answer a little later. */
const passing: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['state', 'limit', 'service', 'network']);
/** The service has not refused it: it could not be asked. */
const unasked: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['network', 'credentials']);

type Step =
  /** `late`: it was open until we closed it. */
  | { readonly kind: 'closed'; readonly operation: InstanceOperation; readonly closedByUs: boolean }
  | { readonly kind: 'refused'; readonly operation: InstanceOperation; readonly explanation: Explanation }
  | { readonly kind: 'still-open'; readonly operation: InstanceOperation; readonly explanation: Explanation };

/**
 * Closes a public address and stays with it until it is closed. An address that stays open is a danger, so what may
 * pass is tried again, and closing what is closed already is no failure.
 */
export function createClosing(deps: ClosingDeps) {
  const { journal, write, service, watcher, explain, sleep, now, limit, log } = deps;
  /** When a postponed closing was due at first, by its id. */
  const postponed = new Map<string, number>();

  async function lookAndSend(operation: InstanceOperation, signal: AbortSignal, seen: Seen): Promise<Step | Followed> {
    const { region, instanceId, ipv6 = false } = operation;
    const found = await service(operation).findById(region, instanceId, signal);
    if (found !== undefined) seen(found);
    const before = found === undefined ? 'closed' : publicAccessState(found, ipv6);
    if (before === 'closed') return { kind: 'closed', operation, closedByUs: false };
    // That it was open is all that may remain of an opening whose answer was lost.
    const sending = await journal.change(operation, { state: 'sending', before });
    const sent = await write.send(sending, () =>
      service(operation).closePublicAccess(region, instanceId, ipv6, signal),
    );
    if (sent.kind === 'absent') return { kind: 'closed', operation: sent.operation, closedByUs: false };
    if (sent.kind === 'refused') {
      return { kind: 'refused', operation: await backToPlan(sent.operation), explanation: explain(sent.error) };
    }
    return { kind: 'follow', operation: sent.operation };
  }

  async function follow(operation: InstanceOperation, signal: AbortSignal, seen: Seen): Promise<Step> {
    const { state, requestId, ipv6 = false } = operation;
    const unchanged = countUnchanged(now);
    const ended = await watcher.until(operation, signal, (found) => {
      if (found === undefined) return 'closed';
      seen(found);
      const access = publicAccessState(found, ipv6);
      if (access === 'closed') return 'closed';
      const idle = access === 'open' && statusGroup(found.status) === 'usable';
      return state !== 'working' && idle && unchanged() ? 'unchanged' : undefined;
    });
    if (ended.kind === 'too-long') {
      return { kind: 'still-open', operation, explanation: tooLong(limit(), requestId) };
    }
    if (ended.value === 'closed') return { kind: 'closed', operation, closedByUs: true };
    // It provably changed nothing, so it may be sent again.
    return { kind: 'refused', operation: await backToPlan(operation), explanation: notArrived() };
  }

  async function attempt(operation: InstanceOperation, signal: AbortSignal, seen: Seen): Promise<Step> {
    let current = operation;
    try {
      if (operation.state === 'scheduled') {
        const step = await lookAndSend(operation, signal, seen);
        if (step.kind !== 'follow') return step;
        current = step.operation;
      }
      return await follow(current, signal, seen);
    } catch (thrown) {
      if (signal.aborted || isCancelled(toError(thrown))) throw thrown;
      return { kind: 'refused', operation: current, explanation: explain(toError(thrown)) };
    }
  }

  /** Rejects with `CancelledError` when the plan was called off meanwhile. */
  const backToPlan = (operation: InstanceOperation, dueAt?: number): Promise<InstanceOperation> =>
    journal.change(operation, { state: 'scheduled', ...(dueAt === undefined ? {} : { dueAt }) });

  async function giveUp(operation: InstanceOperation, explanation: Explanation): Promise<ClosingResult> {
    const { id, dueAt } = operation;
    if (unasked.has(explanation.kind) && operation.state === 'scheduled') {
      const again = postponed.has(id);
      if (dueAt !== undefined && !again) postponed.set(id, dueAt);
      const later = await backToPlan(operation, now() + postponement);
      return { kind: 'postponed', operation: later, explanation, again };
    }
    if (operation.state !== 'scheduled') {
      return write.unsettled(operation, explanation);
    }
    return write.failed(operation, explanation);
  }

  async function closed(operation: InstanceOperation): Promise<InstanceOperation> {
    const { id, accountId, instanceId } = operation;
    const others = journal
      .operations(accountId)
      .filter((one) => one.kind === 'closePublic' && one.state === 'scheduled' && one.instanceId === instanceId)
      .filter((one) => one.id !== id && (one.ipv6 ?? false) === (operation.ipv6 ?? false));
    try {
      if (others.length > 0) await journal.remove(others);
    } catch (thrown) {
      log.warn(`Planned closing not removed: ${toError(thrown).message}`);
    }
    return write.note(operation, { state: 'done' });
  }

  return async (operation: InstanceOperation, signal: AbortSignal, seen: Seen): Promise<ClosingResult> => {
    const due = postponed.get(operation.id) ?? operation.dueAt;
    const cause = postponed.has(operation.id) ? 'trouble' : 'noEditor';
    const isLate = due !== undefined && now() - due >= tolerance;
    const deadline = now() + limit();
    let current = operation;
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
      if (signal.aborted) throw new CancelledError();
      const step = await attempt(current, signal, seen);
      current = step.operation;
      if (step.kind === 'closed') {
        postponed.delete(operation.id);
        const ended = await closed(current);
        return isLate && step.closedByUs
          ? { kind: 'closed', operation: ended, overdue: { milliseconds: now() - due, cause } }
          : { kind: 'closed', operation: ended };
      }
      const { explanation } = step;
      const mayPass = step.kind === 'refused' && passing.has(explanation.kind);
      if (!mayPass || now() + pause > deadline) return giveUp(current, explanation);
      log.warn(`Not closed yet: ${current.instanceId}: ${explanation.meaning}`);
      await sleep(pause, signal);
    }
  };
}

type Seen = (instance: Instance) => void;

interface Followed {
  readonly kind: 'follow';
  readonly operation: InstanceOperation;
}

function notArrived(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t('The request did not arrive: the public address is still open.'),
    next: ['retry'],
  };
}

function tooLong(limit: number, requestId: string | undefined): Explanation {
  return {
    kind: 'service',
    meaning: l10n.t(
      'The service took the request, and the public address is still open after {0}.',
      durationWords(limit),
    ),
    next: ['retry', 'reportRequestId'],
    ...(requestId === undefined ? {} : { requestId }),
  };
}
