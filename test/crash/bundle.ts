import { readFile, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import { projectRoot } from '../tools/process.ts';
import type { Site } from './instrument.ts';
import { instrumented } from './instrument.ts';

/** A window that can be killed at any point, as one file that starts quickly. */
export interface WindowProgram {
  readonly script: string;
  /** What Node has compiled of it is kept here. */
  readonly cache: string;
  /** Every point of the sources that are part of it. */
  readonly sites: readonly Site[];
  remove(): Promise<void>;
}

/** Builds it anew, from the sources as they are, in a folder of its own: several runs do not meet. */
export async function buildWindowProgram(): Promise<WindowProgram> {
  const folder = join(projectRoot, 'out', 'crash', String(process.pid));
  const script = join(folder, 'driver.cjs');
  const sites: Site[] = [];
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ['test/crash/driver.ts'],
    outfile: script,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    logLevel: 'warning',
    plugins: [pointsIn(sites)],
    // A CommonJS bundle has no import.meta.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl=require('node:url').pathToFileURL(__filename).href;" },
  });
  return {
    ...{ script, sites },
    cache: join(folder, 'cache'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function pointsIn(sites: Site[]): Plugin {
  return {
    name: 'points',
    setup(hooks) {
      hooks.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, async ({ path }) => {
        const file = relative(projectRoot, path).split(sep).join('/');
        if (!file.startsWith('src/')) return undefined;
        const made = instrumented(await readFile(path, 'utf8'), file, join(projectRoot, 'test/crash/points.ts'));
        sites.push(...made.sites);
        return { contents: made.text, loader: 'ts' };
      });
    },
  };
}
