import type { Explanation } from './explanation.ts';

/** What is done to an instance, apart from making it. */
export const changeKinds = [
  'delete',
  'openPublic',
  'closePublic',
  'rename',
  'restart',
  'resize',
  'isolate',
  'restore',
  'protect',
  'unprotect',
  'resetPassword',
  'createAccount',
  'deleteAccount',
  'createDatabase',
  'deleteDatabase',
] as const;

export type ChangeKind = (typeof changeKinds)[number];

export const operationKinds = ['create', ...changeKinds] as const;

/** What was asked of the service and takes time. */
export type OperationKind = (typeof operationKinds)[number];

export const operationStates = ['scheduled', 'sending', 'settling', 'working', 'done', 'failed', 'unsettled'] as const;

/**
 * Where an operation stands:
 * `scheduled` nothing is sent before `dueAt`; `sending` the request is on its way; `settling` its answer was lost and
 * the service is being asked what came of it; `working` the service accepted it; `done`; `failed` it will not happen;
 * `unsettled` nobody can tell yet.
 */
export type OperationState = (typeof operationStates)[number];

/** An operation as it is shown. Holds no secret. */
export interface OperationView {
  /** Ours, not the service's; unique, and fit for a file name. */
  readonly id: string;
  readonly kind: OperationKind;
  readonly accountId: string;
  /** Id of the kind of instance. */
  readonly offering: string;
  /** Name of the instance. */
  readonly name: string;
  readonly region: string;
  readonly zone: string;
  readonly state: OperationState;
  /** When it was confirmed, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** When it is to be sent, in milliseconds since the epoch; with `scheduled`. */
  readonly dueAt?: number;
  /** When it was done or failed, in milliseconds since the epoch. */
  readonly endedAt?: number;
  /** Absent for a create until the service has named the instance. */
  readonly instanceId?: string;
  readonly requestId?: string;
  /** What it is about beside the instance: the new name, an account, a database. */
  readonly subject?: string;
  /** Of a public address: the one of IPv6. */
  readonly ipv6?: boolean;
  /** By which the service lets its progress be followed. */
  readonly taskId?: number;
  /** How far the service is, 0 to 100. */
  readonly percent?: number;
  /** Milliseconds by which the service's clock was ahead of this machine's when it was sent, where that was asked. */
  readonly clockAhead?: number;
  /** Orders that were placed, while they are all that is known of a new instance. */
  readonly orders?: readonly string[];
  /** Instances of which one may be what a create has made, while a person is to say which; with `unsettled`. */
  readonly candidates?: readonly string[];
  /** Why it failed or cannot be settled. */
  readonly explanation?: Explanation;
}

/** True for an operation that nothing more will come of by itself. */
export function hasEnded({ state }: Pick<OperationView, 'state'>): boolean {
  return state === 'done' || state === 'failed';
}
