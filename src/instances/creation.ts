import * as l10n from '@vscode/l10n';
import type { CreatePlan } from '../domain/createPlan.ts';
import { CancelledError, isCancelled, toError } from '../domain/errors.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import { findOffering } from '../domain/offerings/offerings.ts';
import type { Created, CreateOrder, InstanceService, Log, Now, ServiceOf, Sleep } from '../domain/ports.ts';
import type { PendingPasswords } from '../domain/pendingPasswords.ts';
import type { Secret } from '../domain/secret.ts';
import type { Claim } from './claims.ts';
import { mayHaveArrived } from './failedWrite.ts';
import type { Journal, OperationFacts } from './journal.ts';
import type { CreateOperation } from './operation.ts';
import type { Registry } from './registry.ts';
import type { Watcher } from './watcher.ts';

/** How a create stands when it is no longer being followed. */
export type Settlement =
  | { readonly kind: 'usable'; readonly operation: CreateOperation; readonly instance: Instance }
  /** Refused, or provably never arrived: nothing was made. */
  | {
      readonly kind: 'failed';
      readonly operation: CreateOperation;
      readonly explanation: Explanation;
      readonly error?: Error;
    }
  /** Nobody can tell yet; the journal keeps it, and the next start asks again. */
  | { readonly kind: 'unsettled'; readonly operation: CreateOperation; readonly explanation: Explanation }
  /** It exists and does not run yet, longer than the limit. */
  | { readonly kind: 'tooLong'; readonly operation: CreateOperation; readonly instance?: Instance };

/**
 * Carries a confirmed plan out, once, and stays with it until it settles. Both reject with `CancelledError` when the
 * signal aborts, or when another window has taken the operation over.
 */
export interface Creation {
  /** @param onSeen hears of every state the instance passes through */
  create(
    accountId: string,
    order: CreateOrder,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Settlement>;
  /** Takes up what an earlier session left open. */
  resume(operation: CreateOperation, signal: AbortSignal, onSeen: (instance: Instance) => void): Promise<Settlement>;
}

export interface CreationDeps {
  readonly journal: Journal;
  readonly registry: Pick<Registry, 'put'>;
  readonly service: ServiceOf<Pick<InstanceService, 'create' | 'findCreated'>>;
  /** Keeps the password of a create until it is known which instance it belongs to. */
  readonly passwords: PendingPasswords;
  readonly watcher: Pick<Watcher, 'follow'>;
  readonly explain: Explain;
  readonly sleep: Sleep;
  readonly now: Now;
  /** Milliseconds after which a lost answer is given up for now. */
  readonly limit: () => number;
  readonly log: Log;
}

/**
 * A list may lag behind a create; only so many clear "no such instance" in a row count as "it never arrived". Where
 * a second create would make a second instance, more are asked for: two minutes instead of fifteen seconds.
 */
function enoughDenials({ offering }: Pick<CreatePlan, 'offering'>): number {
  return findOffering(offering)?.can('uniqueName') === true ? 4 : 8;
}

export function createCreation(deps: CreationDeps): Creation {
  const { journal, registry, service, passwords, watcher, explain, sleep, now, limit, log } = deps;

  /** Whoever was stopped may have lost the claim: the record is another window's then. */
  async function note(
    operation: CreateOperation,
    facts: OperationFacts,
    signal: AbortSignal,
  ): Promise<CreateOperation> {
    if (signal.aborted) throw new CancelledError();
    return journal.change(operation, facts);
  }

  /** For what has happened whether or not it can be written down: an older record is settled anew at the next start. */
  async function noteIfPossible(operation: CreateOperation, facts: OperationFacts): Promise<CreateOperation> {
    try {
      return await journal.change(operation, facts);
    } catch (thrown) {
      log.warn(`Record of a create not updated: ${operation.name}: ${toError(thrown).message}`);
      return { ...operation, ...facts };
    }
  }

  /** Kept before it is sent, or nobody would know it when the editor ends in between. Without it nothing is sent. */
  async function keepPassword(operation: CreateOperation, user: string, password: Secret, claim: Claim): Promise<void> {
    try {
      await passwords.keepPending(operation.id, user, password);
    } catch (thrown) {
      await journal.remove([operation]);
      await claim.release();
      throw thrown;
    }
  }

  async function send(
    operation: CreateOperation,
    password: Secret | undefined,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<CreateOperation | Settlement> {
    const { plan } = operation;
    let created: Created;
    try {
      created = await service(operation).create({ plan, ...(password === undefined ? {} : { password }) }, signal);
    } catch (thrown) {
      return refusedOrLost(operation, toError(thrown), signal);
    }
    const { instanceId, orders = [], requestId } = created;
    log.info(`Create accepted: ${plan.name}: ${instanceId ?? orders.join(', ')}, request ${requestId}`);
    if (instanceId === undefined) {
      const ordered = await noteIfPossible(operation, { state: 'settling', orders, requestId });
      return settle(ordered, signal);
    }
    const accepted = expected(operation, instanceId, requestId);
    registry.put(operation.accountId, accepted);
    onSeen(accepted);
    return known(operation, instanceId, { requestId });
  }

  /** The instance has an id: from here on it is followed, and its password is kept for it. */
  async function known(
    operation: CreateOperation,
    instanceId: string,
    facts: OperationFacts = {},
  ): Promise<CreateOperation> {
    await passwords.settlePending(operation.id, instanceId);
    return noteIfPossible(operation, { state: 'working', instanceId, ...facts });
  }

  async function nothingMade(
    operation: CreateOperation,
    explanation: Explanation,
    signal: AbortSignal,
    error?: Error,
  ): Promise<Settlement> {
    const { requestId } = explanation;
    const facts = { state: 'failed', explanation, ...(requestId === undefined ? {} : { requestId }) } as const;
    if (signal.aborted) throw new CancelledError();
    // Before the record ends: nobody comes back to what a crash would leave then.
    await passwords.dropPending(operation.id);
    const failed = await note(operation, facts, signal);
    return { kind: 'failed', operation: failed, explanation, ...(error === undefined ? {} : { error }) };
  }

  async function refusedOrLost(
    operation: CreateOperation,
    error: Error,
    signal: AbortSignal,
  ): Promise<CreateOperation | Settlement> {
    if (mayHaveArrived(error)) {
      log.warn(`Answer to a create lost, asking what was made: ${operation.plan.name}: ${error.message}`);
      return settle(await note(operation, { state: 'settling' }, signal), signal);
    }
    return nothingMade(operation, explain(error), signal, error);
  }

  /**
   * A lost answer is not a failure: the service is asked what was made, by the orders where there are some, else by
   * the name and, where that is not unique, by the rest of the plan.
   */
  async function settle(operation: CreateOperation, signal: AbortSignal): Promise<CreateOperation | Settlement> {
    const { plan, startedAt: sentAt, orders, requestId } = operation;
    const trace = { plan, sentAt, ...(orders === undefined ? {} : { orders }) };
    const deadline = now() + limit();
    const enough = enoughDenials(plan);
    let denials = 0;
    let several = false;
    for (let pause = 1_000; now() < deadline; pause = Math.min(pause * 2, 30_000)) {
      await sleep(pause, signal);
      let found: readonly Instance[];
      try {
        found = await service(operation).findCreated(trace, signal);
      } catch (thrown) {
        if (signal.aborted) throw thrown;
        log.warn(`Cannot ask what was made yet: ${plan.name}: ${toError(thrown).message}`);
        continue;
      }
      const [only] = found;
      if (only !== undefined && found.length === 1) {
        if (signal.aborted) throw new CancelledError();
        registry.put(operation.accountId, withOrigin(only, requestId));
        return known(operation, only.id);
      }
      several = found.length > 1;
      // What was ordered is there sooner or later; only a request that was never answered may never have arrived.
      if (found.length > 0 || orders !== undefined) continue;
      denials += 1;
      if (denials === enough) return nothingMade(operation, neverArrived(), signal);
    }
    const explanation = several ? cannotTell(plan.name) : orders === undefined ? cannotAsk() : stillOrdered(requestId);
    return {
      kind: 'unsettled',
      operation: await note(operation, { state: 'unsettled', explanation }, signal),
      explanation,
    };
  }

  async function follow(
    operation: CreateOperation,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Settlement> {
    const { accountId, offering, plan, instanceId } = operation;
    if (instanceId === undefined) throw new Error('A create without an instance id cannot be followed');
    const result = await watcher.follow(
      { accountId, offering, region: plan.region, instanceId },
      signal,
      (instance) => {
        registry.put(accountId, instance);
        onSeen(instance);
      },
    );
    const { instance, outcome } = result;
    if (outcome === 'usable' && instance !== undefined) {
      if (signal.aborted) throw new CancelledError();
      return { kind: 'usable', operation: await noteIfPossible(operation, { state: 'done' }), instance };
    }
    if (outcome === 'gone') {
      const explanation: Explanation = {
        kind: 'service',
        meaning: l10n.t('The service gave the instance up while it was being made.'),
        next: ['retry', 'reportRequestId'],
        ...(operation.requestId === undefined ? {} : { requestId: operation.requestId }),
      };
      return {
        kind: 'failed',
        operation: await note(operation, { state: 'failed', explanation }, signal),
        explanation,
      };
    }
    return { kind: 'tooLong', operation, ...(instance === undefined ? {} : { instance }) };
  }

  async function onwards(
    step: CreateOperation | Settlement,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Settlement> {
    return step.kind === 'create' ? follow(step, signal, onSeen) : step;
  }

  return {
    async create(accountId, { plan, password }, signal, onSeen) {
      const { offering, name, region, zone } = plan;
      const place = { accountId, offering, name, region, zone };
      const { operation, claim } = await journal.begin({ kind: 'create', ...place, plan, state: 'sending' });
      const either = AbortSignal.any([signal, claim.signal]);
      try {
        if (password !== undefined && plan.rental !== undefined) {
          await keepPassword(operation, plan.rental.adminName, password, claim);
        }
        const settlement = await onwards(await send(operation, password, either, onSeen), either, onSeen);
        // What takes too long stays claimed, or the next window would begin to wait, and say so, at once.
        if (settlement.kind !== 'tooLong') await claim.release();
        return settlement;
      } catch (error) {
        if (isCancelled(error)) await claim.release();
        throw error;
      }
    },
    async resume(operation, signal, onSeen) {
      if (operation.instanceId !== undefined) return onwards(operation, signal, onSeen);
      // What was being sent when the editor ended may or may not have left: it is asked for, as after a lost answer.
      const settling = await note(operation, { state: 'settling' }, signal);
      return onwards(await settle(settling, signal), signal, onSeen);
    },
  };
}

/** What is known of an instance whose making was just accepted. */
function expected({ accountId, plan }: CreateOperation, id: string, createRequestId: string): Instance {
  const { rental } = plan;
  return {
    id,
    accountId,
    offering: plan.offering,
    name: plan.name,
    status: 'applying',
    region: plan.region,
    zone: plan.zone,
    version: plan.version,
    charset: plan.charset,
    ...(plan.projectId === undefined ? {} : { projectId: plan.projectId }),
    ...(plan.network ?? {}),
    addresses: [],
    createRequestId,
    tags: plan.tags,
    ...(rental === undefined
      ? {}
      : {
          specCode: rental.specCode,
          storageGb: rental.storageGb,
          storageType: rental.storageType,
          deletionProtection: rental.deletionProtection,
          ...(rental.cpu === undefined ? {} : { cpu: rental.cpu }),
          ...(rental.memoryGb === undefined ? {} : { memoryGb: rental.memoryGb }),
          ...(rental.standbyZone === undefined ? {} : { standbyZone: rental.standbyZone }),
        }),
  };
}

function withOrigin(found: Instance, createRequestId: string | undefined): Instance {
  return createRequestId === undefined ? found : { ...found, createRequestId };
}

function neverArrived(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t('The request did not arrive: the service knows no such instance. Nothing was created.'),
    next: ['retry'],
  };
}

function cannotAsk(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t(
      'The answer was lost and the service cannot be asked whether the instance exists. It will be asked again on the next start.',
    ),
    next: ['checkNetwork', 'wait'],
  };
}

function cannotTell(name: string): Explanation {
  return {
    kind: 'service',
    meaning: l10n.t(
      'The answer was lost, and several instances called "{0}" were made at that time. Look in the tree which of them is yours; nothing is sent again.',
      name,
    ),
    next: ['wait'],
  };
}

function stillOrdered(requestId: string | undefined): Explanation {
  return {
    kind: 'service',
    meaning: l10n.t(
      'The service took the order and has not named the instance yet. It will be asked again on the next start.',
    ),
    next: ['wait', 'reportRequestId'],
    ...(requestId === undefined ? {} : { requestId }),
  };
}
