import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** The folder of package.json. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

const { resolve } = createRequire(import.meta.url);

/** The script behind a command that a development dependency brings, to be run by Node on any system. */
export function toolScript(packageName: string, command: string): string {
  const manifest = join(projectRoot, 'node_modules', packageName, 'package.json');
  const { bin } = z
    .object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) })
    .parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const script = typeof bin === 'string' ? bin : bin[command];
  if (script === undefined) throw new Error(`${packageName} brings no command ${command}`);
  return resolve(join(dirname(manifest), script));
}

/** How a program ended, and everything it wrote. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs a program with the Node that runs this one.
 * @param show called with each piece of output as it comes
 * @param environment added to that of this program
 * @returns when it has ended; a signal counts as code 1
 */
export function runNode(
  args: readonly string[],
  show: (text: string) => void = () => undefined,
  environment: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  return new Promise((done, fail) => {
    const env = { ...process.env, ...environment };
    const child = spawn(process.execPath, args, { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        show(text);
      });
    }
    child.once('error', fail);
    child.once('close', (code) => {
      done({ code: code ?? 1, output });
    });
  });
}

/** `1.2 s` since then. @param start as `performance.now()` gave it */
export function secondsSince(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
