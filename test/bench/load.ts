/**
 * `npm run load [-- --seconds 600 --windows 10 --json]`: ten windows over one storage folder, ten thousand instances, a
 * thousand pending operations, a refresh every second. Prints memory, stalls of the event loop and requests, and looks
 * for what was lost. The exit code is 1 for something lost, a rate above the documented one, or memory that goes on
 * growing; never for a time.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { encodeOperation } from '../../src/instances/storedOperation.ts';
import { fromServer, fromWindow } from './load/messages.ts';
import type { WindowReport } from './load/messages.ts';
import { findLost } from './load/lost.ts';
import { inLines, problemsOf } from './load/report.ts';
import { instances, pending, pendingOperation } from './load/world.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    windows: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const windows = Number(values.windows);
if (!(seconds >= 5 && windows >= 1)) throw new Error('--seconds takes 5 and more, --windows 1 and more.');
const warmUp = Math.min(120, seconds / 4);
const between = Math.max(2, seconds / 40);

for (const name of ['http_proxy', 'HTTP_PROXY']) Reflect.deleteProperty(process.env, name);

const children = new Set<ChildProcess>();

function start(file: string, args: readonly string[], nodeOptions: readonly string[] = []): ChildProcess {
  const child = fork(fileURLToPath(new URL(`load/${file}`, import.meta.url)), args, { execArgv: [...nodeOptions] });
  children.add(child);
  return child;
}

/** The next message of a child. Rejects when the child ends instead. */
function next<T>(child: ChildProcess, schema: z.ZodType<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => {
      reject(new Error(`A process of the load test ended with ${String(code)}.`));
    };
    child.once('exit', ended);
    child.once('message', (message: unknown) => {
      child.off('exit', ended);
      resolve(schema.parse(message));
    });
  });
}

const say = (text: string): void => {
  if (!values.json) console.log(text);
};

const folder = await mkdtemp(join(tmpdir(), 'load-'));
const busyBefore = loadavg();
try {
  await mkdir(join(folder, 'operations'));
  for (let at = 0; at < pending; at += 1) {
    const operation = pendingOperation(at, Date.now());
    await writeFile(join(folder, 'operations', `${operation.id}.json`), JSON.stringify(encodeOperation(operation)));
  }
  const server = start('server.ts', []);
  const listening = await next(server, fromServer);
  if (listening.kind !== 'listening') throw new Error('The server does not listen.');
  const made = Array.from({ length: windows }, (_, at) =>
    start('window.ts', [String(at), folder, listening.origin], ['--expose-gc']),
  );
  await Promise.all(made.map((window) => next(window, fromWindow)));
  say(`${String(windows)} windows are open; working for ${String(seconds)} s.`);
  for (const window of made) window.send({ warmUp, between });
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const reporting = made.map((window) => next(window, fromWindow));
  for (const window of made) window.send('stop');
  const reports = (await Promise.all(reporting)).filter((one): one is WindowReport => one.kind === 'report');
  const counting = next(server, fromServer);
  server.send('rates');
  const counted = await counting;
  const rates = counted.kind === 'rates' ? counted.rates : {};
  const lost = await findLost(folder, reports);

  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    load: { before: busyBefore, after: loadavg() },
  };
  const outcome = { seconds, warmUp, instances, pending, machine, reports, rates, lost };
  const problems = problemsOf(outcome);
  const text = JSON.stringify({ ...outcome, problems }, undefined, 2);
  await mkdir('out', { recursive: true });
  await writeFile(join('out', 'load.json'), text);
  console.log(values.json ? text : inLines(outcome, problems).join('\n'));
  if (problems.length > 0) process.exitCode = 1;
} finally {
  for (const child of children) if (child.connected) child.disconnect();
  await rm(folder, { recursive: true, force: true });
}
