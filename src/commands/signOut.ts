import * as l10n from '@vscode/l10n';
import type { Session } from '../credentials/session.ts';
import type { Profile } from '../domain/profile.ts';
import type { Choose, Messages } from '../domain/windowPorts.ts';

/**
 * Forgets keys, in every window: those of one profile where there are several, else everything. The latter also ends a
 * simulator that this window runs.
 */
export function signOut(deps: {
  readonly session: Pick<Session, 'state' | 'remove' | 'signOut'>;
  readonly stopSimulator: () => Promise<void>;
  readonly choose: Choose;
  readonly messages: Messages;
}): () => Promise<void> {
  const { session, stopSimulator, choose, messages } = deps;

  /** `undefined`: the person thought better of it. */
  async function which(): Promise<Profile | 'all' | undefined> {
    const state = session.state();
    if (state.kind !== 'cloud' || state.profiles.length < 2) return 'all';
    return choose<Profile | 'all'>(l10n.t('Sign out'), l10n.t('Choose whose keys are forgotten'), [
      ...state.profiles.map((profile) => ({
        label: profile.name,
        description: profile.accountId,
        icon: 'account',
        value: profile,
      })),
      { label: l10n.t('All profiles'), icon: 'sign-out', value: 'all' },
    ]);
  }

  return async () => {
    const profile = await which();
    if (profile === undefined) return;
    if (profile === 'all') {
      await session.signOut();
      await stopSimulator();
      messages.status(l10n.t('Signed out. The keys are forgotten.'));
      return;
    }
    await session.remove(profile.id);
    messages.status(l10n.t('Signed out of "{0}". Its keys are forgotten here.', profile.name));
  };
}
