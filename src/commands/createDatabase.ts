import * as l10n from '@vscode/l10n';
import { databaseNameRule } from '../domain/contentRules.ts';
import type { Instance } from '../domain/instance.ts';
import type { NewDatabase } from '../domain/ports.ts';
import { plainText } from '../domain/plainText.ts';
import type { Messages } from '../domain/windowPorts.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question } from '../wizard/question.ts';
import { isAble } from './able.ts';
import type { Apply } from './applyChange.ts';
import type { AskFor } from './asking.ts';
import { sendQuestion } from './asking.ts';
import type { InsideDeps } from './contentQuestions.ts';
import { accountQuestion, taken } from './contentQuestions.ts';

/** Makes a database that belongs to one of the accounts. */
export function createDatabase(
  deps: InsideDeps & {
    readonly apply: Apply;
    readonly ask: AskFor<NewDatabase>;
    readonly messages: Messages;
  },
): (instance: Instance) => Promise<void> {
  const { apply, ask, messages } = deps;
  return async (instance) => {
    if (!(await isAble(messages, instance, 'contents'))) return;
    const done: Partial<NewDatabase> | undefined = await runWizard(
      questions(deps, instance),
      {},
      'first',
      (question, answers, position) => ask(l10n.t('Create database'), question, answers, position),
    );
    if (done?.name === undefined || done.owner === undefined) return;
    await apply(instance, { kind: 'createDatabase', database: { name: done.name, owner: done.owner } });
  };
}

function questions(deps: InsideDeps, instance: Instance): readonly Question<NewDatabase>[] {
  const { management } = deps;
  return [
    {
      key: 'name',
      title: plainText(instance.name),
      holds: ({ name }) => name !== undefined,
      prompt: (answers) => ({
        kind: 'text',
        prompt: l10n.t('Name of the new database: letters, digits and "_"'),
        placeholder: '',
        value: answers.name ?? '',
        rule: databaseNameRule,
        lookUp: taken((signal) => management(instance).databases(instance.region, instance.id, signal)),
        lookUpText: l10n.t('Asking whether the name is taken'),
        answer: (text) => ({ kind: 'answer', values: { name: text.trim() } }),
      }),
    },
    accountQuestion<NewDatabase>(deps, instance, {
      key: 'owner',
      title: l10n.t('Owner'),
      placeholder: l10n.t('Choose the account that it belongs to'),
      answered: ({ owner }) => owner,
      values: (owner) => ({ owner }),
    }),
    sendQuestion<NewDatabase>({
      title: plainText(instance.name),
      action: l10n.t('Create Database'),
      lines: (answers) => [
        { key: 'name', label: l10n.t('Name'), value: answers.name ?? '' },
        { key: 'owner', label: l10n.t('Owner'), value: answers.owner ?? '' },
      ],
    }),
  ];
}
