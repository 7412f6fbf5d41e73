/**
 * `npm run coverage`: the unit tests in one process, with Node's own coverage. Prints for each guarded folder the share
 * of its branches that was taken, and which of its files lack some; the exit code is 1 when a folder is below the bar
 * or a test failed.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBranches, share, under } from './branches.ts';
import { projectRoot, runNode } from './process.ts';

/** Of each folder at least this share of the branches, in percent. */
const bar = 95;

const guarded = ['src/domain/', 'src/api/', 'src/instances/', 'src/wizard/engine.ts'];

const folder = join(projectRoot, 'out');
mkdirSync(folder, { recursive: true });
const report = join(folder, 'coverage.lcov');

const { code, output } = await runNode([
  '--test',
  '--test-isolation=none',
  '--experimental-test-coverage',
  ...guarded.map((path) => `--test-coverage-include=${path.endsWith('/') ? `${path}**` : path}`),
  '--test-reporter=dot',
  '--test-reporter-destination=stdout',
  '--test-reporter=lcov',
  `--test-reporter-destination=${report}`,
  'test/unit/**/*.test.ts',
]);
if (code !== 0) console.log(output);

const files = readBranches(readFileSync(report, 'utf8'));
const percent = (value: number) => `${value.toFixed(1)} %`;
const folders = guarded.map((path) => ({ path, branches: under(path, files) }));
for (const { path, branches } of folders) {
  console.log(`${path}: ${percent(share(branches))} of ${String(branches.found)} branches`);
  for (const [file, own] of files) {
    if (file.startsWith(path) && own.taken < own.found)
      console.log(`  ${file}: ${percent(share(own))}, not taken from line ${own.missed.join(', ')}`);
  }
}

// A folder of which nothing was measured has not been looked at.
const low = folders.filter(({ branches }) => branches.found === 0 || share(branches) < bar);
console.log(
  low.length === 0 ? `Each is at ${String(bar)} % or above.` : `Below: ${low.map(({ path }) => path).join(', ')}.`,
);
process.exitCode = code === 0 && low.length === 0 ? 0 : 1;
