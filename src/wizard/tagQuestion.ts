import * as l10n from '@vscode/l10n';
import { tagKeyRule, tagValueRule } from '../domain/createPlan.ts';
import type { Catalog } from '../domain/ports.ts';
import type { Tag } from '../domain/tag.ts';
import type { Answers } from './answers.ts';
import type { Choice, Question, Row, RowSource } from './question.ts';
import { answering, problemRow, shorten } from './rows.ts';

/** The tags so far, and what there is to propose. */
export interface TagEditor {
  readonly tags: readonly Tag[];
  readonly keys: readonly string[];
  /** Values that the account uses with a key. */
  valuesOf(key: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Proposals for the key that stands in the box. */
  readonly values: readonly string[];
  /** A tag that is being changed, and that stays when the change is given up. */
  readonly editing: Tag | undefined;
}

function takenKey(key: string): string {
  return l10n.t('The key "{0}" is there already. Each key can be used once.', shorten(key));
}

/** Reads `key=value` as typed: a tag, a reason why not, or `undefined` while there is no `=` yet. */
export function parseTag(text: string, tags: readonly Tag[]): { tag: Tag } | { problem: string } | undefined {
  const at = text.indexOf('=');
  if (at < 0) return undefined;
  const key = text.slice(0, at).trim();
  const value = text.slice(at + 1).trim();
  const wrongKey = key === '' ? l10n.t('A tag needs a key before "=".') : tagKeyRule(key);
  if (wrongKey !== undefined) return { problem: wrongKey };
  if (tags.some((tag) => tag.key === key)) {
    return { problem: takenKey(key) };
  }
  const wrongValue = value === '' ? l10n.t('Type a value after "=".') : tagValueRule(value);
  return wrongValue === undefined ? { tag: { key, value } } : { problem: wrongValue };
}

/** Rows of the tag editor: done first, then the tags, then proposals; `key=value` typed adds one. */
export function tagRows(editor: TagEditor): RowSource<Answers> {
  const { tags, editing } = editor;
  return (text) => {
    // A tag whose change is abandoned by emptying the box is as it was.
    if (editing !== undefined && text.trim() === '') return listRows({ ...editor, tags: tagsOf(editor) });
    const typed = parseTag(text, tags);
    if (typed !== undefined) return valueRows(editor, text, typed);
    return text.trim() === '' ? listRows(editor) : keyRows(editor, text);
  };
}

/** Every tag, that under change included. */
function tagsOf({ tags, editing }: TagEditor): readonly Tag[] {
  return editing === undefined ? tags : [...tags, editing];
}

function stay(editor: TagEditor, change: Partial<TagEditor>, text: string): Choice<Answers> {
  const next = { ...editor, editing: undefined, values: [], ...change };
  return { kind: 'stay', rows: tagRows(next), text, values: { tags: tagsOf(next) } };
}

/** Puts the key into the box and proposes the values that go with it; without proposals one types. */
function withKey(editor: TagEditor, key: string): Choice<Answers> {
  return {
    kind: 'load',
    text: `${key}=`,
    source: {
      load: async (signal) => tagRows({ ...editor, values: await editor.valuesOf(key, signal) }),
      failed: () => tagRows(editor),
    },
  };
}

/** For an empty box: on with the tags there are, change one, or begin another. */
function listRows(editor: TagEditor): readonly Row<Answers>[] {
  const { tags } = editor;
  const done: Row<Answers> = {
    icon: tags.length === 0 ? 'arrow-right' : 'check',
    label: tags.length === 0 ? l10n.t('No tags') : l10n.t('Done'),
    description: tags.length === 0 ? '' : l10n.t('{0} tags', tags.length),
    active: true,
    choose: answering<Answers>({ tags }),
  };
  const there = tags.map((tag): Row<Answers> => {
    const others = tags.filter((other) => other !== tag);
    return {
      label: `${shorten(tag.key)} = ${shorten(tag.value)}`,
      description: l10n.t('Choose to change'),
      heading: l10n.t('Tags'),
      choose: stay(editor, { tags: others, editing: tag }, `${tag.key}=${tag.value}`),
      buttons: [{ icon: 'trash', tooltip: l10n.t('Remove'), choose: stay(editor, { tags: others }, '') }],
    };
  });
  return [done, ...there, ...proposedKeys(editor)];
}

/** For the beginning of a key. */
function keyRows(editor: TagEditor, text: string): readonly Row<Answers>[] {
  const key = text.trim();
  const problem = tagKeyRule(text) ?? (editor.tags.some((tag) => tag.key === key) ? takenKey(key) : undefined);
  if (problem !== undefined) return [problemRow(problem)];
  const add: Row<Answers> = {
    icon: 'add',
    label: l10n.t('Add a tag with the key "{0}"', shorten(key)),
    pinned: true,
    choose: withKey(editor, key),
  };
  return [add, ...proposedKeys(editor)];
}

function proposedKeys(editor: TagEditor): readonly Row<Answers>[] {
  return editor.keys
    .filter((candidate) => !editor.tags.some((tag) => tag.key === candidate))
    .map((key) => ({
      label: shorten(key),
      description: l10n.t('Key used in this account'),
      heading: l10n.t('Add'),
      choose: withKey(editor, key),
    }));
}

/** For `key=` and what follows: the tag as typed, or why not, and the values that begin like it. */
function valueRows(
  editor: TagEditor,
  text: string,
  typed: { tag: Tag } | { problem: string },
): readonly Row<Answers>[] {
  const add = ({ key, value }: Tag, note: string): Row<Answers> => ({
    icon: 'add',
    label: l10n.t('Add {0} = {1}', shorten(key), shorten(value)),
    description: note,
    pinned: true,
    choose: stay(editor, { tags: [...editor.tags, { key, value }] }, ''),
  });
  const key = text.slice(0, text.indexOf('=')).trim();
  const begun = text.slice(text.indexOf('=') + 1).trim();
  const taken = editor.tags.some((tag) => tag.key === key);
  const proposals = taken ? [] : editor.values.filter((value) => value.startsWith(begun) && value !== begun);
  return [
    'problem' in typed ? problemRow(typed.problem) : add(typed.tag, ''),
    ...proposals.map((value) => add({ key, value }, l10n.t('Value used in this account'))),
  ];
}

export function tagQuestion(catalog: Pick<Catalog, 'tagKeys' | 'tagValues'>): Question<Answers> {
  return {
    key: 'tags',
    title: l10n.t('Tags'),
    holds: (answers) => answers.tags !== undefined,
    prompt: (answers) => {
      const region = answers.region ?? '';
      const editor = (keys: readonly string[]): TagEditor => ({
        tags: answers.tags ?? [],
        keys,
        valuesOf: (key, signal) => catalog.tagValues(region, key, signal),
        values: [],
        editing: undefined,
      });
      return {
        kind: 'pick',
        placeholder: l10n.t('Type key=value to add a tag, or press Enter to go on'),
        source: {
          load: async (signal) => tagRows(editor(await catalog.tagKeys(region, signal))),
          // The keys are only proposals: without them everything still works, so there is nothing to retry.
          failed: () => tagRows(editor([])),
        },
      };
    },
  };
}
