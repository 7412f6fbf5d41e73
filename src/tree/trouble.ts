import type { Explanation } from '../domain/explanation.ts';
import type { AccountState, TreeState } from './treeState.ts';

/** What stands above the list: accounts and regions that cannot be read. */
export type TroubleNode =
  /** An account without keys. */
  | {
      readonly kind: 'accountProblem';
      readonly id: string;
      readonly label: string;
      readonly explanation: Explanation;
    }
  /** A refresh that failed, in every region of the account where it failed for the same reason. */
  | {
      readonly kind: 'failure';
      readonly id: string;
      readonly regions: readonly string[];
      /** Whose regions they are; absent while only one account is shown. */
      readonly account?: string;
      readonly explanation: Explanation;
    };

/** With a region: it is being tried again. Without: nothing is known yet. */
export interface LoadingNode {
  readonly kind: 'loading';
  readonly id: string;
  readonly region?: string;
}

/**
 * For each account a row for its keys, or one for each reason why regions failed and one for each failed region that
 * is being tried again.
 */
export function troubleNodes({ accounts }: TreeState): (TroubleNode | LoadingNode)[] {
  return accounts.flatMap((account) => {
    const { accountId, label, problem } = account;
    // Without keys every region fails, and for that one reason.
    if (problem !== undefined) {
      return [{ kind: 'accountProblem', id: `accountProblem/${accountId}`, label, explanation: problem }];
    }
    return [...failureNodes(account, accounts.length > 1), ...retriedNodes(account)];
  });
}

function failureNodes({ accountId, label, regions, refreshing }: AccountState, several: boolean): TroubleNode[] {
  const reasons = new Map<string, { names: string[]; explanation: Explanation }>();
  for (const { region, failure } of regions) {
    if (failure === undefined || refreshing.has(region)) continue;
    const reason = `${failure.kind}: ${failure.meaning}`;
    const known = reasons.get(reason);
    if (known === undefined) reasons.set(reason, { names: [region], explanation: failure });
    else known.names.push(region);
  }
  return [...reasons.values()].map(({ names, explanation }) => ({
    kind: 'failure',
    id: `failure/${accountId}/${names.join('/')}`,
    regions: names,
    ...(several ? { account: label } : {}),
    explanation,
  }));
}

function retriedNodes({ accountId, regions, refreshing }: AccountState): LoadingNode[] {
  return regions
    .filter(({ region, failure }) => failure !== undefined && refreshing.has(region))
    .map(({ region }) => ({ kind: 'loading', id: `loading/${accountId}/${region}`, region }));
}

/** True while a region is read of which nothing was ever known. */
export function isFirstLoad({ accounts }: TreeState): boolean {
  return accounts.some(({ regions, refreshing }) => {
    const known = new Set(regions.filter((one) => one.refreshedAt !== undefined).map((one) => one.region));
    return [...refreshing].some((region) => !known.has(region));
  });
}
