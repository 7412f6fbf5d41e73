import * as l10n from '@vscode/l10n';
import type { Explain } from '../domain/explanation.ts';
import { plainText } from '../domain/plainText.ts';
import type { Position, Reply } from '../wizard/engine.ts';
import type { Question, Row, RowsToLoad } from '../wizard/question.ts';

/** Puts one question to the person. */
export type AskFor<A> = (
  heading: string,
  question: Question<A>,
  answers: Partial<A>,
  position: Position,
) => Promise<Reply<A>>;

/**
 * Rows that come from the service; the reason and a retry where they do not.
 * @param none what is said when there are no rows
 */
export function fromService<A>(
  explain: Explain,
  none: string,
  load: (signal: AbortSignal) => Promise<readonly Row<A>[]>,
): RowsToLoad<A> {
  return {
    async load(signal) {
      const rows = await load(signal);
      const shown: readonly Row<A>[] = rows.length === 0 ? [{ label: none, choose: { kind: 'nothing' } }] : rows;
      return () => shown;
    },
    failed(error) {
      const { meaning, serviceWords } = explain(error);
      return () => [
        {
          icon: 'error',
          label: meaning,
          ...(serviceWords === undefined ? {} : { detail: plainText(serviceWords) }),
          pinned: true,
          choose: { kind: 'nothing' },
        },
        { icon: 'refresh', label: l10n.t('Retry'), pinned: true, active: true, choose: { kind: 'reload' } },
      ];
    },
  };
}

/** One line of what is about to be sent; choosing it leads back to its question. */
export interface ReviewLine {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/** The last question: what will be done, line by line. Nothing is sent before its first row is chosen. */
export function sendQuestion<A>(options: {
  readonly title: string;
  /** What choosing the first row does. */
  readonly action: string;
  readonly detail?: string;
  lines(answers: Partial<A>): readonly ReviewLine[];
}): Question<A> {
  const { title, action, detail, lines } = options;
  return {
    key: 'send',
    title,
    holds: () => false,
    prompt: (answers) => ({
      kind: 'pick',
      placeholder: l10n.t('Nothing has been sent so far. Choose a line to change it.'),
      source: {
        rows: () => [
          {
            icon: 'cloud-upload',
            label: action,
            ...(detail === undefined ? {} : { detail }),
            active: true,
            choose: { kind: 'reply', reply: { kind: 'finish' } },
          },
          ...lines(answers).map(lineRow<A>),
        ],
      },
    }),
  };
}

export function lineRow<A>({ key, label, value }: ReviewLine): Row<A> {
  return {
    label,
    description: plainText(value),
    heading: l10n.t('What will be sent'),
    choose: { kind: 'reply', reply: { kind: 'revisit', key } },
  };
}
