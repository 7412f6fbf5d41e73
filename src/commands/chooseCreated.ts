import * as l10n from '@vscode/l10n';
import type { Explain } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { OperationView } from '../domain/operation.ts';
import { plainText } from '../domain/plainText.ts';
import { sizeWords } from '../domain/size.ts';
import { statusWords } from '../domain/status.ts';
import type { Messages } from '../domain/windowPorts.ts';
import type { Creation, Settlement } from '../instances/creation.ts';
import type { Follower } from '../instances/follower.ts';
import type { Journal } from '../instances/journal.ts';
import type { CreateOperation, Operation } from '../instances/operation.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question, Row } from '../wizard/question.ts';
import type { AskFor } from './asking.ts';
import { fromService } from './asking.ts';

/** Which instance it is, or that it is none of those that were shown. */
interface ChosenAnswer {
  readonly chosen: { readonly instance: Instance } | { readonly noneOf: readonly Instance[] };
}

export interface ChooseCreatedDeps {
  readonly creation: Pick<Creation, 'candidates' | 'adopt' | 'ruleOut'>;
  readonly journal: Pick<Journal, 'find'>;
  readonly decide: Follower['decide'];
  readonly ask: AskFor<ChosenAnswer>;
  readonly explain: Explain;
  readonly messages: Messages;
  /** Says how the create has ended, without being waited for. */
  readonly say: (settlement: Settlement) => void;
}

/**
 * Asks a person which instance a create has made, where its answer was lost and more than one may be it. Nothing is
 * sent but questions. Escape leaves everything as it is, and it can be asked again.
 */
export function chooseCreated(deps: ChooseCreatedDeps): (operation: Pick<OperationView, 'id'>) => Promise<void> {
  const { creation, journal, decide, ask, messages, say } = deps;

  async function carryOut(
    operation: CreateOperation,
    chosen: ChosenAnswer['chosen'],
    signal: AbortSignal,
  ): Promise<void> {
    if ('instance' in chosen) {
      say(await creation.adopt(operation, chosen.instance, signal, () => undefined));
      return;
    }
    await creation.ruleOut(
      operation,
      chosen.noneOf.map(({ id }) => id),
    );
    messages.status(l10n.t('It stays on record that it is not known whether "{0}" was created.', operation.name));
  }

  return async ({ id }) => {
    const operation = journal.find(id);
    if (!isOpen(operation)) {
      messages.status(l10n.t('This has been settled meanwhile.'));
      return;
    }
    const answer: Partial<ChosenAnswer> | undefined = await runWizard(
      [question(deps, operation)],
      {},
      'first',
      (step, answers, position) => ask(l10n.t('Choose instance'), step, answers, position),
    );
    const chosen = answer?.chosen;
    if (chosen === undefined) return;
    const isHere = await decide(id, async (current, signal) => {
      if (isOpen(current)) await carryOut(current, chosen, signal);
      else messages.status(l10n.t('This has been settled meanwhile.'));
    });
    if (!isHere) {
      await messages.info(l10n.t('Another window of the editor sees to "{0}". Choose there.', operation.name));
    }
  };
}

/** It is not settled, and a person can tell. */
function isOpen(operation: Operation | undefined): operation is CreateOperation {
  return operation?.kind === 'create' && operation.candidates !== undefined;
}

function question({ creation, explain }: ChooseCreatedDeps, operation: CreateOperation): Question<ChosenAnswer> {
  const none = l10n.t('The service lists no such instance at this moment.');
  return {
    key: 'chosen',
    title: plainText(operation.name),
    holds: () => false,
    prompt: () => ({
      kind: 'pick',
      placeholder: l10n.t('Which of these has your create made? Nothing is sent again.'),
      source: fromService(explain, none, async (signal) => {
        const found = await creation.candidates(operation, signal);
        return found.length === 0 ? [] : [...found.map(instanceRow), noneRow(found)];
      }),
    }),
  };
}

function instanceRow(instance: Instance): Row<ChosenAnswer> {
  const { id, name, createdAt, zone, status, specCode, cpu, memoryGb, storageGb } = instance;
  return {
    label: plainText(id),
    description: dotted(name, statusWords(status)),
    detail: dotted(
      createdAt === undefined ? '' : l10n.t('created {0}', createdAt),
      zone,
      specCode ?? '',
      sizeWords({ cpu, memoryGb, storageGb }),
    ),
    choose: finish({ instance }),
  };
}

function noneRow(noneOf: readonly Instance[]): Row<ChosenAnswer> {
  return {
    label: l10n.t('None of these'),
    detail: l10n.t('It stays on record as not settled.'),
    heading: l10n.t('Or'),
    pinned: true,
    choose: finish({ noneOf }),
  };
}

function finish(chosen: ChosenAnswer['chosen']): Row<ChosenAnswer>['choose'] {
  return { kind: 'reply', reply: { kind: 'finish', values: { chosen } } };
}

function dotted(...parts: readonly string[]): string {
  return parts
    .map(plainText)
    .filter((part) => part !== '')
    .join(' · ');
}
