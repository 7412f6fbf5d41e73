import * as l10n from '@vscode/l10n';
import type { Row, RowSource, RowsToLoad } from './question.ts';
import type { QuestionOptions } from './questionOptions.ts';
import { alsoTyped, type Typed } from './rows.ts';

/** A list from the service between rows that are always there; when it fails, the reason and a retry take its place. */
export function listed<A>(options: {
  readonly trouble: QuestionOptions['trouble'];
  /** How a text that is not listed is taken; absent: it is not. */
  readonly typed?: Typed<A>;
  readonly before?: readonly Row<A>[];
  /** Drawn again each time, so that they can change while they are shown. */
  load(signal: AbortSignal): Promise<() => readonly Row<A>[]>;
  /** What can be done instead when the list is empty or failed. */
  readonly instead?: readonly Row<A>[];
  readonly later?: (changed: () => void, signal: AbortSignal) => Promise<void>;
}): RowsToLoad<A> {
  const { trouble, typed, before = [], load, instead = [], later } = options;
  const open = (rows: () => readonly Row<A>[]): RowSource<A> => (typed === undefined ? rows : alsoTyped(rows, typed));
  return {
    async load(signal) {
      const rows = await load(signal);
      return open(() => {
        const now = rows();
        return [...before, ...now, ...(now.length === 0 ? instead : [])];
      });
    },
    failed(error) {
      const { words, detail, repair } = trouble(error);
      const rows: Row<A>[] = [
        ...before,
        {
          icon: 'error',
          label: words,
          detail,
          heading: l10n.t('The list could not be loaded'),
          pinned: true,
          choose: { kind: 'nothing' },
        },
        {
          icon: 'refresh',
          label: repair?.label ?? l10n.t('Retry'),
          pinned: true,
          active: true,
          choose: repair === undefined ? { kind: 'reload' } : { kind: 'reload', repair: () => repair.run() },
        },
        ...instead,
      ];
      return open(() => rows);
    },
    ...(later === undefined ? {} : { later }),
  };
}
