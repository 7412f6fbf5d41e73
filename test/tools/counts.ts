import { stripVTControlCharacters } from 'node:util';

/** Tests of one or more runs. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const none: Counts = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** Cancelled tests did not pass; tests marked as to do did not count as run. */
const kinds: ReadonlyMap<string, keyof Counts> = new Map([
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['cancelled', 'failed'],
  ['skipped', 'skipped'],
  ['todo', 'skipped'],
]);

/**
 * The counts in the closing lines of node:test (`ℹ pass 12`, or `# pass 12` in TAP); of all of them, where a
 * program ran several suites one after another.
 */
export function readCounts(output: string): Counts {
  let counts = none;
  const lines = stripVTControlCharacters(output).matchAll(/^(?:ℹ|#) ([a-z]+) (\d+)\r?$/gmu);
  for (const [, word = '', number] of lines) {
    const kind = kinds.get(word);
    if (kind !== undefined) counts = { ...counts, [kind]: counts[kind] + Number(number) };
  }
  return counts;
}

/**
 * What a stage counts for. A program that failed without a failed test, or that ran no test at all, is a failure.
 */
export function stageCounts(ended: { readonly code: number; readonly output: string }): Counts {
  const counts = readCounts(ended.output);
  const ran = counts.passed + counts.failed + counts.skipped > 0;
  const silent = counts.failed === 0 && (ended.code !== 0 || !ran);
  return silent ? { ...counts, failed: 1 } : counts;
}

/** `12 passed, 0 failed, 1 skipped` */
export function inWords({ passed, failed, skipped }: Counts): string {
  return `${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`;
}
