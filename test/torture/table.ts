/** What came of all attacks of one fault on one thing. */
export interface Cell {
  readonly row: string;
  readonly column: string;
  /** How many attacks there were. */
  readonly attacks: number;
  /** Why some of them did not pass, one line each. */
  readonly failures: readonly string[];
}

/** What is attacked, and by what. */
export interface Table {
  readonly title: string;
  readonly cells: readonly Cell[];
}

export interface Counts {
  readonly cells: number;
  readonly passed: number;
  readonly failed: number;
}

export function countsOf(tables: readonly Table[]): Counts {
  const all = tables.flatMap(({ cells }) => cells);
  const cells = all.reduce((sum, { attacks }) => sum + attacks, 0);
  const failed = all.reduce((sum, { failures }) => sum + failures.length, 0);
  return { cells, passed: cells - failed, failed };
}

/** `1860 cells, 1860 passed, 0 failed`; an attack that shares a cell with others counts like any other. */
export function countsInWords({ cells, passed, failed }: Counts): string {
  return `${String(cells)} cells, ${String(passed)} passed, ${String(failed)} failed`;
}

/** `pass`, `pass (212)`, or the number of the failure in the list below the table. */
function cellText({ attacks, failures }: Cell, numberOf: (failure: string) => number): string {
  if (failures.length > 0) return `FAILED ${failures.map((failure) => `#${String(numberOf(failure))}`).join(' ')}`;
  return attacks === 1 ? 'pass' : `pass (${String(attacks)})`;
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Of text that may hold anything. */
const escaped = (text: string): string => text.replace(/[|\\]/g, '\\$&').replace(/\s+/g, ' ');

/** A table in Markdown that is readable as it stands, and a numbered list of what failed. */
export function markdownOf({ title, cells }: Table): string {
  const rows = unique(cells.map(({ row }) => row));
  const columns = unique(cells.map(({ column }) => column));
  const failures = cells.flatMap(({ failures: some }) => some);
  const texts = rows.map((row) =>
    columns.map((column) => {
      const cell = cells.find((one) => one.row === row && one.column === column);
      return cell === undefined ? '' : cellText(cell, (failure) => failures.indexOf(failure) + 1);
    }),
  );
  const lines = [['', ...columns], ...rows.map((row, index) => [row, ...(texts[index] ?? [])])].map((line) =>
    line.map(escaped),
  );
  const widths = ['', ...columns].map((_, index) => Math.max(3, ...lines.map((line) => (line[index] ?? '').length)));
  const drawn = lines.map((line) => `| ${line.map((text, index) => text.padEnd(widths[index] ?? 0)).join(' | ')} |`);
  const [head = '', ...body] = drawn;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const list = failures.map((failure, index) => `${String(index + 1)}. ${failure.replace(/\s+/g, ' ')}`);
  return [`## ${title}`, '', head, rule, ...body, ...(list.length === 0 ? [] : ['', ...list]), ''].join('\n');
}
