import * as l10n from '@vscode/l10n';
import type { KeysSeen } from '../credentials/connections.ts';
import { accountsOf, profileOf } from '../credentials/session.ts';
import type { SessionState } from '../credentials/session.ts';
import type { Explain } from '../domain/explanation.ts';
import { profileWords } from '../domain/keyWords.ts';
import type { Profile } from '../domain/profile.ts';
import type { RegionState } from '../domain/regionState.ts';
import type { AccountState } from '../tree/treeState.ts';

/** What is known of an account beside its profiles. */
export interface AccountFacts {
  readonly regions: readonly RegionState[];
  readonly refreshing: ReadonlySet<string>;
}

/**
 * The accounts that are shown, as the tree takes them.
 * @param deps.now milliseconds since the epoch
 */
export function accountStates(
  state: SessionState,
  deps: {
    readonly facts: (accountId: string) => AccountFacts;
    readonly seen: (profileId: string) => KeysSeen;
    readonly explain: Explain;
    readonly now: number;
  },
): AccountState[] {
  const { facts, seen, explain, now } = deps;
  return accountsOf(state).map((accountId) => {
    const profile = state.kind === 'simulator' ? undefined : profileOf(state, accountId);
    const { expiresAt, problem } = profile === undefined ? {} : seen(profile.id);
    return {
      accountId,
      label: profile === undefined ? l10n.t('{0} (local simulator)', accountId) : labelOf(state, profile),
      source: profile === undefined ? '' : profileWords(profile, expiresAt, now),
      ...(problem === undefined ? {} : { problem: explain(problem) }),
      ...shown(facts(accountId), profile),
    };
  });
}

/** Several profiles may lead to one account; the one whose keys sign comes first. */
function labelOf(state: SessionState, profile: Profile): string {
  if (state.kind !== 'cloud' || !state.showAll) return profile.name;
  const others = state.profiles.filter(({ id, accountId }) => id !== profile.id && accountId === profile.accountId);
  return [profile, ...others].map(({ name }) => name).join(', ');
}

/** Regions that the person does not want listed are not shown, unless something is known to be under way there. */
function shown({ regions, refreshing }: AccountFacts, profile: Profile | undefined): AccountFacts {
  const chosen = profile?.regions;
  if (chosen === undefined) return { regions, refreshing };
  return { regions: regions.filter(({ region }) => chosen.includes(region)), refreshing };
}
