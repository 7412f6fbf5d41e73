import * as l10n from '@vscode/l10n';
import type { CreatePlan } from '../domain/createPlan.ts';
import { isCancelled, NetworkError, toError, UnexpectedAnswerError } from '../domain/errors.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { Created, InstanceService, Log, Now, Sleep } from '../domain/ports.ts';
import type { Journal } from './journal.ts';
import type { Operation } from './operation.ts';
import type { Registry } from './registry.ts';
import type { Watcher } from './watcher.ts';

/** How a create stands when it is no longer being followed. */
export type Settlement =
  | { readonly kind: 'usable'; readonly operation: Operation; readonly instance: Instance }
  /** Refused, or provably never arrived: nothing was made. */
  | {
      readonly kind: 'failed';
      readonly operation: Operation;
      readonly explanation: Explanation;
      readonly error?: Error;
    }
  /** Nobody can tell yet; the journal keeps it, and the next start asks again. */
  | { readonly kind: 'unsettled'; readonly operation: Operation; readonly explanation: Explanation }
  /** It exists and does not run yet, longer than the limit. */
  | { readonly kind: 'tooLong'; readonly operation: Operation; readonly instance?: Instance };

/** Carries a confirmed plan out, once, and stays with it until it settles. */
export interface Creation {
  /** @param onSeen hears of every state the instance passes through */
  create(
    accountId: string,
    plan: CreatePlan,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Settlement>;
  /** Takes up what an earlier session left open. */
  resume(operation: Operation, signal: AbortSignal, onSeen: (instance: Instance) => void): Promise<Settlement>;
}

export interface CreationDeps {
  readonly journal: Journal;
  readonly registry: Pick<Registry, 'put'>;
  readonly service: Pick<InstanceService, 'create' | 'findByName'>;
  readonly watcher: Watcher;
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

  async function send(
    operation: Operation,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Operation | Settlement> {
    let created: Created;
    try {
      created = await service.create(operation.plan, signal);
    } catch (thrown) {
      return refusedOrLost(operation, toError(thrown), signal);
    }
    const { instanceId, requestId } = created;
    log.info(`Create accepted: ${operation.plan.name}: ${instanceId}, request ${requestId}`);
    const accepted = expected(operation.plan, instanceId, requestId);
    registry.put(operation.accountId, accepted);
    onSeen(accepted);
    const facts = { state: 'making', instanceId, requestId } as const;
    try {
      return await journal.change(operation, facts);
    } catch (thrown) {
      // The record still says "sending", which the next start settles by the name; the instance exists all the same.
      log.warn(`Record of a create not updated: ${operation.plan.name}: ${toError(thrown).message}`);
      return { ...operation, ...facts };
    }
  }

  async function refusedOrLost(
    operation: Operation,
    error: Error,
    signal: AbortSignal,
  ): Promise<Operation | Settlement> {
    if (mayHaveArrived(error)) {
      log.warn(`Answer to a create lost, asking for the name: ${operation.plan.name}: ${error.message}`);
      return settle(await journal.change(operation, { state: 'settling' }), signal);
    }
    const explanation = explain(error);
    const { requestId } = explanation;
    const failed = await journal.change(operation, {
      state: 'failed',
      explanation,
      ...(requestId === undefined ? {} : { requestId }),
    });
    return { kind: 'failed', operation: failed, explanation, error };
  }

  /** A lost answer is not a failure: names are unique in the account, so the name tells whether the request arrived. */
  async function settle(operation: Operation, signal: AbortSignal): Promise<Operation | Settlement> {
    const { plan } = operation;
    const deadline = now() + limit();
    let denials = 0;
    for (let pause = 1_000; now() < deadline; pause = Math.min(pause * 2, 30_000)) {
      await sleep(pause, signal);
      let found: Instance | undefined;
      try {
        found = await service.findByName(plan.region, plan.name, signal);
      } catch (thrown) {
        if (signal.aborted) throw thrown;
        log.warn(`Cannot ask for a name yet: ${plan.name}: ${toError(thrown).message}`);
        continue;
      }
      if (found !== undefined) {
        registry.put(operation.accountId, found);
        return journal.change(operation, { state: 'making', instanceId: found.id });
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
          operation: await journal.change(operation, { state: 'failed', explanation }),
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
      operation: await journal.change(operation, { state: 'unsettled', explanation }),
      explanation,
    };
  }

  async function follow(
    operation: Operation,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Settlement> {
    const { accountId, plan, instanceId } = operation;
    if (instanceId === undefined) throw new Error('A create without an instance id cannot be followed');
    const result = await watcher.follow({ region: plan.region, instanceId }, signal, (instance) => {
      registry.put(accountId, instance);
      onSeen(instance);
    });
    const { instance, outcome } = result;
    if (outcome === 'usable' && instance !== undefined) {
      await journal.close(operation);
      return { kind: 'usable', operation, instance };
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
        operation: await journal.change(operation, { state: 'failed', explanation }),
        explanation,
      };
    }
    return { kind: 'tooLong', operation, ...(instance === undefined ? {} : { instance }) };
  }

  async function onwards(
    step: Operation | Settlement,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Settlement> {
    return 'kind' in step ? step : follow(step, signal, onSeen);
  }

  return {
    async create(accountId, plan, signal, onSeen) {
      const operation = await journal.begin(accountId, plan);
      return onwards(await send(operation, signal, onSeen), signal, onSeen);
    },
    async resume(operation, signal, onSeen) {
      // What was being sent when the editor ended may or may not have left: the name decides, as for a lost answer.
      const known = operation.instanceId === undefined ? await settle(operation, signal) : operation;
      return onwards(known, signal, onSeen);
    },
  };
}

/** What is known of an instance whose making was just accepted. */
function expected(plan: CreatePlan, id: string, createRequestId: string): Instance {
  return {
    id,
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

function mayHaveArrived(error: Error): boolean {
  if (error instanceof NetworkError) return error.mayHaveArrived;
  return error instanceof UnexpectedAnswerError || isCancelled(error);
}
