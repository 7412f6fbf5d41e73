import * as l10n from '@vscode/l10n';
import type { CreatePlan } from '../domain/createPlan.ts';
import { CancelledError, isCancelled, toError } from '../domain/errors.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { Created, InstanceService, Log, Now, ServiceOf, Sleep } from '../domain/ports.ts';
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
    plan: CreatePlan,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Settlement>;
  /** Takes up what an earlier session left open. */
  resume(operation: CreateOperation, signal: AbortSignal, onSeen: (instance: Instance) => void): Promise<Settlement>;
}

export interface CreationDeps {
  readonly journal: Journal;
  readonly registry: Pick<Registry, 'put'>;
  readonly service: ServiceOf<Pick<InstanceService, 'create' | 'findByName'>>;
  readonly watcher: Pick<Watcher, 'follow'>;
  readonly explain: Explain;
  readonly sleep: Sleep;
  readonly now: Now;
  /** Milliseconds after which a lost answer is given up for now. */
  readonly limit: () => number;
  readonly log: Log;
}

/** A list may lag behind a create; only so many clear "no such name" in a row count as "it never arrived". */
const enoughDenials = 4;

export function createCreation(deps: CreationDeps): Creation {
  const { journal, registry, service, watcher, explain, sleep, now, limit, log } = deps;

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

  async function send(
    operation: CreateOperation,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<CreateOperation | Settlement> {
    let created: Created;
    try {
      created = await service(operation.accountId).create(operation.plan, signal);
    } catch (thrown) {
      return refusedOrLost(operation, toError(thrown), signal);
    }
    const { instanceId, requestId } = created;
    log.info(`Create accepted: ${operation.plan.name}: ${instanceId}, request ${requestId}`);
    const accepted = expected(operation, instanceId, requestId);
    registry.put(operation.accountId, accepted);
    onSeen(accepted);
    return noteIfPossible(operation, { state: 'working', instanceId, requestId });
  }

  async function refusedOrLost(
    operation: CreateOperation,
    error: Error,
    signal: AbortSignal,
  ): Promise<CreateOperation | Settlement> {
    if (mayHaveArrived(error)) {
      log.warn(`Answer to a create lost, asking for the name: ${operation.plan.name}: ${error.message}`);
      return settle(await note(operation, { state: 'settling' }, signal), signal);
    }
    const explanation = explain(error);
    const { requestId } = explanation;
    const facts = { state: 'failed', explanation, ...(requestId === undefined ? {} : { requestId }) } as const;
    const failed = await note(operation, facts, signal);
    return { kind: 'failed', operation: failed, explanation, error };
  }

  /** A lost answer is not a failure: names are unique in the account, so the name tells whether the request arrived. */
  async function settle(operation: CreateOperation, signal: AbortSignal): Promise<CreateOperation | Settlement> {
    const { plan } = operation;
    const deadline = now() + limit();
    let denials = 0;
    for (let pause = 1_000; now() < deadline; pause = Math.min(pause * 2, 30_000)) {
      await sleep(pause, signal);
      let found: Instance | undefined;
      try {
        found = await service(operation.accountId).findByName(plan.region, plan.name, signal);
      } catch (thrown) {
        if (signal.aborted) throw thrown;
        log.warn(`Cannot ask for a name yet: ${plan.name}: ${toError(thrown).message}`);
        continue;
      }
      if (found !== undefined) {
        registry.put(operation.accountId, found);
        return note(operation, { state: 'working', instanceId: found.id }, signal);
      }
      denials += 1;
      if (denials === enoughDenials) {
        const explanation: Explanation = {
          kind: 'network',
          meaning: l10n.t(
            'The request did not arrive: the service knows no instance of this name. Nothing was created.',
          ),
          next: ['retry'],
        };
        return {
          kind: 'failed',
          operation: await note(operation, { state: 'failed', explanation }, signal),
          explanation,
        };
      }
    }
    const explanation: Explanation = {
      kind: 'network',
      meaning: l10n.t(
        'The answer was lost and the service cannot be asked whether the instance exists. It will be asked again on the next start.',
      ),
      next: ['checkNetwork', 'wait'],
    };
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
    const { accountId, plan, instanceId } = operation;
    if (instanceId === undefined) throw new Error('A create without an instance id cannot be followed');
    const result = await watcher.follow({ accountId, region: plan.region, instanceId }, signal, (instance) => {
      registry.put(accountId, instance);
      onSeen(instance);
    });
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
    async create(accountId, plan, signal, onSeen) {
      const { name, region, zone } = plan;
      const begun = await journal.begin({ kind: 'create', accountId, name, region, zone, plan, state: 'sending' });
      const { operation, claim } = begun;
      const either = AbortSignal.any([signal, claim.signal]);
      try {
        const settlement = await onwards(await send(operation, either, onSeen), either, onSeen);
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
      // What was being sent when the editor ended may or may not have left: the name decides, as for a lost answer.
      const settling = await note(operation, { state: 'settling' }, signal);
      return onwards(await settle(settling, signal), signal, onSeen);
    },
  };
}

/** What is known of an instance whose making was just accepted. */
function expected({ accountId, plan }: CreateOperation, id: string, createRequestId: string): Instance {
  return {
    id,
    accountId,
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
  };
}
