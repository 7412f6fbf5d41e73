import type { Instance } from '../domain/instance.ts';
import { hasEnded, type OperationKind, type OperationView } from '../domain/operation.ts';
import { publicAccessState } from '../domain/publicAddress.ts';
import type { Doing } from './doingWords.ts';

/**
 * What is going on with an instance that exists. Times are milliseconds from now, rounded up to what is shown of them:
 * seconds for a deletion, minutes for public access.
 */
export interface Standing {
  readonly deletion: Deletion;
  readonly access: Access;
  /** What else is under way, in the order in which it was begun. */
  readonly doing: readonly Doing[];
}

export type Deletion =
  | { readonly kind: 'none' }
  /** It can still be undone. */
  | { readonly kind: 'scheduled'; readonly dueIn: number }
  | { readonly kind: 'deleting' }
  | { readonly kind: 'unsettled' };

/** Whether it can be reached from the internet. */
export type Access =
  | { readonly kind: 'open' | 'closed' | 'changing' | 'opening' | 'closing' }
  /** It closes by itself. */
  | { readonly kind: 'timed'; readonly dueIn: number }
  /** It should have been closed, and that failed. */
  | { readonly kind: 'stillOpen' };

const second = 1_000;
const minute = 60 * second;

const noDeletion: Deletion = { kind: 'none' };
const nothing: readonly Doing[] = [];

/** Shared, so that rows about which nothing is going on are compared at a glance. */
const quiet = {
  open: { deletion: noDeletion, access: { kind: 'open' }, doing: nothing },
  closed: { deletion: noDeletion, access: { kind: 'closed' }, doing: nothing },
  changing: { deletion: noDeletion, access: { kind: 'changing' }, doing: nothing },
} satisfies Record<string, Standing>;

/**
 * @param operations those of this instance
 * @param now milliseconds since the epoch
 */
export function standingOf(instance: Instance, operations: readonly OperationView[], now: number): Standing {
  const state = publicAccessState(instance);
  if (operations.length === 0) return quiet[state];
  return {
    deletion: deletionOf(latest(operations, ['delete']), now),
    access: accessOf(state, operations, now),
    doing: doingOf(operations),
  };
}

function doingOf(operations: readonly OperationView[]): Doing[] {
  return operations
    .filter(isUnderWay)
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .flatMap(({ kind, subject, percent }) => {
      switch (kind) {
        case 'create':
        case 'delete':
        case 'openPublic':
        case 'closePublic':
          return [];
        default:
          return [{ kind, subject, percent }];
      }
    });
}

function isUnderWay(operation: OperationView): boolean {
  const { state } = operation;
  return state !== 'scheduled' && state !== 'unsettled' && !hasEnded(operation);
}

function deletionOf(operation: OperationView | undefined, now: number): Deletion {
  switch (operation?.state) {
    case undefined:
    case 'failed':
    case 'done':
      return noDeletion;
    case 'scheduled':
      return { kind: 'scheduled', dueIn: dueIn(operation, now, second) };
    case 'unsettled':
      return { kind: 'unsettled' };
    case 'sending':
    case 'settling':
    case 'working':
      return { kind: 'deleting' };
  }
}

function accessOf(state: 'open' | 'closed' | 'changing', operations: readonly OperationView[], now: number): Access {
  const kinds: OperationKind[] = ['openPublic', 'closePublic'];
  const underWay = latest(operations.filter(isUnderWay), kinds);
  if (underWay !== undefined) return { kind: underWay.kind === 'openPublic' ? 'opening' : 'closing' };
  if (state !== 'open') return { kind: state };
  const timed = scheduled(operations, 'closePublic');
  if (timed !== undefined) return { kind: 'timed', dueIn: dueIn(timed, now, minute) };
  const last = latest(operations, kinds);
  const isLeft = last?.state === 'failed' || last?.state === 'unsettled';
  return { kind: last?.kind === 'closePublic' && isLeft ? 'stillOpen' : 'open' };
}

/** The one that waits for its time. */
export function scheduled(operations: readonly OperationView[], kind: OperationKind): OperationView | undefined {
  return operations.find((one) => one.kind === kind && one.state === 'scheduled');
}

function latest(operations: readonly OperationView[], kinds: readonly OperationKind[]): OperationView | undefined {
  return operations
    .filter(({ kind }) => kinds.includes(kind))
    .reduce<OperationView | undefined>(
      (best, one) => (best === undefined || one.startedAt > best.startedAt ? one : best),
      undefined,
    );
}

function dueIn({ dueAt = 0 }: OperationView, now: number, unit: number): number {
  return Math.ceil(Math.max(0, dueAt - now) / unit) * unit;
}
