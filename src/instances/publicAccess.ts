import * as l10n from '@vscode/l10n';
import type { HowLong } from '../domain/duration.ts';
import { durationWords } from '../domain/duration.ts';
import { isCancelled, toError } from '../domain/errors.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { InstanceService, Log, Now, ServiceOf, Sleep } from '../domain/ports.ts';
import { publicAccessState } from '../domain/publicAddress.ts';
import { statusGroup } from '../domain/status.ts';
import { createClosing } from './closing.ts';
import type { ClosingResult } from './closing.ts';
import type { Begun, Journal } from './journal.ts';
import type { InstanceOperation } from './operation.ts';
import type { Registry } from './registry.ts';
import type { Watcher } from './watcher.ts';
import type { Failed, Unsettled } from './writeOnce.ts';
import { countUnchanged, createWriteOnce } from './writeOnce.ts';

export type OpeningResult =
  | {
      readonly kind: 'open';
      readonly operation: InstanceOperation;
      readonly instance: Instance;
      /** When it closes by itself, in milliseconds since the epoch. */
      readonly closesAt?: number;
    }
  /** It was open, and has been closed again meanwhile. */
  | { readonly kind: 'over'; readonly operation: InstanceOperation }
  | Failed
  /** It may be open, or open yet. */
  | Unsettled;

export type PublicAccessResult = OpeningResult | ClosingResult;

/** Opens and closes the public address of instances, and closes in time what was opened for a while. */
export interface PublicAccess {
  /**
   * Opens, or sets another time for what is open already. The closing is on record before anything is sent, so that it
   * survives whatever comes between; it replaces one that was planned earlier.
   * Rejects with the error of the first look at the instance, or of the journal; then nothing was sent.
   * @param onSeen hears of every look at the instance
   */
  open(
    instance: Instance,
    howLong: HowLong,
    ipv6: boolean,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<OpeningResult>;
  /** Closes now, whatever was planned. Rejects when it cannot be put on record; then nothing was sent. */
  close(
    instance: Instance,
    ipv6: boolean,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<ClosingResult>;
  /** Takes up what is due, or what another window or an earlier session left open. Rejects with `CancelledError` only. */
  settle(
    operation: InstanceOperation,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<PublicAccessResult>;
}

export interface PublicAccessDeps {
  readonly journal: Pick<Journal, 'begin' | 'change' | 'remove' | 'operations'>;
  readonly registry: Pick<Registry, 'put'>;
  readonly service: ServiceOf<Pick<InstanceService, 'findById' | 'openPublicAccess' | 'closePublicAccess'>>;
  readonly watcher: Pick<Watcher, 'until'>;
  readonly explain: Explain;
  readonly sleep: Sleep;
  readonly now: Now;
  /** Milliseconds that an answer to "is it open", or "is it closed", is waited for. */
  readonly limit: () => number;
  readonly log: Log;
}

type Seen = (instance: Instance) => void;

export function createPublicAccess(deps: PublicAccessDeps): PublicAccess {
  const { journal, registry, service, watcher, explain, now, limit, log } = deps;
  const write = createWriteOnce({ journal, log });
  const closing = createClosing({ ...deps, write });

  const noting = (accountId: string, onSeen: Seen): Seen => {
    return (instance) => {
      registry.put(accountId, instance);
      onSeen(instance);
    };
  };

  async function planClosing(opening: InstanceOperation, dueAt: number): Promise<Begun<InstanceOperation>> {
    try {
      return await journal.begin({ ...placeOf(opening), kind: 'closePublic', state: 'scheduled', dueAt });
    } catch (thrown) {
      await journal.remove([opening]);
      throw thrown;
    }
  }

  /** @param found the instance at this moment; what is open already needs no request */
  async function carryOut(
    operation: InstanceOperation,
    planned: Begun<InstanceOperation> | undefined,
    found: Instance | undefined,
    signal: AbortSignal,
    onSeen: Seen,
  ): Promise<OpeningResult> {
    const { region, instanceId, ipv6 = false } = operation;
    if (found !== undefined && publicAccessState(found, ipv6) === 'open') return opened(operation, found);
    const sent = await write.send(operation, () =>
      service(operation).openPublicAccess(region, instanceId, ipv6, signal),
    );
    switch (sent.kind) {
      case 'absent':
      case 'refused':
        if (planned !== undefined) await discard([planned.operation]);
        return write.failed(sent.operation, explain(sent.error));
      case 'accepted':
        await discard(earlierClosings(sent.operation));
        return follow(sent.operation, signal, onSeen);
      case 'lost':
        return follow(sent.operation, signal, onSeen);
    }
  }

  async function follow(operation: InstanceOperation, signal: AbortSignal, onSeen: Seen): Promise<OpeningResult> {
    const { requestId, ipv6 = false } = operation;
    // Only an answer brings a request id.
    const lost = requestId === undefined;
    // Given up once already: by now it may have been open, and closed again.
    const doubtful = lost || operation.state === 'unsettled';
    const unchanged = countUnchanged(now);
    try {
      const ended = await watcher.until<Instance | 'absent' | 'unchanged' | 'over'>(operation, signal, (found) => {
        if (found === undefined) return 'absent';
        onSeen(found);
        const state = publicAccessState(found, ipv6);
        if (state === 'open') return found;
        if (state === 'closed' && wasClosedAgain(operation)) return 'over';
        const idle = state === 'closed' && statusGroup(found.status) === 'usable';
        return doubtful && idle && unchanged() ? 'unchanged' : undefined;
      });
      if (ended.kind === 'too-long') {
        return await write.unsettled(operation, lost ? notKnown() : tooLong(limit(), requestId));
      }
      if (ended.value === 'over') return { kind: 'over', operation: await write.note(operation, { state: 'done' }) };
      // A closing that is planned stays even now: the request may still turn up, and closing what is closed is no harm.
      if (ended.value === 'unchanged') return await write.failed(operation, lost ? notArrived() : notOpen(requestId));
      return ended.value === 'absent' ? await write.failed(operation, absent()) : await opened(operation, ended.value);
    } catch (thrown) {
      if (signal.aborted || isCancelled(toError(thrown))) throw thrown;
      return write.unsettled(operation, explain(toError(thrown)));
    }
  }

  async function opened(operation: InstanceOperation, instance: Instance): Promise<OpeningResult> {
    await discard(earlierClosings(operation));
    const closesAt = closings(operation)
      .map(({ dueAt }) => dueAt)
      .find((dueAt) => dueAt !== undefined);
    return {
      kind: 'open',
      operation: await write.note(operation, { state: 'done' }),
      instance,
      ...(closesAt === undefined ? {} : { closesAt }),
    };
  }

  /** The closings of the same instance, the newest first. */
  function allClosings({ accountId, instanceId, ipv6 = false }: InstanceOperation) {
    return journal
      .operations(accountId)
      .filter((one) => one.kind !== 'create')
      .filter((one) => one.kind === 'closePublic' && one.instanceId === instanceId)
      .filter((one) => (one.ipv6 ?? false) === ipv6);
  }

  /** Those that are planned. */
  function closings(operation: InstanceOperation) {
    return allClosings(operation).filter(({ state }) => state === 'scheduled');
  }

  /** After a crash its closing may be due first, and what it found before it was sent is on record. */
  function wasClosedAgain(opening: InstanceOperation): boolean {
    const isKnown = opening.requestId !== undefined;
    return allClosings(opening)
      .filter(({ startedAt }) => startedAt >= opening.startedAt)
      .some(({ before, state }) => before !== undefined || (isKnown && state === 'done'));
  }

  /** Those that were planned before this opening; its own was begun after it. */
  function earlierClosings(opening: InstanceOperation) {
    return closings(opening).filter(({ startedAt }) => startedAt < opening.startedAt);
  }

  /** A planned closing that cannot be removed closes earlier than asked, which is the safe side. */
  async function discard(planned: Parameters<Journal['remove']>[0]): Promise<void> {
    if (planned.length === 0) return;
    try {
      await journal.remove(planned);
    } catch (thrown) {
      log.warn(`Planned closing not removed: ${toError(thrown).message}`);
    }
  }

  return {
    async open(instance, howLong, ipv6, ends, onSeen) {
      const confirmedAt = now();
      const { accountId, region, id } = instance;
      const seen = noting(accountId, onSeen);
      const found = await service(instance).findById(region, id, ends);
      if (found !== undefined) seen(found);
      const { operation, claim } = await journal.begin({
        ...placeOf({ ...instance, instanceId: id, ipv6 }),
        kind: 'openPublic',
        state: 'sending',
      });
      try {
        const planned =
          howLong.kind === 'forGood' ? undefined : await planClosing(operation, confirmedAt + howLong.milliseconds);
        // From here on any window may close it when its time has come.
        await planned?.claim.release();
        return await carryOut(operation, planned, found, AbortSignal.any([ends, claim.signal]), seen);
      } finally {
        await claim.release();
      }
    },

    async close(instance, ipv6, ends, onSeen) {
      const { accountId, id } = instance;
      const { operation, claim } = await journal.begin({
        ...placeOf({ ...instance, instanceId: id, ipv6 }),
        kind: 'closePublic',
        state: 'scheduled',
        dueAt: now(),
      });
      try {
        return await closing(operation, AbortSignal.any([ends, claim.signal]), noting(accountId, onSeen));
      } finally {
        await claim.release();
      }
    },

    settle(operation, signal, onSeen) {
      const seen = noting(operation.accountId, onSeen);
      return operation.kind === 'closePublic' ? closing(operation, signal, seen) : follow(operation, signal, seen);
    },
  };
}

type Place = Pick<InstanceOperation, 'accountId' | 'offering' | 'name' | 'region' | 'zone' | 'instanceId' | 'ipv6'>;

function placeOf({ accountId, offering, name, region, zone, instanceId, ipv6 = false }: Place) {
  return { accountId, offering, name, region, zone, instanceId, ...(ipv6 ? { ipv6 } : {}) };
}

function absent(): Explanation {
  return { kind: 'state', meaning: l10n.t('The service no longer lists the instance.'), next: [] };
}

function notArrived(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t('The request did not arrive: the public address is still closed.'),
    next: ['retry'],
  };
}

function notOpen(requestId: string): Explanation {
  return {
    kind: 'service',
    meaning: l10n.t('The service took the request, and the public address is closed.'),
    next: ['retry', 'reportRequestId'],
    requestId,
  };
}

function notKnown(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t('The answer was lost and it is not clear whether the public address will open.'),
    next: ['checkNetwork', 'wait'],
  };
}

function tooLong(limit: number, requestId: string | undefined): Explanation {
  return {
    kind: 'service',
    meaning: l10n.t(
      'The service took the request, and the public address is not open after {0}. It may still open; refresh to see.',
      durationWords(limit),
    ),
    next: ['wait', 'reportRequestId'],
    ...(requestId === undefined ? {} : { requestId }),
  };
}
