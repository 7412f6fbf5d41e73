/**
 * `npm run check`: everything that can be said about the source without running it, fast things first.
 * Every step runs, whatever the others found; the exit code is 1 when one of them found something.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleRules, inspectBundles, readMetafile } from './bundles.ts';
import {
  licenceProblems,
  lockProblems,
  parseLock,
  parseManifest,
  pinProblems,
  readAdvisories,
  scriptProblems,
  shippedPaths,
  shippedProblems,
} from './dependencies.ts';
import { projectRoot, runNode, secondsSince, toolScript } from './process.ts';

interface Finding {
  readonly ok: boolean;
  readonly output: string;
}

const tool = (packageName: string, command: string, args: readonly string[]) => async (): Promise<Finding> => {
  const { code, output } = await runNode([toolScript(packageName, command), ...args]);
  return { ok: code === 0, output };
};

async function bundles(): Promise<Finding> {
  const built = await runNode(['esbuild.mjs', '--production']);
  if (built.code !== 0) return { ok: false, output: built.output };
  const { lines, problems } = await inspectBundles();
  return { ok: problems.length === 0, output: [...lines, ...problems].join('\n') };
}

/** Needs the metafiles of the bundles. */
async function dependencies(): Promise<Finding> {
  const read = (name: string): Promise<string> => readFile(join(projectRoot, name), 'utf8');
  const lock = parseLock(await read('package-lock.json'));
  const manifest = parseManifest(await read('package.json'));
  const shipped = shippedPaths(await Promise.all(bundleRules.map(({ name }) => readMetafile(name))));
  const advisories = readAdvisories(await audit(), shipped);
  const problems = [
    ...pinProblems(manifest),
    ...lockProblems(lock),
    ...shippedProblems(lock, shipped),
    ...licenceProblems(lock, shipped),
    ...scriptProblems(lock, manifest),
    ...advisories.problems,
  ];
  const count = Object.keys(lock.packages).length - 1;
  const summary = `${String(shipped.length)} packages in the bundles, ${String(count)} locked`;
  return { ok: problems.length === 0, output: [summary, ...advisories.notes, ...problems].join('\n') };
}

/** What `npm audit` answers; empty when this was not started by npm. */
async function audit(): Promise<string> {
  const npm = process.env['npm_execpath'];
  if (npm === undefined) return '';
  // Nobody waits for a registry that is not there, and on stderr npm only repeats what it answers.
  const patience = ['--fetch-retries=0', '--fetch-timeout=20000', '--loglevel=silent'];
  return (await runNode([npm, 'audit', '--json', '--package-lock-only', ...patience])).output;
}

const steps: readonly { readonly name: string; readonly run: () => Promise<Finding>; readonly talks?: true }[] = [
  { name: 'bundles', run: bundles, talks: true },
  { name: 'dependencies', run: dependencies, talks: true },
  { name: 'imports', run: tool('dependency-cruiser', 'depcruise', ['src', 'test']) },
  { name: 'knip', run: tool('knip', 'knip', ['--no-progress']) },
  { name: 'prettier', run: tool('prettier', 'prettier', ['--check', '--log-level=warn', '.']) },
  { name: 'types', run: tool('typescript', 'tsc', ['--noEmit', '--pretty', 'false']) },
  { name: 'eslint', run: tool('eslint', 'eslint', ['--max-warnings=0', '.']) },
];

const failed: string[] = [];
for (const { name, run, talks } of steps) {
  const start = performance.now();
  const { ok, output } = await run();
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${secondsSince(start)})`);
  if ((!ok || talks === true) && output.trim() !== '') console.log(output.trimEnd().replaceAll(/^/gm, '     '));
  if (!ok) failed.push(name);
}

console.log(failed.length === 0 ? 'Everything is in order.' : `To be mended: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
