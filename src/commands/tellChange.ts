import * as l10n from '@vscode/l10n';
import type { MessageAction, Messages } from '../domain/windowPorts.ts';
import type { ChangeResult } from '../instances/change.ts';
import type { ManagedKind } from '../domain/changeOrder.ts';
import type { InstanceOperation } from '../instances/operation.ts';
import { cannotWords, doingWords, doneWords } from './changeTexts.ts';
import type { FailureDesk } from './failure.ts';

/**
 * Says once how a change stands, whoever followed it.
 * @param offer a button beside the good news
 */
export type TellChange = (
  kind: ManagedKind,
  result: ChangeResult,
  offer?: MessageAction<() => Promise<void>>,
) => Promise<void>;

export function tellChange(deps: {
  readonly messages: Messages;
  readonly desk: FailureDesk;
  /** Begins the same anew; what failed is dismissed by it. */
  readonly retry: (operation: InstanceOperation) => Promise<void>;
  readonly showActivity: () => Promise<void>;
}): TellChange {
  const { messages, desk, retry, showActivity } = deps;

  return async (kind, result, offer) => {
    const { operation } = result;
    const name = { ...operation, kind };
    switch (result.kind) {
      case 'left':
        return;
      case 'done':
        if (offer === undefined) messages.status(doneWords(name));
        else await (await messages.info(doneWords(name), [offer]))?.();
        return;
      case 'waiting':
        await messages.info(
          l10n.t(
            '"{0}" is prepared and switches over in its maintenance window. Connections are cut for a moment then.',
            operation.name,
          ),
        );
        return;
      case 'failed': {
        const again = { label: l10n.t('Try Again'), value: () => retry(operation) };
        await (
          await desk.show(cannotWords(name), result.explanation, [again])
        )?.();
        return;
      }
      case 'unsettled': {
        if (result.again) return;
        const activity = { label: l10n.t('Show Activity'), value: showActivity };
        const what = l10n.t('It is not known whether this worked: {0}', doingWords(name));
        await (
          await desk.show(what, result.explanation, [activity])
        )?.();
      }
    }
  };
}
