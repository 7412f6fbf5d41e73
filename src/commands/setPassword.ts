import * as l10n from '@vscode/l10n';
import type { Passwords } from '../credentials/passwords.ts';
import type { Instance } from '../domain/instance.ts';
import { Secret } from '../domain/secret.ts';
import type { Messages } from '../domain/windowPorts.ts';
import type { Position, Reply } from '../wizard/engine.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question } from '../wizard/question.ts';

export interface PasswordAnswer {
  readonly password: Secret;
}

/**
 * Keeps the password that connections to an instance use, for when it was changed inside the database: the service
 * goes on sending the first one. Nothing is changed in the database. An empty one means the service's again.
 */
export function setPassword(deps: {
  readonly passwords: Pick<Passwords, 'get' | 'set' | 'forget'>;
  ask(
    heading: string,
    question: Question<PasswordAnswer>,
    answers: Partial<PasswordAnswer>,
    position: Position,
  ): Promise<Reply<PasswordAnswer>>;
  readonly messages: Messages;
}): (instance: Instance) => Promise<void> {
  const { passwords, messages } = deps;
  return async (instance) => {
    const kept = (await passwords.get(instance.id)) !== undefined;
    const answer: Partial<PasswordAnswer> | undefined = await runWizard(
      [question(instance.name, kept)],
      {},
      'first',
      (step, answers, position) => deps.ask(l10n.t('Set password used for connections'), step, answers, position),
    );
    const password = answer?.password;
    if (password === undefined) return;
    if (password.reveal() === '') {
      await passwords.forget(instance.id);
      messages.status(l10n.t('Connections to "{0}" use the password of the service.', instance.name));
    } else {
      await passwords.set(instance.id, password);
      messages.status(l10n.t('Connections to "{0}" use the password that you set.', instance.name));
    }
  };
}

function question(name: string, kept: boolean): Question<PasswordAnswer> {
  return {
    key: 'password',
    title: name,
    holds: () => false,
    prompt: () => ({
      kind: 'text',
      secret: true,
      prompt: kept
        ? l10n.t('A password is set. Leave this empty to use the one of the service again.')
        : l10n.t(
            'For a password that was changed inside the database: the service keeps sending the first one. It is kept in the secret storage of your editor only.',
          ),
      placeholder: l10n.t('Password'),
      value: '',
      // Any text is a password for PostgreSQL, spaces at its ends included.
      rule: () => undefined,
      answer: (text) => ({ kind: 'finish', values: { password: new Secret(text) } }),
    }),
  };
}
