import * as l10n from '@vscode/l10n';
import type { OperationView } from '../domain/operation.ts';
import type { Messages } from '../domain/windowPorts.ts';
import type { Deletion } from '../instances/deletion.ts';

/** Calls deletions off that are not sent yet, and says which could not be. */
export function undoDelete(deps: {
  readonly deletion: Pick<Deletion, 'undo'>;
  readonly messages: Messages;
}): (operations: readonly OperationView[]) => Promise<void> {
  return async (operations) => {
    const { undone, late } = await deps.deletion.undo(operations);
    if (late.length > 0) {
      await deps.messages.warning(l10n.t('Too late to undo: {0}. The deletion was sent.', names(late)));
    } else if (undone.length > 0) deps.messages.status(l10n.t('Not deleted: {0}. Nothing was sent.', names(undone)));
  };
}

function names(operations: readonly OperationView[]): string {
  return operations.map(({ name }) => `"${name}"`).join(', ');
}
