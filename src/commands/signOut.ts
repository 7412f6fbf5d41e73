import * as l10n from '@vscode/l10n';
import type { Session } from '../credentials/session.ts';
import type { Messages } from '../domain/windowPorts.ts';

/** Forgets the keys, in every window, and ends a simulator that this window runs. */
export function signOut(deps: {
  readonly session: Pick<Session, 'signOut'>;
  readonly stopSimulator: () => Promise<void>;
  readonly messages: Messages;
}): () => Promise<void> {
  return async () => {
    await deps.session.signOut();
    await deps.stopSimulator();
    deps.messages.status(l10n.t('Signed out. The keys are forgotten.'));
  };
}
