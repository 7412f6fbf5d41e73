import * as l10n from '@vscode/l10n';
import type { Instance } from '../domain/instance.ts';
import { hasEnded } from '../domain/operation.ts';
import { secondsWords } from '../domain/duration.ts';
import { findOffering } from '../domain/offerings/offerings.ts';
import { plainText } from '../domain/plainText.ts';
import { statusGroup } from '../domain/status.ts';
import { exactly, wordsToDelete } from '../domain/typedConfirmation.ts';
import type { Confirm, Messages } from '../domain/windowPorts.ts';
import type { Deletion, DeletionResult } from '../instances/deletion.ts';
import type { Journal } from '../instances/journal.ts';
import type { InstanceOperation } from '../instances/operation.ts';
import type { Position, Reply } from '../wizard/engine.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question } from '../wizard/question.ts';

export interface DeleteAnswers {
  readonly typed: string;
}

export interface DeleteInstancesDeps {
  readonly deletion: Pick<Deletion, 'begin'>;
  readonly journal: Pick<Journal, 'operations'>;
  readonly confirm: Confirm;
  ask(
    heading: string,
    question: Question<DeleteAnswers>,
    answers: Partial<DeleteAnswers>,
    position: Position,
  ): Promise<Reply<DeleteAnswers>>;
  readonly messages: Messages;
  /** Calls deletions off and says what came of it. Never rejects. */
  readonly undo: (operations: readonly InstanceOperation[]) => Promise<void>;
  readonly tell: (results: readonly DeletionResult[]) => Promise<void>;
  /** An account as a person knows it. */
  readonly accountLabel: (accountId: string) => string;
  /** Milliseconds in which a deletion can be undone; 0: it is sent at once. */
  readonly undoTime: () => number;
  readonly signal: AbortSignal;
}

/** More would make the dialog higher than the screen. */
const mostListed = 10;

/** Says what will be lost, has the name typed, waits the undo time out, and sums up. */
export function deleteInstances(deps: DeleteInstancesDeps): (instances: readonly Instance[]) => Promise<void> {
  const { deletion, journal, confirm, messages, undo, tell, undoTime, signal } = deps;

  function isBeingDeleted({ accountId, id }: Instance): boolean {
    return journal
      .operations(accountId)
      .some((one) => one.kind === 'delete' && one.instanceId === id && !hasEnded(one) && one.state !== 'unsettled');
  }

  async function typedRight(instances: readonly Instance[]): Promise<boolean> {
    const done: Partial<DeleteAnswers> | undefined = await runWizard(
      [typedQuestion(instances)],
      {},
      'first',
      (question, sofar, position) => deps.ask(headingOf(instances), question, sofar, position),
    );
    return done?.typed !== undefined && isConfirmed(instances, done.typed);
  }

  /** Not waited for: the message may stay long after the time is over. */
  async function offerUndo(operations: readonly InstanceOperation[], milliseconds: number): Promise<void> {
    const chosen = await messages.info(undoWords(operations, milliseconds), [
      { label: l10n.t('Undo'), value: 'undo' as const },
    ]);
    if (chosen === 'undo') await undo(operations);
  }

  return async (selected) => {
    const instances = unique(selected).filter((instance) => !isBeingDeleted(instance));
    if (instances.length === 0) {
      if (selected.length > 0) messages.status(l10n.t('This is being deleted already.'));
      return;
    }
    const inUse = instances.filter((instance) => !mayBeDeleted(instance));
    if (inUse.length > 0) {
      const names = inUse.map(({ name }) => plainText(name)).join(', ');
      await messages.warning(
        l10n.t('Only what lies in the recycle bin can be destroyed. Move it there first: {0}', names),
      );
      return;
    }
    const detail = lossWords(instances, deps.accountLabel);
    if (!(await confirm(titleWords(instances), detail, l10n.t('Continue')))) return;
    if (!(await typedRight(instances))) return;

    const time = undoTime();
    const deleting = await deletion.begin(instances, time, signal);
    if (time > 0) {
      void offerUndo(
        deleting.map(({ operation }) => operation),
        time,
      );
    } else messages.status(l10n.t('Deleting…'));
    await tell(await Promise.all(deleting.map(({ result }) => result)));
  };
}

/** What has a recycle bin must lie in it. */
function mayBeDeleted(instance: Instance): boolean {
  return !hasRecycleBin(instance) || statusGroup(instance.status) === 'binned';
}

/** The one decision, while typing and after it. */
function isConfirmed(instances: readonly Instance[], typed: string): boolean {
  return exactly(wordsToDelete(instances))(typed) === undefined;
}

function unique(instances: readonly Instance[]): Instance[] {
  return [...new Map(instances.map((instance) => [instance.id, instance])).values()];
}

/** All of them are destroyed, as the command for what lies in the recycle bin calls it. */
function areDestroyed(instances: readonly Instance[]): boolean {
  return instances.every(hasRecycleBin);
}

function hasRecycleBin({ offering }: Instance): boolean {
  return findOffering(offering)?.can('recycleBin') === true;
}

function headingOf(instances: readonly Instance[]): string {
  return areDestroyed(instances) ? l10n.t('Destroy') : l10n.t('Delete');
}

function titleWords(instances: readonly Instance[]): string {
  const [only] = instances;
  if (only === undefined || instances.length > 1) {
    return areDestroyed(instances)
      ? l10n.t('Destroy {0} instances?', instances.length)
      : l10n.t('Delete {0} instances?', instances.length);
  }
  const name = plainText(only.name);
  return areDestroyed(instances) ? l10n.t('Destroy "{0}"?', name) : l10n.t('Delete "{0}"?', name);
}

/** What will be lost, line by line. */
function lossWords(instances: readonly Instance[], accountLabel: (accountId: string) => string): string {
  const lines = instances.slice(0, mostListed).map(({ name, id, region, accountId }) => {
    const where = l10n.t('{0}, account {1}', region, accountLabel(accountId));
    return `${plainText(name)} (${id}): ${where}`;
  });
  const more = instances.length - lines.length;
  return [
    ...lines,
    ...(more > 0 ? [l10n.t('and {0} more', more)] : []),
    '',
    [
      instances.length === 1
        ? l10n.t('All its databases and accounts are lost.')
        : l10n.t('All their databases and accounts are lost.'),
      instances.some(hasRecycleBin)
        ? l10n.t('Backups and read-only replicas go as well. This cannot be undone.')
        : l10n.t('This cannot be undone: there is no recycle bin.'),
    ].join(' '),
  ].join('\n');
}

function typedQuestion(instances: readonly Instance[]): Question<DeleteAnswers> {
  const expected = wordsToDelete(instances);
  return {
    key: 'typed',
    title: titleWords(instances),
    holds: () => false,
    prompt: () => ({
      kind: 'text',
      prompt: l10n.t('Type {0} and press Enter. Nothing has been deleted so far.', expected),
      placeholder: expected,
      value: '',
      rule: exactly(expected),
      answer: (typed) => ({ kind: 'finish', values: { typed } }),
    }),
  };
}

function undoWords(operations: readonly InstanceOperation[], milliseconds: number): string {
  const [only] = operations;
  const span = secondsWords(milliseconds);
  return only === undefined || operations.length > 1
    ? l10n.t('{0} instances will be deleted in {1}.', operations.length, span)
    : l10n.t('"{0}" will be deleted in {1}.', only.name, span);
}
