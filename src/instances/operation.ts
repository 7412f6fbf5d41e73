import type { CreatePlan } from '../domain/createPlan.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { OperationState, OperationView } from '../domain/operation.ts';

/** A create from its confirmation until it settles, as the journal keeps it. Holds no secret. */
export interface Operation {
  readonly id: string;
  readonly accountId: string;
  readonly plan: CreatePlan;
  readonly state: OperationState;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly instanceId?: string;
  readonly requestId?: string;
  readonly explanation?: Explanation;
}

export function viewOf(operation: Operation): OperationView {
  const { id, plan, state, startedAt, instanceId, requestId, explanation } = operation;
  return {
    id,
    name: plan.name,
    region: plan.region,
    zone: plan.zone,
    state,
    startedAt,
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(explanation === undefined ? {} : { explanation }),
  };
}
