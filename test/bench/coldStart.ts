import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { measurement } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import { interleave } from './rounds.ts';

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

/** Any name of it is a class, a function and a namespace at once: enough for a bundle to be loaded with it. */
const editorStandIn = `
const any = new Proxy(class {}, {
  get: (target, key) => (key === 'prototype' ? target.prototype : typeof key === 'symbol' ? undefined : any),
  apply: () => any,
});
module.exports = Object.setPrototypeOf({ __esModule: true }, any);
`;

/** Times one `require`. What an extension host has long loaded when an extension comes is loaded before that. */
const loads = `
for (const name of ['child_process', 'crypto', 'fs/promises', 'net', 'readline', 'timers/promises', 'util']) require(name);
const start = performance.now();
require(process.argv[1]);
console.log(performance.now() - start);
`;

/** Runs a new Node. @returns the number that it prints */
function printed(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', fail);
    child.once('close', (code) => {
      const value = Number.parseFloat(output);
      if (code === 0 && Number.isFinite(value)) done(value);
      else fail(new Error(`node ${args.join(' ')} ended with ${String(code)} and printed "${output}"`));
    });
  });
}

/** The activation bundle in a new process, beside an extension that holds nothing. */
export async function benchActivation(): Promise<Measurement> {
  await mkdir(path('out/bench/modules/vscode'), { recursive: true });
  await writeFile(path('out/bench/modules/vscode/package.json'), '{ "main": "index.cjs" }');
  await writeFile(path('out/bench/modules/vscode/index.cjs'), editorStandIn);
  await writeFile(path('out/bench/empty.cjs'), "require('vscode');\nexports.activate = () => {};\n");
  const load = (file: string) => () => printed(['-e', loads, path(file)], { NODE_PATH: path('out/bench/modules') });

  const series = await interleave(21, [
    { name: 'ours', run: load('dist/extension.cjs') },
    { name: 'an empty extension', run: load('out/bench/empty.cjs') },
  ]);
  return measurement('Cold load of the activation bundle', 'ms', series, [
    { of: 'ours', to: 'an empty extension', how: 'difference', target: { kind: 'at most', limit: 10 } },
  ]);
}

/** From loading the client to the first answer, in a new process each time. */
export async function benchFirstCall(origin: string): Promise<Measurement> {
  const call = (client: string) => () => printed([path('test/bench/firstCall.ts'), client, origin]);
  const series = await interleave(11, [
    { name: 'ours', run: call('ours') },
    { name: 'official SDK', run: call('sdk') },
  ]);
  return measurement('First call in a new process, loading included', 'ms', series, [
    { of: 'official SDK', to: 'ours', how: 'ratio' },
  ]);
}
