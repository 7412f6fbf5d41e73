import * as l10n from '@vscode/l10n';
import type { OperationView } from '../domain/operation.ts';
import { plainText } from '../domain/plainText.ts';
import { countOf, filteredMembers } from './members.ts';
import { ageWords } from './timeWords.ts';
import type { TreeState } from './treeState.ts';
import { isFirstLoad, troubleNodes } from './trouble.ts';

/** What a view says beside its rows. */
export interface ViewHeader {
  readonly title: string;
  /** Beside the title. */
  readonly description?: string;
  /** Above the rows. */
  readonly message?: string;
  readonly badge?: Badge;
}

/** A number on the icon of the view, and what it counts. */
export interface Badge {
  readonly value: number;
  readonly tooltip: string;
}

export function instanceHeader(state: TreeState): ViewHeader {
  const description = viewDescription(state);
  const message = viewMessage(state);
  const counted = badge(state);
  return {
    title: viewTitle(state),
    ...(description === undefined ? {} : { description }),
    ...(message === undefined ? {} : { message }),
    ...(counted === undefined ? {} : { badge: counted }),
  };
}

/** The view's title: it says when what is shown is not a real account. Short, as the header cuts what is long. */
export function viewTitle(state: TreeState): string {
  return state.simulator ? l10n.t('Simulator') : l10n.t('Instances');
}

/** Whose instances these are and where the keys come from. */
export function viewDescription({ signedIn, simulator, accounts }: TreeState): string | undefined {
  const [account, ...others] = accounts;
  if (!signedIn || simulator || account === undefined) return undefined;
  if (others.length > 0) return l10n.t('{0} accounts', accounts.length);
  return [account.label, account.source]
    .map(plainText)
    .filter((part) => part !== '')
    .join(' · ');
}

/**
 * The line above the rows: that the simulator is in use, what the filter shows, and how old the list is once that is
 * worth saying. Nothing over an empty tree, where it would displace the welcome content; a filter is always said.
 */
export function viewMessage(state: TreeState): string | undefined {
  if (!state.signedIn) return undefined;
  const { members, total } = filteredMembers(state);
  if (total === 0 && troubleNodes(state).length === 0 && !isFirstLoad(state)) return undefined;
  const filter = plainText(state.arrangement.filter);
  const refreshedAt = oldestRefresh(state);
  const parts = [
    state.simulator ? l10n.t('Simulator: local test instances, nothing is billed.') : undefined,
    filter === '' ? undefined : l10n.t('Filter: {0} - {1} of {2} shown.', filter, countOf(members), total),
    refreshedAt === undefined ? undefined : ageWords(state.now - refreshedAt),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** The list is as old as its oldest part; regions that were never read have no age. */
function oldestRefresh({ accounts }: TreeState): number | undefined {
  const times = accounts
    .flatMap(({ regions }) => regions.map(({ refreshedAt }) => refreshedAt))
    .filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** What settles or has failed, of every kind; what only waits for its time is not counted. */
export function badge({ signedIn, operations }: Pick<TreeState, 'signedIn' | 'operations'>): Badge | undefined {
  if (!signedIn) return undefined;
  const underWay = operations.filter(isUnderWay).length;
  const failed = operations.filter(({ state }) => state === 'failed' || state === 'unsettled').length;
  if (underWay + failed === 0) return undefined;
  const tooltip = [
    underWay === 0 ? '' : l10n.t('{0} under way', underWay),
    failed === 0 ? '' : l10n.t('{0} failed or not settled', failed),
  ]
    .filter((part) => part !== '')
    .join(', ');
  return { value: underWay + failed, tooltip };
}

function isUnderWay({ kind, state }: OperationView): boolean {
  if (state === 'scheduled') return kind === 'delete';
  return state === 'sending' || state === 'settling' || state === 'working';
}
