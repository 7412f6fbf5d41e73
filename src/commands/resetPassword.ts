import * as l10n from '@vscode/l10n';
import { accountPasswordRule } from '../domain/contentRules.ts';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import type { Secret } from '../domain/secret.ts';
import type { Clipboard, MessageAction, Messages } from '../domain/windowPorts.ts';
import { runWizard } from '../wizard/engine.ts';
import type { PasswordAnswers } from '../wizard/passwordQuestions.ts';
import { passwordOf, passwordQuestions } from '../wizard/passwordQuestions.ts';
import type { Question } from '../wizard/question.ts';
import { isAble } from './able.ts';
import type { Apply } from './applyChange.ts';
import type { AskFor } from './asking.ts';
import { sendQuestion } from './asking.ts';
import type { InsideDeps } from './contentQuestions.ts';
import { accountQuestion } from './contentQuestions.ts';
import { copiedWords } from './toClipboard.ts';

export interface ResetPasswordAnswers extends PasswordAnswers {
  readonly account: string;
}

/** Gives an account of the database another password, and keeps it for connections. */
export function resetPassword(
  deps: InsideDeps & {
    readonly apply: Apply;
    readonly ask: AskFor<ResetPasswordAnswers>;
    readonly generate: () => Secret;
    readonly clipboard: Clipboard;
    readonly messages: Messages;
  },
): (instance: Instance, account?: string) => Promise<void> {
  const { apply, ask, clipboard, messages } = deps;
  return async (instance, account) => {
    if (!(await isAble(messages, instance, 'contents'))) return;
    const done: Partial<ResetPasswordAnswers> | undefined = await runWizard(
      questions(deps, instance, account),
      account === undefined ? {} : { account },
      'first',
      (question, answers, position) => ask(l10n.t('Reset password'), question, answers, position),
    );
    const password = done === undefined ? undefined : passwordOf(done);
    if (done?.account === undefined || password === undefined) return;
    const offer = copyPassword(clipboard, messages, password);
    await apply(instance, { kind: 'resetPassword', account: done.account, password }, offer);
  };
}

/** For what else needs it at this moment: it is not shown anywhere. */
export function copyPassword(
  clipboard: Clipboard,
  messages: Pick<Messages, 'status'>,
  password: Secret,
): MessageAction<() => Promise<void>> {
  return {
    label: l10n.t('Copy Password'),
    value: async () => {
      const cleared = await clipboard.write(password);
      messages.status(copiedWords(l10n.t('Password copied.'), cleared));
    },
  };
}

/** How a password reads in a list of what will be sent. */
export function passwordWords(answers: Partial<PasswordAnswers>): string {
  return answers.newPassword?.kind === 'generated' ? l10n.t('*** (generated)') : '***';
}

function questions(
  deps: InsideDeps & { readonly generate: () => Secret },
  instance: Instance,
  known: string | undefined,
): readonly Question<ResetPasswordAnswers>[] {
  const nameOf = ({ account = '' }: Partial<ResetPasswordAnswers>): string => plainText(account);
  return [
    accountQuestion<ResetPasswordAnswers>(deps, instance, {
      key: 'account',
      title: plainText(instance.name),
      placeholder: l10n.t('Choose whose password is reset'),
      shows: () => known === undefined,
      answered: ({ account }) => account,
      values: (account) => ({ account }),
    }),
    ...passwordQuestions({
      forWhat: (answers: Partial<ResetPasswordAnswers>) =>
        l10n.t('Choose how to come to the new password of "{0}"', nameOf(answers)),
      rule: accountPasswordRule,
      generate: deps.generate,
    }),
    sendQuestion<ResetPasswordAnswers>({
      title: plainText(instance.name),
      action: l10n.t('Reset Password'),
      detail: l10n.t('Whatever logs in with the old password is refused from then on.'),
      lines: (answers) => [
        ...(known === undefined ? [{ key: 'account', label: l10n.t('Account'), value: nameOf(answers) }] : []),
        { key: 'password', label: l10n.t('Password'), value: passwordWords(answers) },
      ],
    }),
  ];
}
