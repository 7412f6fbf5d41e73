import { realpathSync } from 'node:fs';
import { keep } from './keeper.ts';
import { help, parseOptions } from './options.ts';
import { startSimulator } from './simulator.ts';
import { UsageError } from './usageError.ts';

/** The command line: one line on stdout when ready, warnings on stderr, exit code 2 for what cannot be done. */
async function main(): Promise<void> {
  const [, script = '', ...args] = process.argv;
  if (args.length === 1 && args[0] === '--keeper') {
    await keep(process.stdin);
    return;
  }
  const options = parseOptions(args);
  if (options === undefined) {
    process.stdout.write(help);
    return;
  }
  const ending = endOf(options.parentPipe);
  const simulator = await startSimulator(options, realpathSync(script), warn);
  const [{ secretId, secretKey }] = options.keys;
  process.stdout.write(`${JSON.stringify({ endpoint: simulator.endpoint, secretId, secretKey })}\n`);
  await ending;
  await simulator.end();
}

/** Resolves when the simulator is to end: by a signal, or with its parent. */
function endOf(parentPipe: boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
    // Nobody is left to read the ready line: then nobody is left to end us either.
    process.stdout.on('error', end);
    if (!parentPipe) return;
    process.stdin.on('end', end).on('error', end).resume();
  });
}

function warn(message: string): void {
  process.stderr.write(`simulator: ${message}\n`);
}

main().then(
  () => {
    process.exit();
  },
  (error: unknown) => {
    if (error instanceof UsageError) warn(error.message);
    else warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = error instanceof UsageError ? 2 : 1;
    process.exit();
  },
);
