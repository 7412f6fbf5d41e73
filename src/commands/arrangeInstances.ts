import * as l10n from '@vscode/l10n';
import { tagKeyRule } from '../domain/createPlan.ts';
import type { Arrangement, GroupBy, SortBy } from '../tree/arrangement.ts';
import { runWizard, type Position, type Reply } from '../wizard/engine.ts';
import type { Prompt, Question, Row } from '../wizard/question.ts';
import { alsoTyped, answering } from '../wizard/rows.ts';

/** How the list is arranged now; what is written is kept, and the view follows. */
export interface ArrangementStore {
  read(): Arrangement;
  write(arrangement: Arrangement): Promise<void>;
}

export interface ArrangeDeps {
  readonly arrangement: ArrangementStore;
  ask(
    heading: string,
    question: Question<Arrangement>,
    answers: Partial<Arrangement>,
    position: Position,
  ): Promise<Reply<Arrangement>>;
}

/**
 * Asks by what the rows are put together.
 * @param deps.tagKeys keys of the tags in use; any other may be typed
 */
export function groupInstances(deps: ArrangeDeps & { readonly tagKeys: () => readonly string[] }): () => Promise<void> {
  return async () => {
    const { groupBy: now } = deps.arrangement.read();
    const row = (groupBy: GroupBy, label: string): Row<Arrangement> => choice({ groupBy }, label, isSame(groupBy, now));
    const keys = new Set([...(typeof now === 'object' ? [now.tag] : []), ...deps.tagKeys()]);
    const rows = [
      row('nothing', l10n.t('Nothing')),
      row('kind', l10n.t('Kind of instance')),
      row('region', l10n.t('Region')),
      row('account', l10n.t('Account')),
      row('project', l10n.t('Project')),
      row('status', l10n.t('Status')),
      ...[...keys].map((tag) => ({ ...row({ tag }, tag), heading: l10n.t('Value of a tag') })),
    ];
    const typed = alsoTyped<Arrangement>(() => rows, { rule: tagKeyRule, values: (tag) => ({ groupBy: { tag } }) });
    await arrange(deps, l10n.t('Group by'), {
      kind: 'pick',
      placeholder: l10n.t('What the instances are grouped by; a tag key may be typed'),
      source: {
        rows: (text) => typed(text).map(finishing),
      },
    });
  };
}

/** Asks in which order the rows stand. */
export function sortInstances(deps: ArrangeDeps): () => Promise<void> {
  return async () => {
    const { sortBy: now } = deps.arrangement.read();
    const row = (sortBy: SortBy, label: string): Row<Arrangement> => choice({ sortBy }, label, sortBy === now);
    const rows = [
      row('name', l10n.t('Name')),
      row('created', l10n.t('Created, newest first')),
      row('status', l10n.t('Status, what needs attention first')),
    ];
    await arrange(deps, l10n.t('Sort by'), {
      kind: 'pick',
      placeholder: l10n.t('The order of the instances'),
      source: { rows: () => rows.map(finishing) },
    });
  };
}

/** Asks for the words that instances have to match. */
export function filterInstances(deps: ArrangeDeps): () => Promise<void> {
  return async () => {
    await arrange(deps, l10n.t('Filter'), {
      kind: 'text',
      prompt: l10n.t('Words of the name, the ID or a tag; all of them have to match. Empty shows every instance.'),
      placeholder: l10n.t('shop env=prod'),
      value: deps.arrangement.read().filter,
      rule: () => undefined,
      answer: (text) => ({ kind: 'finish', values: { filter: text.trim() } }),
    });
  };
}

/** Shows every instance again. */
export function clearFilter(deps: Pick<ArrangeDeps, 'arrangement'>): () => Promise<void> {
  return () => deps.arrangement.write({ ...deps.arrangement.read(), filter: '' });
}

async function arrange({ arrangement, ask }: ArrangeDeps, title: string, prompt: Prompt<Arrangement>): Promise<void> {
  const question: Question<Arrangement> = {
    key: 'arrangement',
    title,
    holds: () => false,
    prompt: () => prompt,
  };
  const changed: Partial<Arrangement> | undefined = await runWizard([question], {}, 'first', (one, answers, position) =>
    ask(l10n.t('Instances'), one, answers, position),
  );
  if (changed !== undefined) await arrangement.write({ ...arrangement.read(), ...changed });
}

function choice(values: Partial<Arrangement>, label: string, active: boolean): Row<Arrangement> {
  return {
    label,
    ...(active ? { description: l10n.t('now') } : {}),
    active,
    choose: answering(values),
  };
}

/** There is one question only, so its answer is the end. */
function finishing(row: Row<Arrangement>): Row<Arrangement> {
  const { choose } = row;
  if (choose.kind !== 'reply' || choose.reply.kind !== 'answer') return row;
  return { ...row, choose: { kind: 'reply', reply: { kind: 'finish', values: choose.reply.values } } };
}

function isSame(a: GroupBy, b: GroupBy): boolean {
  return typeof a === 'object' && typeof b === 'object' ? a.tag === b.tag : a === b;
}
