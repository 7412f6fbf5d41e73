import * as l10n from '@vscode/l10n';
import type { Passwords } from '../credentials/passwords.ts';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import { Secret } from '../domain/secret.ts';
import type { Messages } from '../domain/windowPorts.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question } from '../wizard/question.ts';
import { can } from './able.ts';
import type { AskFor } from './asking.ts';
import type { InsideDeps } from './contentQuestions.ts';
import { accountQuestion } from './contentQuestions.ts';

export interface PasswordAnswer {
  /** Asked for where there are several and the service tells no password. */
  readonly account: string;
  readonly password: Secret;
}

/**
 * Keeps a password for connections; nothing is changed in the database. Where the service tells one, it is for when it
 * was changed inside the database, and an empty one means the service's again. Elsewhere it is that of one account.
 */
export function setPassword(
  deps: InsideDeps & {
    readonly passwords: Pick<Passwords, 'get' | 'set' | 'forget'>;
    readonly ask: AskFor<PasswordAnswer>;
    readonly messages: Messages;
  },
): (instance: Instance, account?: string) => Promise<void> {
  const { passwords, ask, messages } = deps;

  async function save(instance: Instance, password: Secret, account: string | undefined): Promise<void> {
    const { id, name } = instance;
    if (password.reveal() !== '') {
      await passwords.set(id, password, account);
      messages.status(
        account === undefined
          ? l10n.t('Connections to "{0}" use the password that you set.', name)
          : l10n.t('Connections to "{0}" as "{1}" use the password that you set.', name, account),
      );
      return;
    }
    await passwords.forget(id, account);
    messages.status(
      account === undefined
        ? l10n.t('Connections to "{0}" use the password of the service.', name)
        : l10n.t('No password is kept for "{1}" of "{0}" any more.', name, account),
    );
  }

  return async (instance, known) => {
    const told = can(instance, 'toldPassword');
    const account = told ? undefined : known;
    const kept = (await passwords.get(instance.id, account)) !== undefined;
    const steps = told
      ? [passwordQuestion(instance.name, toldPrompt(kept))]
      : [
          accountQuestion<PasswordAnswer>(deps, instance, {
            key: 'account',
            title: plainText(instance.name),
            placeholder: l10n.t('Choose whose password it is'),
            shows: () => account === undefined,
            answered: (answers) => answers.account,
            values: (chosen) => ({ account: chosen }),
          }),
          passwordQuestion(instance.name, accountPrompt(kept)),
        ];
    const answer: Partial<PasswordAnswer> | undefined = await runWizard(
      steps,
      account === undefined ? {} : { account },
      'first',
      (step, answers, position) => ask(l10n.t('Set password used for connections'), step, answers, position),
    );
    if (answer?.password === undefined || (!told && answer.account === undefined)) return;
    await save(instance, answer.password, told ? undefined : answer.account);
  };
}

function toldPrompt(kept: boolean): string {
  return kept
    ? l10n.t('A password is set. Leave this empty to use the one of the service again.')
    : l10n.t(
        'For a password that was changed inside the database: the service keeps sending the first one. It is kept in the secret storage of your editor only.',
      );
}

function accountPrompt(kept: boolean): string {
  return kept
    ? l10n.t('A password is kept. Leave this empty to forget it.')
    : l10n.t('The password that the account has. It is kept in the secret storage of your editor only.');
}

function passwordQuestion(name: string, prompt: string): Question<PasswordAnswer> {
  return {
    key: 'password',
    title: plainText(name),
    holds: () => false,
    prompt: () => ({
      kind: 'text',
      secret: true,
      prompt,
      placeholder: l10n.t('Password'),
      value: '',
      // Any text is a password for PostgreSQL, spaces at its ends included.
      rule: () => undefined,
      answer: (text) => ({ kind: 'finish', values: { password: new Secret(text) } }),
    }),
  };
}
