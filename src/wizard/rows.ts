import * as l10n from '@vscode/l10n';
import type { Rule } from '../domain/createPlan.ts';
import { showInvisible } from '../domain/invisible.ts';
import { redact } from '../domain/redaction.ts';
import type { Choice, Row, RowSource } from './question.ts';

/** Long text is cut in rows, never in answers. */
export function shorten(text: string, most = 60): string {
  const visible = redact(showInvisible(text));
  return visible.length <= most ? visible : `${visible.slice(0, most - 1)}…`;
}

/** A row that answers with these values. */
export function answering<A>(values: Partial<A>): Choice<A> {
  return { kind: 'reply', reply: { kind: 'answer', values } };
}

/** A row that only says something; choosing it does nothing. */
export function saying<A>(row: Omit<Row<A>, 'choose'>): Row<A> {
  return { ...row, choose: { kind: 'nothing' } };
}

/** How a text becomes an answer: its rule, and what it answers with. */
export interface Typed<A> {
  readonly rule: Rule;
  values(text: string): Partial<A>;
}

/**
 * Adds one row for what is typed, when it is not among the rows already: usable, or with the reason why not.
 * The list stays open to values that no document names.
 */
export function alsoTyped<A>(rows: RowSource<A>, typed: Typed<A>): RowSource<A> {
  return (text) => {
    const listed = rows(text);
    const value = text.trim();
    if (text === '' || listed.some((row) => row.label === value)) return listed;
    const problem = typed.rule(text);
    if (problem === undefined) {
      return [
        ...listed,
        { label: l10n.t('Use "{0}"', shorten(value)), pinned: true, choose: answering(typed.values(value)) },
      ];
    }
    // While a typed text still narrows the list, a complaint about it would be noise.
    const narrows = listed.some((row) => row.label.includes(value) || (row.description ?? '').includes(value));
    return narrows && value !== '' ? listed : [problemRow(problem), ...listed];
  };
}

/** A row that says what is wrong; choosing it does nothing. */
export function problemRow<A>(problem: string): Row<A> {
  return { icon: 'error', label: problem, pinned: true, choose: { kind: 'nothing' } };
}

/** The given values first, in their order; the rest after them. */
export function recentFirst<T>(items: readonly T[], recent: readonly string[], valueOf: (item: T) => string): T[] {
  const rank = (item: T): number => {
    const at = recent.indexOf(valueOf(item));
    return at < 0 ? recent.length : at;
  };
  return items
    .map((item, index) => ({ item, index }))
    .sort((a, b) => rank(a.item) - rank(b.item) || a.index - b.index)
    .map(({ item }) => item);
}
