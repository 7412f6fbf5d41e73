import type { Explanation } from './explanation.ts';

/**
 * Where a create stands:
 * `sending` the request is on its way; `settling` its answer was lost and the service is being asked for the name;
 * `making` the service accepted it; `failed` it did not; `unsettled` nobody can tell.
 */
export type OperationState = 'sending' | 'settling' | 'making' | 'failed' | 'unsettled';

/** A create as it is shown. */
export interface OperationView {
  /** Ours, not the service's. */
  readonly id: string;
  /** Name of the instance that was asked for. */
  readonly name: string;
  readonly region: string;
  readonly zone: string;
  readonly state: OperationState;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Present once the service has named the instance. */
  readonly instanceId?: string;
  readonly requestId?: string;
  /** Why it failed or cannot be settled. */
  readonly explanation?: Explanation;
}
