/** One page of a list. `total` is absent when the service did not say. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number | undefined;
}

/** More pages than any account has; a service that goes on beyond this is not believed. */
const mostPages = 1_000;

/**
 * Reads pages by offset until the total is reached or a page brings nothing. A page may be shorter than was asked for.
 * Rows are told apart by `keyOf`: one that moved to a later page while the pages were read counts once, and a page
 * without a new row ends the reading, so that a service that ignores the offset cannot keep it going.
 */
export async function readPages<T>(
  read: (offset: number) => Promise<Page<T>>,
  keyOf: (row: T) => string,
): Promise<T[]> {
  const known = new Map<string, T>();
  let offset = 0;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { rows, total } = await read(offset);
    const before = known.size;
    for (const row of rows) known.set(keyOf(row), row);
    offset += rows.length;
    if (known.size === before || (total !== undefined && offset >= total)) break;
  }
  return [...known.values()];
}

/** Reads pages by token until the token is empty or comes again. */
export async function readTokenPages<T>(
  read: (token: string) => Promise<{ readonly rows: readonly T[]; readonly next: string }>,
): Promise<T[]> {
  const rows: T[] = [];
  const seen = new Set<string>();
  for (let token = ''; !seen.has(token) && seen.size < mostPages;) {
    seen.add(token);
    const page = await read(token);
    rows.push(...page.rows);
    if (page.next === '') break;
    token = page.next;
  }
  return rows;
}
