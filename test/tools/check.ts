/**
 * `npm run check`: everything that can be said about the source without running it, fast things first.
 * Every step runs, whatever the others found; the exit code is 1 when one of them found something.
 */
import { inspectBundles } from './bundles.ts';
import { runNode, secondsSince, toolScript } from './process.ts';

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

const steps: readonly { readonly name: string; readonly run: () => Promise<Finding>; readonly talks?: true }[] = [
  { name: 'bundles', run: bundles, talks: true },
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
