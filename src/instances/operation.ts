import type { CreatePlan } from '../domain/createPlan.ts';
import type { ChangeKind, OperationView } from '../domain/operation.ts';

/** A create, from its confirmation on, as the journal keeps it. */
export interface CreateOperation extends OperationView {
  readonly kind: 'create';
  readonly plan: CreatePlan;
}

/** What is done to an instance that exists. */
export interface InstanceOperation extends OperationView {
  readonly kind: ChangeKind;
  readonly instanceId: string;
}

/** What was confirmed, as the journal keeps it. Holds no secret. */
export type Operation = CreateOperation | InstanceOperation;
