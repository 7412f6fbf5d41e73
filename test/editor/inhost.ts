/**
 * Runs the in-host suite in every editor that opens here, and says of each other one why not.
 * `TENCENTDB_POSTGRES_EDITOR` set to `desktop` or `server` runs that one only.
 */
import assert from 'node:assert/strict';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startBrowser } from '../support/editor/browser.ts';
import { startCodeServer } from '../support/editor/codeServer.ts';
import { editions } from '../support/editor/codeServerInstall.ts';
import { findDesktop, runDesktop, type DesktopProgram } from '../support/editor/desktop.ts';
import { resultsSchema, resultsVariable, type Results } from './inhost/results.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const out = join(projectRoot, 'out/inhost');
const suite = join(out, 'suite.cjs');

async function bundleSuite(): Promise<void> {
  await mkdir(out, { recursive: true });
  await build({
    entryPoints: [join(projectRoot, 'test/editor/inhost/suite.ts')],
    outfile: suite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
}

/** Resolves with what the suite wrote, once `open` has run it. */
async function results(door: string, open: (env: NodeJS.ProcessEnv) => Promise<number>): Promise<Results> {
  const file = join(out, `${door}.json`);
  await rm(file, { force: true });
  const code = await open({ [resultsVariable]: file });
  assert.equal(code, 0, `the extension host ended with ${String(code)}`);
  return resultsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

async function throughServer(env: NodeJS.ProcessEnv): Promise<number> {
  const say = console.error;
  const server = await startCodeServer({ edition: 'current', subject: { developmentPath: projectRoot }, env, say });
  try {
    const browser = await startBrowser(say);
    try {
      await browser.open(server.address({ testsPath: suite }));
      return await server.extensionHostEnd();
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

const throughDesktop = (program: DesktopProgram) => (env: NodeJS.ProcessEnv) =>
  runDesktop(program, { developmentPath: projectRoot, testsPath: suite, env });

function runDoor(door: string, name: string, open: (env: NodeJS.ProcessEnv) => Promise<number>): void {
  void test(`in ${name}`, { timeout: 180_000 }, async (t) => {
    for (const { name: sentence, failure } of await results(door, open)) {
      await t.test(sentence, () => {
        if (failure !== undefined) assert.fail(failure);
      });
    }
  });
}

await bundleSuite();

const forced = process.env['TENCENTDB_POSTGRES_EDITOR'];
if (forced !== 'server') {
  const desktop = await findDesktop(false);
  const name = 'desktop VS Code (door: desktop)';
  if (!('reason' in desktop)) runDoor('desktop', name, throughDesktop(desktop));
  else if (forced === 'desktop') void test(`in ${name}`, () => assert.fail(desktop.reason));
  else void test(`in ${name}`, { skip: desktop.reason });
}
if (forced !== 'desktop') {
  const { codeServer, vscode } = editions.current;
  runDoor('server', `code-server ${codeServer}, VS Code ${vscode} (door: server)`, throughServer);
}
