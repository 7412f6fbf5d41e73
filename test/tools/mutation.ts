/**
 * `npm run mutation [-- FILES...]`: changes the source in one place at a time and looks whether a unit test notices.
 * Prints the share that was noticed for each folder, and what was not; the exit code is 1 when the share of the whole
 * is below the bar. FILES are patterns, as `src/domain/secret.ts`. What was noticed before is only tried again when it or
 * a test of it has changed (`out/mutation/tried.json`; `--force` tries all).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import type { MutantResult } from '@stryker-mutator/api/core';
import { scores } from './mutation/scores.ts';
import { noticedOnly } from './mutation/tried.ts';

/** At least this share of the mutants is to be noticed, in percent. */
const bar = 85;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { force: { type: 'boolean', default: false }, concurrency: { type: 'string', default: '2' } },
});
const everything = ['src/{domain,api,instances}/**/*.ts', 'src/wizard/engine.ts', '!**/*.d.ts'];

const tried = 'out/mutation/tried.json';
const isTried = (path: string) => positionals.length === 0 || positionals.some((pattern) => matchesGlob(path, pattern));
if (existsSync(tried)) writeFileSync(tried, noticedOnly(readFileSync(tried, 'utf8'), isTried));

const results: readonly MutantResult[] = await new Stryker({
  mutate: positionals.length > 0 ? positionals : everything,
  testRunner: 'loaded',
  plugins: [new URL('mutation/plugins.ts', import.meta.url).href],
  ignorers: ['words'],
  coverageAnalysis: 'perTest',
  concurrency: Number(values.concurrency),
  // Copies of modules are not given back; a process that has made many is replaced.
  maxTestRunnerReuse: 400,
  disableTypeChecks: false,
  timeoutMS: 5_000,
  timeoutFactor: 1.5,
  ignorePatterns: ['/dist', '/out', '/media', '*.vsix', '/test/editor', '/test/bench'],
  tempDirName: 'out/mutation/sandboxes',
  incremental: true,
  force: values.force,
  incrementalFile: tried,
  reporters: ['html', 'json', 'progress-append-only'],
  htmlReporter: { fileName: 'out/mutation/report.html' },
  jsonReporter: { fileName: 'out/mutation/report.json' },
  allowConsoleColors: false,
}).runMutationTest();

const { lines, share } = scores(results);
console.log(lines.join('\n'));
process.exitCode = share >= bar ? 0 : 1;
