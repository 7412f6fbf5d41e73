import * as l10n from '@vscode/l10n';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import type { Messages } from '../domain/windowPorts.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question } from '../wizard/question.ts';
import { isAble } from './able.ts';
import type { Apply } from './applyChange.ts';
import type { AskFor } from './asking.ts';
import type { InsideDeps } from './contentQuestions.ts';
import { accountQuestion } from './contentQuestions.ts';
import { isTyped, typedQuestion } from './typedQuestion.ts';

export interface DeleteAccountAnswers {
  readonly account: string;
  readonly typed: string;
}

/** Deletes an account of the database once its name was typed. */
export function deleteAccount(
  deps: InsideDeps & {
    readonly apply: Apply;
    readonly ask: AskFor<DeleteAccountAnswers>;
    readonly messages: Messages;
  },
): (instance: Instance, account?: string) => Promise<void> {
  const { apply, ask, messages } = deps;
  return async (instance, account) => {
    if (!(await isAble(messages, instance, 'contents'))) return;
    const done: Partial<DeleteAccountAnswers> | undefined = await runWizard(
      questions(deps, instance, account),
      account === undefined ? {} : { account },
      'first',
      (question, answers, position) => ask(l10n.t('Delete account'), question, answers, position),
    );
    if (done?.account === undefined || !isTyped(done.account, done.typed)) return;
    await apply(instance, { kind: 'deleteAccount', account: done.account });
  };
}

function questions(
  deps: InsideDeps,
  instance: Instance,
  known: string | undefined,
): readonly Question<DeleteAccountAnswers>[] {
  return [
    accountQuestion<DeleteAccountAnswers>(deps, instance, {
      key: 'account',
      title: plainText(instance.name),
      placeholder: l10n.t('Choose the account to delete'),
      shows: () => known === undefined,
      answered: ({ account }) => account,
      values: (account) => ({ account }),
    }),
    typedQuestion<DeleteAccountAnswers>({
      title: plainText(instance.name),
      expected: ({ account = '' }) => account,
      prompt: (name) => l10n.t('Nobody can log in with this account any more. Type {0} and press Enter.', name),
      values: (typed) => ({ typed }),
    }),
  ];
}
