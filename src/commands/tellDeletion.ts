import * as l10n from '@vscode/l10n';
import type { Explanation } from '../domain/explanation.ts';
import { plainText } from '../domain/plainText.ts';
import type { MessageAction, Messages } from '../domain/windowPorts.ts';
import type { DeletionResult } from '../instances/deletion.ts';
import type { InstanceOperation } from '../instances/operation.ts';
import type { FailureDesk } from './failure.ts';

type NotGone = Extract<DeletionResult, { kind: 'failed' | 'unsettled' }>;

/** So many reasons are read; the rest stands in the activity view. */
const mostReasons = 3;

/** One message that sums up how deletions have ended, whoever followed them. */
export function tellDeletion(deps: {
  readonly messages: Messages;
  readonly desk: FailureDesk;
  /** Asks anew about these instances; what failed is dismissed by it. */
  readonly retry: (operations: readonly InstanceOperation[]) => Promise<void>;
  readonly showActivity: () => Promise<void>;
}): (results: readonly DeletionResult[]) => Promise<void> {
  const { messages, desk, retry, showActivity } = deps;

  return async (results) => {
    const gone = results.filter(({ kind }) => kind === 'gone');
    const news = results.filter(isNews);
    const failed = news.filter(({ kind }) => kind === 'failed').map(({ operation }) => operation);
    const [first] = news;

    if (first === undefined) {
      if (gone.length > 0) await messages.info(goneWords(gone));
      return;
    }
    const again: MessageAction<() => Promise<void>> = { label: l10n.t('Try Again'), value: () => retry(failed) };
    const activity: MessageAction<() => Promise<void>> = { label: l10n.t('Show Activity'), value: showActivity };
    const actions = failed.length > 0 ? [again, activity] : [activity];
    const chosen =
      results.length === 1
        ? await desk.show(notGoneWords(first), first.explanation, actions)
        : await messages.error(sumWords(results, gone, news), actions);
    await chosen?.();
  };
}

/** Not gone, and not said before. */
function isNews(result: DeletionResult): result is NotGone {
  return result.kind === 'failed' || (result.kind === 'unsettled' && !result.again);
}

function goneWords(gone: readonly DeletionResult[]): string {
  const [only] = gone;
  return only === undefined || gone.length > 1
    ? l10n.t('{0} instances are deleted.', gone.length)
    : l10n.t('Instance "{0}" is deleted.', only.operation.name);
}

function notGoneWords({ kind, operation: { name } }: NotGone): string {
  return kind === 'failed'
    ? l10n.t('Cannot delete "{0}"', name)
    : l10n.t('It is not known whether "{0}" was deleted', name);
}

function sumWords(
  results: readonly DeletionResult[],
  gone: readonly DeletionResult[],
  news: readonly NotGone[],
): string {
  const asked = results.filter(({ kind }) => kind !== 'undone' && kind !== 'left').length;
  const more = news.length - mostReasons;
  return [
    l10n.t('{0} of {1} instances are deleted.', gone.length, asked),
    ...news.slice(0, mostReasons).map((one) => `${notGoneWords(one)}: ${reason(one.explanation)}`),
    ...(more > 0 ? [l10n.t('and {0} more', more)] : []),
  ].join(' ');
}

function reason({ meaning, serviceWords }: Explanation): string {
  return serviceWords === undefined
    ? meaning
    : `${meaning} ${l10n.t('The service said: {0}', plainText(serviceWords))}`;
}
