import * as l10n from '@vscode/l10n';
import { hasEnded, type OperationView } from '../domain/operation.ts';
import type { PendingPasswords } from '../domain/pendingPasswords.ts';
import type { Messages } from '../domain/windowPorts.ts';
import type { Journal } from '../instances/journal.ts';

/** Takes everything out of the journal that is over, of the accounts that are shown. */
export function clearFinished(deps: {
  readonly operations: () => readonly OperationView[];
  readonly journal: Pick<Journal, 'remove'>;
  readonly messages: Messages;
}): () => Promise<void> {
  return async () => {
    const gone = await deps.journal.remove(deps.operations().filter(hasEnded));
    deps.messages.status(
      gone.length === 0 ? l10n.t('Nothing to clear.') : l10n.t('Cleared from Activity: {0}', gone.length),
    );
  };
}

/** Takes out what nobody wants to hear of any more, and the passwords that were kept for what may come of it. */
export function dismissOperations(deps: {
  readonly journal: Pick<Journal, 'remove'>;
  readonly passwords: Pick<PendingPasswords, 'dropPending'>;
}): (operations: readonly OperationView[]) => Promise<void> {
  return async (operations) => {
    const gone = await deps.journal.remove(operations);
    for (const id of gone) await deps.passwords.dropPending(id);
  };
}
