import type { KnownContents } from '../domain/contents.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { OperationView } from '../domain/operation.ts';
import type { RegionState } from '../domain/regionState.ts';
import type { Arrangement } from './arrangement.ts';

/** All that the view "Instances" shows. */
export interface TreeState {
  readonly signedIn: boolean;
  /** True while the local simulator stands in for the service. */
  readonly simulator: boolean;
  /** Those that are shown: one, or all. */
  readonly accounts: readonly AccountState[];
  /** Of those accounts, of every kind; ended ones as well. */
  readonly operations: readonly OperationView[];
  readonly arrangement: Arrangement;
  /** Names of projects by their number, where they are known. */
  readonly projects?: ReadonlyMap<number, string>;
  /** What instances hold, by their id, as far as somebody asked; absent: nothing is known of any. */
  readonly contents?: ReadonlyMap<string, KnownContents>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface AccountState {
  readonly accountId: string;
  /** What it is called: the name of its profile, or of its profiles. */
  readonly label: string;
  /** Where its keys come from, in words; empty for keys that are kept in the editor. */
  readonly source: string;
  /** Why its keys cannot be had now, and how to renew them. */
  readonly problem?: Explanation;
  readonly regions: readonly RegionState[];
  /** Regions whose list is being read at this moment. */
  readonly refreshing: ReadonlySet<string>;
}

export function accountLabel(state: TreeState, accountId: string): string {
  return state.accounts.find((account) => account.accountId === accountId)?.label ?? accountId;
}
