/**
 * `npm run bench [-- --json]`: how fast it is, beside the official SDK and beside what it is built on.
 * Medians of interleaved rounds; every ratio is the median of the ratios within each round.
 */
import { spawn } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runNode } from '../tools/process.ts';
import { benchActivation, benchFirstCall } from './coldStart.ts';
import { inLines, isMet } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import { benchSigning } from './signing.ts';
import { benchWarmCalls } from './warmCalls.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

// The SDK would send loopback calls through a proxy.
for (const name of ['http_proxy', 'HTTP_PROXY']) Reflect.deleteProperty(process.env, name);

const measurements: Measurement[] = [];
function report(...made: readonly Measurement[]): void {
  measurements.push(...made);
  if (!values.json) for (const each of made) console.log(`${inLines(each).join('\n')}\n`);
}

const built = await runNode(['esbuild.mjs', '--production']);
if (built.code !== 0) {
  console.error(built.output);
  process.exit(1);
}

const server = spawn(process.execPath, [fileURLToPath(new URL('server.ts', import.meta.url))], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
try {
  const origin = await new Promise<string>((ready) => {
    server.stdout.setEncoding('utf8').once('data', (line: string) => {
      ready(line.trim());
    });
  });
  report(await benchSigning());
  report(await benchActivation());
  report(await benchFirstCall(origin));
  report(...(await benchWarmCalls(origin)));
} finally {
  server.stdin.end();
}

const missed = measurements.flatMap(({ comparisons }) => comparisons).filter((each) => isMet(each) === false);
if (values.json) {
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() };
  console.log(JSON.stringify({ machine, measurements, missed: missed.map(({ name }) => name) }));
} else {
  console.log(missed.length === 0 ? 'Every target is met.' : `${String(missed.length)} target(s) missed.`);
}
