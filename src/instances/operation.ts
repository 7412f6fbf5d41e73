import type { CreatePlan } from '../domain/createPlan.ts';
import type { ChangeKind, OperationView } from '../domain/operation.ts';

/** A create, from its confirmation on, as the journal keeps it. */
export interface CreateOperation extends OperationView {
  readonly kind: 'create';
  readonly plan: CreatePlan;
  /** Instances of that name that were there before it was sent; absent when they could not be asked for. */
  readonly earlier?: readonly string[];
  /** Instances of which a person said that they are not what it made. */
  readonly ruledOut?: readonly string[];
}

/** What is done to an instance that exists. */
export interface InstanceOperation extends OperationView {
  readonly kind: ChangeKind;
  readonly instanceId: string;
  /** What it is about as it was read before the request was sent, so that a lost answer can be settled. */
  readonly before?: string;
}

/** What was confirmed, as the journal keeps it. Holds no secret. */
export type Operation = CreateOperation | InstanceOperation;
