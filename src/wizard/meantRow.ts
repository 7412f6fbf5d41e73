import type { Row } from './question.ts';

/**
 * The row that Enter means while the editor has not told yet which of the newest rows has the focus: the one that had
 * it, if it is still there for what stands in the box, else the first that is. The editor hides all others, and a
 * person who types fast must not choose what is hidden.
 *
 * @param told label of the row that had the focus when the editor last said so
 */
export function meantRow<A>(rows: readonly Row<A>[], text: string, told: string | undefined): Row<A> | undefined {
  const typed = text.trim().toLowerCase();
  const isShown = ({ pinned, label, description = '', detail = '' }: Row<A>): boolean =>
    pinned === true || [label, description, detail].some((part) => part.toLowerCase().includes(typed));
  const shown = rows.filter(isShown);
  return shown.find(({ label }) => label === told) ?? shown[0];
}
