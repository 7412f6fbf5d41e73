import * as l10n from '@vscode/l10n';
import type { Database } from '../domain/contents.ts';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import type { Messages } from '../domain/windowPorts.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question } from '../wizard/question.ts';
import { isAble } from './able.ts';
import type { Apply } from './applyChange.ts';
import type { AskFor } from './asking.ts';
import type { InsideDeps } from './contentQuestions.ts';
import { accountQuestion, databaseQuestion } from './contentQuestions.ts';
import { isTyped, typedQuestion } from './typedQuestion.ts';

export interface DeleteDatabaseAnswers {
  readonly database: Database;
  /** Asked only where the service did not name it. */
  readonly owner: string;
  readonly typed: string;
}

/** Deletes a database once its name was typed. */
export function deleteDatabase(
  deps: InsideDeps & {
    readonly apply: Apply;
    readonly ask: AskFor<DeleteDatabaseAnswers>;
    readonly messages: Messages;
  },
): (instance: Instance, database?: Database) => Promise<void> {
  const { apply, ask, messages } = deps;
  return async (instance, database) => {
    if (!(await isAble(messages, instance, 'contents'))) return;
    const done: Partial<DeleteDatabaseAnswers> | undefined = await runWizard(
      questions(deps, instance, database),
      database === undefined ? {} : { database },
      'first',
      (question, answers, position) => ask(l10n.t('Delete database'), question, answers, position),
    );
    const owner = done?.database?.owner ?? done?.owner;
    if (done?.database === undefined || owner === undefined || !isTyped(done.database.name, done.typed)) return;
    await apply(instance, { kind: 'deleteDatabase', database: { name: done.database.name, owner } });
  };
}

function questions(
  deps: InsideDeps,
  instance: Instance,
  known: Database | undefined,
): readonly Question<DeleteDatabaseAnswers>[] {
  const choice = databaseQuestion<DeleteDatabaseAnswers>(deps, instance, {
    placeholder: l10n.t('Choose the database to delete'),
    holds: ({ database }) => database !== undefined,
    values: (database) => ({ database }),
  });
  return [
    { ...choice, shows: () => known === undefined },
    accountQuestion<DeleteDatabaseAnswers>(deps, instance, {
      key: 'owner',
      title: l10n.t('Owner'),
      placeholder: l10n.t('The service did not name the owner of this database. Choose it.'),
      shows: ({ database }) => database !== undefined && database.owner === undefined,
      answered: ({ owner }) => owner,
      values: (owner) => ({ owner }),
    }),
    typedQuestion<DeleteDatabaseAnswers>({
      title: plainText(instance.name),
      expected: ({ database }) => database?.name ?? '',
      prompt: (name) => l10n.t('Everything in this database is lost for good. Type {0} and press Enter.', name),
      values: (typed) => ({ typed }),
    }),
  ];
}
