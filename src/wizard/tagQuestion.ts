import * as l10n from '@vscode/l10n';
import { tagKeyRule, tagValueRule } from '../domain/createPlan.ts';
import type { Tag } from '../domain/tag.ts';
import type { Answers } from './answers.ts';
import type { Question, Row, RowSource } from './question.ts';
import { answering, problemRow, shorten } from './rows.ts';

/** What the account already uses, to propose. */
export interface KnownTags {
  keys(region: string, signal: AbortSignal): Promise<string[]>;
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

/** Rows of the tag editor: done first, then the tags, then proposals of keys; `key=value` typed adds one. */
export function tagRows(tags: readonly Tag[], knownKeys: readonly string[], editing?: Tag): RowSource<Answers> {
  const stay = (next: readonly Tag[], text = '', edits?: Tag) =>
    ({ kind: 'stay', rows: tagRows(next, knownKeys, edits), text }) as const;

  return (text) => {
    // A tag whose change is abandoned by emptying the box is as it was.
    if (editing !== undefined && text.trim() === '') return tagRows([...tags, editing], knownKeys)('');
    const rows: Row<Answers>[] = [];
    const typed = parseTag(text, tags);
    if (typed !== undefined) {
      rows.push(
        'problem' in typed
          ? problemRow(typed.problem)
          : {
              label: `$(add) ${l10n.t('Add {0} = {1}', shorten(typed.tag.key), shorten(typed.tag.value))}`,
              pinned: true,
              active: true,
              choose: stay([...tags, typed.tag]),
            },
      );
      return rows;
    }
    const key = text.trim();
    if (key !== '') {
      const problem = tagKeyRule(text) ?? (tags.some((tag) => tag.key === key) ? takenKey(key) : undefined);
      rows.push(
        problem === undefined
          ? {
              label: `$(add) ${l10n.t('Add a tag with the key "{0}"', shorten(key))}`,
              pinned: true,
              choose: stay(tags, `${key}=`),
            }
          : problemRow(problem),
      );
    } else {
      rows.push({
        label: tags.length === 0 ? `$(arrow-right) ${l10n.t('No tags')}` : `$(check) ${l10n.t('Done')}`,
        description: tags.length === 0 ? '' : l10n.t('{0} tags', tags.length),
        active: true,
        choose: answering<Answers>({ tags }),
      });
    }
    for (const tag of tags) {
      const others = tags.filter((other) => other !== tag);
      rows.push({
        label: `${shorten(tag.key)} = ${shorten(tag.value)}`,
        description: l10n.t('Choose to change'),
        heading: l10n.t('Tags'),
        choose: stay(others, `${tag.key}=${tag.value}`, tag),
        buttons: [{ icon: 'trash', tooltip: l10n.t('Remove'), choose: stay(others) }],
      });
    }
    for (const known of knownKeys.filter((candidate) => !tags.some((tag) => tag.key === candidate))) {
      rows.push({
        label: shorten(known),
        description: l10n.t('Key used in this account'),
        heading: l10n.t('Add'),
        choose: stay(tags, `${known}=`),
      });
    }
    return rows;
  };
}

export function tagQuestion(known: KnownTags): Question<Answers> {
  return {
    key: 'tags',
    title: l10n.t('Tags'),
    holds: (answers) => answers.tags !== undefined,
    prompt: (answers) => ({
      kind: 'pick',
      placeholder: l10n.t('Type key=value to add a tag, or press Enter to go on'),
      source: {
        load: async (signal) => tagRows(answers.tags ?? [], await known.keys(answers.region ?? '', signal)),
        // The keys are only proposals: without them everything still works, so there is nothing to retry.
        failed: () => tagRows(answers.tags ?? [], []),
      },
    }),
  };
}
