import * as l10n from '@vscode/l10n';
import type { ChangeOrder } from '../domain/changeOrder.ts';
import { subjectOf } from '../domain/changeOrder.ts';
import type { Instance } from '../domain/instance.ts';
import type { MessageAction, Progress } from '../domain/windowPorts.ts';
import type { Change, ChangeEnd } from '../instances/change.ts';
import { doingWords, progressWords } from './changeTexts.ts';
import type { TellChange } from './tellChange.ts';

/**
 * Carries a confirmed change out, shows how far it is, and says how it ended. Resolves when that was said.
 * @param offer a button beside the good news
 */
export type Apply = (
  instance: Instance,
  order: ChangeOrder,
  offer?: MessageAction<() => Promise<void>>,
) => Promise<ChangeEnd>;

export function applyChange(deps: {
  readonly change: Pick<Change, 'carryOut'>;
  readonly progress: Progress;
  readonly tell: TellChange;
  readonly signal: AbortSignal;
}): Apply {
  const { change, progress, tell, signal } = deps;
  return async (instance, order, offer) => {
    const { kind } = order;
    const subject = subjectOf(order);
    const title = doingWords({ kind, name: instance.name, ...(subject === undefined ? {} : { subject }) });
    const result = await progress(title, (report) => {
      report(l10n.t('Sending'));
      return change.carryOut(instance, order, signal, (seen) => {
        report(progressWords(seen));
      });
    });
    if (result.kind !== 'waiting') {
      await tell(kind, result, offer);
      return result;
    }
    const { ended } = result;
    const told = tell(kind, result);
    const end = await ended;
    await Promise.all([told, tell(kind, end, offer)]);
    return end;
  };
}
