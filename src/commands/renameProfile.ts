import * as l10n from '@vscode/l10n';
import type { Session } from '../credentials/session.ts';
import { profileNameRule } from '../domain/profileName.ts';
import type { AskText } from '../domain/windowPorts.ts';

/** Gives the profile in use another name. */
export function renameProfile(deps: {
  readonly session: Pick<Session, 'state' | 'change'>;
  readonly askText: AskText;
}): () => Promise<void> {
  return async () => {
    const state = deps.session.state();
    if (state.kind !== 'cloud') return;
    const { profiles, current } = state;
    const taken = profiles.filter(({ id }) => id !== current.id).map(({ name }) => name);
    const name = await deps.askText({
      title: l10n.t('Rename profile'),
      prompt: l10n.t('Name of the profile for account {0}', current.accountId),
      value: current.name,
      rule: profileNameRule(taken),
    });
    if (name !== undefined) await deps.session.change(current.id, { name: name.trim() });
  };
}
