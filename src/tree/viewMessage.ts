import * as l10n from '@vscode/l10n';
import { rootNodes, type TreeState } from './nodes.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A list this young needs no word about its age. */
const fresh = 5 * minute;

/**
 * The line above the rows: that the simulator is in use, and how old the list is once that is worth saying.
 * Nothing over an empty tree, where it would displace the welcome content.
 *
 * @param now milliseconds since the epoch
 */
export function viewMessage(state: TreeState, now: number): string | undefined {
  if (rootNodes(state).length === 0) return undefined;
  const parts = [
    state.simulator ? l10n.t('Simulator: local test instances, nothing is billed.') : undefined,
    ageWords(oldestRefresh(state), now),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** The view's title: it says when what is shown is not a real account. Short, as the header cuts what is long. */
export function viewTitle(state: TreeState): string {
  return state.simulator ? l10n.t('Simulator') : l10n.t('Instances');
}

/** The list is as old as its oldest part; regions that were never read have no age. */
function oldestRefresh(state: TreeState): number | undefined {
  const times = state.regions.map((region) => region.refreshedAt).filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

function ageWords(refreshedAt: number | undefined, now: number): string | undefined {
  if (refreshedAt === undefined) return undefined;
  const age = now - refreshedAt;
  if (age < fresh) return undefined;
  if (age < hour) return l10n.t('Last refreshed {0} minutes ago.', Math.floor(age / minute));
  if (age < 2 * hour) return l10n.t('Last refreshed an hour ago.');
  if (age < day) return l10n.t('Last refreshed {0} hours ago.', Math.floor(age / hour));
  if (age < 2 * day) return l10n.t('Last refreshed a day ago.');
  return l10n.t('Last refreshed {0} days ago.', Math.floor(age / day));
}
