import { dirname, relative } from 'node:path';
import type { MutantResult, MutantStatus } from '@stryker-mutator/api/core';

const noticed: readonly MutantStatus[] = ['Killed', 'Timeout'];
const missed: readonly MutantStatus[] = ['Survived', 'NoCoverage'];

const share = (results: readonly MutantResult[]): number => {
  const found = results.filter(({ status }) => noticed.includes(status)).length;
  const lost = results.filter(({ status }) => missed.includes(status)).length;
  return (100 * found) / (found + lost);
};

const counted = (results: readonly MutantResult[]): string => {
  const count = (...statuses: readonly MutantStatus[]) =>
    String(results.filter(({ status }) => statuses.includes(status)).length);
  return `${share(results).toFixed(1)} % (${count('Killed')} killed, ${count('Timeout')} timed out, ${count(
    'Survived',
  )} survived, ${count('NoCoverage')} not reached, ${count('RuntimeError', 'CompileError')} broken, ${count('Ignored')} left alone)`;
};

/** What a run came to, in lines, and the share of all mutants that was noticed, in percent. */
export function scores(results: readonly MutantResult[]): {
  readonly lines: readonly string[];
  readonly share: number;
} {
  const folder = ({ fileName }: MutantResult) => relative('.', dirname(fileName));
  const folders = [...new Set(results.map(folder))].sort();
  const survivors = results.filter(({ status }) => missed.includes(status));
  return {
    lines: [
      ...survivors.map(
        ({ fileName, location: { start }, mutatorName, replacement }) =>
          `${relative('.', fileName)}:${String(start.line)}:${String(start.column)} ${mutatorName} -> ${replacement.replaceAll(/\s+/g, ' ').slice(0, 80)}`,
      ),
      ...folders.map((name) => `${name}: ${counted(results.filter((result) => folder(result) === name))}`),
      `all: ${counted(results)}`,
    ],
    share: share(results),
  };
}
