import * as l10n from '@vscode/l10n';
import type { OperationView } from '../domain/operation.ts';
import type { Messages } from '../domain/windowPorts.ts';
import type { Journal } from '../instances/journal.ts';

/** Calls timed closings of public access off; what is closing already is said. */
export function keepOpen(deps: {
  readonly journal: Pick<Journal, 'remove'>;
  readonly messages: Messages;
}): (closings: readonly OperationView[]) => Promise<void> {
  return async (closings) => {
    if (closings.length === 0) return;
    const gone = new Set(await deps.journal.remove(closings));
    const late = closings.filter(({ id }) => !gone.has(id));
    if (late.length > 0) {
      await deps.messages.warning(l10n.t('Too late: the public access of {0} is closing already.', names(late)));
    } else {
      await deps.messages.info(
        l10n.t('Public access of {0} stays open until you close it. Anyone can try to log in.', names(closings)),
      );
    }
  };
}

function names(operations: readonly OperationView[]): string {
  return operations.map(({ name }) => `"${name}"`).join(', ');
}
