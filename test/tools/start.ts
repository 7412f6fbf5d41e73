/**
 * `npm start`: the extension in a real editor, with a local simulator of the service beside it. The desktop editor where
 * there is a display and it can be downloaded, else an editor served to the browser. Ctrl+C ends everything.
 *
 * `npm start -- --headless`: walks the way from the palette to a PostgreSQL that answers by itself, in Chromium; prints
 * one JSON line and exits with 0 only if it answered.
 */
import { parseArgs } from 'node:util';
import { createFirstInstance } from '../editor/firstInstance.ts';
import { startSimulator, type RunningSimulator } from '../simulator/support.ts';
import { startBrowser } from '../support/editor/browser.ts';
import { startCodeServer, type CodeServer } from '../support/editor/codeServer.ts';
import { findDesktop, runDesktop } from '../support/editor/desktop.ts';
import { openProduct } from '../support/editor/product.ts';
import { runProgram } from '../support/editor/programs.ts';
import { projectRoot } from './process.ts';

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Resolves when the person, or whoever started this, wants it to end. */
function endWanted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
}

/** What tells the extension where the simulator is, so that the sign-in offers it. */
function environment({ endpoint, secretId, secretKey }: RunningSimulator): NodeJS.ProcessEnv {
  return { TENCENTDB_POSTGRES_SIMULATOR: JSON.stringify({ endpoint, secretId, secretKey }) };
}

async function startServer(env: NodeJS.ProcessEnv): Promise<CodeServer> {
  const settings = { 'tencentdbPostgres.poll.interval': 1 };
  return startCodeServer({ edition: 'current', subject: { folder: projectRoot }, settings, env, say });
}

async function headless(simulator: RunningSimulator, started: number, ending: Promise<void>): Promise<void> {
  const server = await startServer(environment(simulator));
  try {
    const browser = await startBrowser(say);
    // Whatever is under way in the browser fails then, and everything is taken down as it is after any failure.
    void ending.then(() => browser.close());
    try {
      say('opening the editor');
      const product = await openProduct(await browser.open(server.address()));
      const { screenshots, ...found } = await createFirstInstance(product, 'first-instance', say);
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      process.stdout.write(`${JSON.stringify({ ...found, seconds, screenshots })}\n`);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

async function visible(simulator: RunningSimulator, ending: Promise<void>): Promise<void> {
  const env = environment(simulator);
  const desktop =
    process.env['TENCENTDB_POSTGRES_EDITOR'] === 'server' ? { reason: 'not wanted' } : await findDesktop(true);
  if (!('reason' in desktop)) {
    say('opening VS Code; close it or press Ctrl+C to end');
    const stop = new AbortController();
    void ending.then(() => {
      stop.abort();
    });
    await runDesktop(desktop, { developmentPath: projectRoot, env }, stop.signal);
    return;
  }
  say(`no desktop editor: ${desktop.reason}`);
  const server = await startServer(env);
  try {
    say(`\nThe editor is open at ${server.address()}\nPress Ctrl+C to end it.\n`);
    await ending;
  } finally {
    await server.stop();
  }
}

const started = performance.now();
const { values } = parseArgs({ options: { headless: { type: 'boolean', default: false } } });
say('building the extension');
await runProgram(process.execPath, ['esbuild.mjs'], { cwd: projectRoot });
const ending = endWanted();
const simulator = await startSimulator({ pace: 1000 });
try {
  await (values.headless ? headless(simulator, started, ending) : visible(simulator, ending));
} finally {
  await simulator.stop();
}
