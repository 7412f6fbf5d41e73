import * as l10n from '@vscode/l10n';
import type { Session } from '../credentials/session.ts';
import type { Profile } from '../domain/profile.ts';
import type { Choose, ListRow, Messages } from '../domain/windowPorts.ts';

type Choice =
  | { readonly kind: 'use'; readonly profile: Profile }
  | { readonly kind: 'showAll'; readonly all: boolean }
  | { readonly kind: 'add' };

/** Chooses the profile in use, or whether the tree shows all of them. Without any profile it signs in. */
export function switchProfile(deps: {
  readonly session: Pick<Session, 'state' | 'use' | 'showAll'>;
  /** Where the keys of a profile come from, in words. */
  readonly source: (profile: Profile) => string;
  readonly choose: Choose;
  readonly add: () => Promise<void>;
  readonly messages: Messages;
}): () => Promise<void> {
  const { session, source, choose, add, messages } = deps;
  return async () => {
    const state = session.state();
    if (state.kind === 'simulator') {
      await messages.info(l10n.t('The local simulator is in use. Stop it to work with your profiles.'));
      return;
    }
    if (state.kind !== 'cloud') {
      await add();
      return;
    }
    const { profiles, current, showAll } = state;
    const rows: ListRow<Choice>[] = [
      ...profiles.map((profile): ListRow<Choice> => ({
        label: profile.name,
        description: profile.id === current.id ? l10n.t('{0} · in use', profile.accountId) : profile.accountId,
        detail: source(profile),
        icon: profile.id === current.id ? 'check' : 'account',
        value: { kind: 'use', profile },
      })),
      ...(profiles.length < 2 ? [] : [showAllRow(showAll)]),
      { label: l10n.t('Add profile…'), icon: 'add', value: { kind: 'add' } },
    ];
    const chosen = await choose(l10n.t('Switch profile'), l10n.t('What is created goes to the profile in use'), rows);
    switch (chosen?.kind) {
      case undefined:
        return;
      case 'add':
        return add();
      case 'showAll':
        return session.showAll(chosen.all);
      case 'use':
        await session.use(chosen.profile.id);
        messages.status(l10n.t('Profile "{0}" is in use.', chosen.profile.name));
    }
  };
}

function showAllRow(showAll: boolean): ListRow<Choice> {
  return showAll
    ? {
        label: l10n.t('Show the profile in use only'),
        icon: 'eye-closed',
        value: { kind: 'showAll', all: false },
      }
    : {
        label: l10n.t('Show all profiles in the tree'),
        icon: 'eye',
        value: { kind: 'showAll', all: true },
      };
}
