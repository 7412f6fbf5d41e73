import type { ManagedKind } from '../domain/changeOrder.ts';
import type { Database, ServerAccount } from '../domain/contents.ts';
import type { Management } from '../domain/ports.ts';
import type { InstanceOperation } from './operation.ts';

/**
 * What the lists of accounts and databases show of the one that a change is about: `there` or `absent`, of a password
 * the time at which it was set; `undefined` when they do not tell.
 */
export type Mark = string | undefined;

const there = 'there';
const absent = 'absent';

/** Name and place of what a change is about. */
export type About = Pick<InstanceOperation, 'region' | 'instanceId' | 'subject'>;

/** True for changes that can only be settled when it is known how it was before. */
export function needsBefore(kind: ManagedKind): boolean {
  return kind === 'createAccount' || kind === 'createDatabase' || kind === 'resetPassword';
}

/** Rejects as the calls of `lists` do. */
export async function readMark(
  lists: Pick<Management, 'accounts' | 'databases'>,
  kind: ManagedKind,
  { region, instanceId, subject }: About,
  signal: AbortSignal,
): Promise<Mark> {
  const isDatabase = kind === 'createDatabase' || kind === 'deleteDatabase';
  const rows: readonly (Database | ServerAccount)[] = isDatabase
    ? await lists.databases(region, instanceId, signal)
    : await lists.accounts(region, instanceId, signal);
  const row = rows.find(({ name }) => name === subject);
  if (kind !== 'resetPassword') return row === undefined ? absent : there;
  // While the service is at it, the time may be of the password before or of the one to come.
  return row !== undefined && 'ready' in row && row.ready ? row.passwordSetAt : undefined;
}

/** What a look says of a lost change: `undefined` to look on, `cannotTell` when no look will tell. */
export function signOfMark(kind: ManagedKind, before: Mark, now: Mark): 'done' | 'before' | 'cannotTell' | undefined {
  switch (kind) {
    case 'deleteAccount':
    case 'deleteDatabase':
      return now === absent ? 'done' : 'before';
    case 'createAccount':
    case 'createDatabase':
      // One that was there already is not the one that was to be made.
      return now === there && before !== there ? 'done' : 'before';
    case 'resetPassword':
      if (before === undefined) return 'cannotTell';
      if (now === undefined) return undefined;
      return now === before ? 'before' : 'done';
    default:
      return 'cannotTell';
  }
}

export function isDeletion(kind: ManagedKind): boolean {
  return kind === 'deleteAccount' || kind === 'deleteDatabase';
}
