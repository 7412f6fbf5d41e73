import type { OperationKind } from '../../src/domain/operation.ts';
import { hasEnded } from '../../src/domain/operation.ts';
import type { Operation } from '../../src/instances/operation.ts';

/** What is left of one confirmed write when everything is over, and the faults are gone. */
export interface Evidence {
  readonly kind: OperationKind;
  /** On record at the end. */
  readonly operations: readonly Operation[];
  /** How often the service did the work, by its own books. */
  readonly worked: number;
  /** Ids of the instances that there are, by the books of the service. */
  readonly existing: readonly string[];
  /** Ids of the instances that are known. */
  readonly known: readonly string[];
  /** The write brings a password, and whether that one is kept. */
  readonly password?: 'kept' | 'notKept';
  /** The service said that there is no such instance, and so is believed. */
  readonly deniesInstance: boolean;
}

/**
 * Those of which nothing that can be read tells whether they took place, so that they may stay on record as
 * unsettled: a restart leaves no trace once it is over, and no password can be read back.
 */
export const untellable: ReadonlySet<OperationKind> = new Set<OperationKind>(['restart', 'resetPassword']);

/** Kinds that have reached their aim when the instance does not exist. */
const endedByAbsence: ReadonlySet<OperationKind> = new Set<OperationKind>(['delete', 'closePublic']);

/**
 * The first way in which the promise was broken: for one confirmed write at most one effect, no instance that exists
 * is unknown, what is on record agrees with what happened, and no password is lost. `undefined`: it was kept.
 */
export function brokenPromise(evidence: Evidence): string | undefined {
  const { kind, operations, worked, existing, known, password, deniesInstance } = evidence;
  if (worked > 1) return `done ${String(worked)} times for one confirmation`;
  if (kind === 'create' && existing.length > 1) return `${String(existing.length)} instances for one confirmation`;
  const believed = deniesInstance && endedByAbsence.has(kind);
  const unknown = existing.filter((id) => !known.includes(id));
  if (unknown.length > 0 && !believed) return `an instance exists and is not known (${String(unknown.length)})`;

  const [operation, ...others] = operations;
  if (others.length > 0) return `${String(operations.length)} operations on record for one confirmation`;
  if (operation === undefined) return worked === 0 ? undefined : 'done, and nothing is on record';
  const { state } = operation;
  if (state === 'unsettled') {
    if (!untellable.has(kind)) return 'left unsettled, though the service can be asked';
  } else if (!hasEnded(operation)) return `left open (${state})`;
  if (state === 'done' && worked === 0 && !believed) return 'on record as done, and it was not';
  if (state === 'failed' && worked > 0) return 'on record as failed, and it was done';
  if (worked > 0 && state === 'done' && password === 'notKept') return 'done, and the password that was sent is lost';
  return undefined;
}
