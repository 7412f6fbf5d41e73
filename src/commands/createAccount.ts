import * as l10n from '@vscode/l10n';
import type { AccountType } from '../domain/contents.ts';
import { accountTypes } from '../domain/contents.ts';
import { accountNameRule, accountPasswordRule } from '../domain/contentRules.ts';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import type { Secret } from '../domain/secret.ts';
import type { Clipboard, Messages } from '../domain/windowPorts.ts';
import { runWizard } from '../wizard/engine.ts';
import type { PasswordAnswers } from '../wizard/passwordQuestions.ts';
import { passwordOf, passwordQuestions } from '../wizard/passwordQuestions.ts';
import type { Question } from '../wizard/question.ts';
import { answering } from '../wizard/rows.ts';
import { isAble } from './able.ts';
import type { Apply } from './applyChange.ts';
import type { AskFor } from './asking.ts';
import { sendQuestion } from './asking.ts';
import type { InsideDeps } from './contentQuestions.ts';
import { accountTypeWords, taken } from './contentQuestions.ts';
import { copyPassword, passwordWords } from './resetPassword.ts';

export interface CreateAccountAnswers extends PasswordAnswers {
  readonly name: string;
  readonly type: AccountType;
}

/** Makes an account of the database, and keeps its password for connections. */
export function createAccount(
  deps: InsideDeps & {
    readonly apply: Apply;
    readonly ask: AskFor<CreateAccountAnswers>;
    readonly generate: () => Secret;
    readonly clipboard: Clipboard;
    readonly messages: Messages;
  },
): (instance: Instance) => Promise<void> {
  const { apply, ask, clipboard, messages } = deps;
  return async (instance) => {
    if (!(await isAble(messages, instance, 'contents'))) return;
    const done: Partial<CreateAccountAnswers> | undefined = await runWizard(
      questions(deps, instance),
      {},
      'first',
      (question, answers, position) => ask(l10n.t('Create account'), question, answers, position),
    );
    const password = done === undefined ? undefined : passwordOf(done);
    if (done?.name === undefined || done.type === undefined || password === undefined) return;
    const account = { name: done.name, type: done.type, password };
    await apply(instance, { kind: 'createAccount', account }, copyPassword(clipboard, messages, password));
  };
}

function questions(
  deps: InsideDeps & { readonly generate: () => Secret },
  instance: Instance,
): readonly Question<CreateAccountAnswers>[] {
  const { management, generate } = deps;
  return [
    {
      key: 'name',
      title: plainText(instance.name),
      holds: ({ name }) => name !== undefined,
      prompt: (answers) => ({
        kind: 'text',
        prompt: l10n.t('Name of the new account: letters, digits and "_"'),
        placeholder: '',
        value: answers.name ?? '',
        rule: accountNameRule,
        lookUp: taken((signal) => management(instance).accounts(instance.region, instance.id, signal)),
        lookUpText: l10n.t('Asking whether the name is taken'),
        answer: (text) => ({ kind: 'answer', values: { name: text.trim() } }),
      }),
    },
    {
      key: 'type',
      title: l10n.t('Type'),
      holds: ({ type }) => type !== undefined,
      prompt: (answers) => ({
        kind: 'pick',
        placeholder: l10n.t('Choose what the account may do'),
        source: {
          rows: () =>
            accountTypes.map((type) => ({
              label: accountTypeWords(type),
              detail: typeDetail(type),
              active: type === (answers.type ?? accountTypes[0]),
              choose: answering<CreateAccountAnswers>({ type }),
            })),
        },
      }),
    },
    ...passwordQuestions({
      forWhat: ({ name = '' }: Partial<CreateAccountAnswers>) =>
        l10n.t('Choose how to come to the password of "{0}"', name),
      rule: accountPasswordRule,
      generate,
    }),
    sendQuestion<CreateAccountAnswers>({
      title: plainText(instance.name),
      action: l10n.t('Create Account'),
      lines: (answers) => [
        { key: 'name', label: l10n.t('Name'), value: answers.name ?? '' },
        { key: 'type', label: l10n.t('Type'), value: accountTypeWords(answers.type ?? '') },
        { key: 'password', label: l10n.t('Password'), value: passwordWords(answers) },
      ],
    }),
  ];
}

function typeDetail(type: AccountType): string {
  switch (type) {
    case 'normal':
      return l10n.t('Has what it is granted, and what it makes itself.');
    case 'tencentDBSuper':
      return l10n.t('Has the role pg_tencentdb_superuser: nearly everything.');
  }
}
