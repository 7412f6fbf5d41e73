import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Secret } from '../../../src/domain/secret.ts';
import { createSimulatorProcess } from '../../../src/platform/simulatorProcess.ts';
import { memoryLog } from '../../support/memory.ts';

const folder = await mkdtemp(join(tmpdir(), 'stand-in-'));
after(() => rm(folder, { recursive: true }));

/** Stands in for the simulator: notes that it was started, says where it listens, and ends with its parent's pipe. */
const script = join(folder, 'standIn.cjs');
const starts = join(folder, 'starts');
await writeFile(
  script,
  `const { appendFileSync } = require('node:fs');
  appendFileSync(${JSON.stringify(starts)}, process.argv.slice(2).join(' ') + '\\n');
  const server = require('node:net').createServer().listen(0, '127.0.0.1', () => {
    console.log(JSON.stringify({ endpoint: 'http://127.0.0.1:' + server.address().port, secretId: 'AK', secretKey: 'SK' }));
  });
  process.stdin.resume().on('end', () => process.exit(0));
  // One that a broken test forgets must not keep the run from ending.
  setTimeout(() => process.exit(0), 20_000);`,
);

async function started(): Promise<number> {
  return (await readFile(starts, 'utf8').catch(() => '')).split('\n').length - 1;
}

const open = (announcement?: string) =>
  createSimulatorProcess({ script, dataFolder: join(folder, 'data'), announcement, log: memoryLog() });

const gone = { endpoint: 'http://127.0.0.1:9', secretId: 'AK', secretKey: new Secret('SK') };

test('an announced simulator is used and none is started', async () => {
  const before = await started();
  const simulator = open('{"endpoint":"http://127.0.0.1:8700","secretId":"AK","secretKey":"SK"}');
  assert.equal((await simulator.start()).endpoint, 'http://127.0.0.1:8700');
  assert.equal((await simulator.revive(gone)).endpoint, 'http://127.0.0.1:8700');
  assert.equal(await started(), before);
});

test('several calls that find the simulator gone start one', async () => {
  const before = await started();
  const simulator = open();
  const found = await Promise.all([simulator.revive(gone), simulator.revive(gone), simulator.start()]);
  assert.equal(new Set(found.map(({ endpoint }) => endpoint)).size, 1);
  assert.equal(await started(), before + 1);
  await simulator.stop();
});

test('a simulator of another window is used while it answers', async () => {
  const [one, two] = [open(), open()];
  const address = await one.start();
  const before = await started();
  assert.equal((await two.revive(address)).endpoint, address.endpoint);
  assert.equal(await started(), before);
  await one.stop();
  const next = await two.revive(address);
  assert.notEqual(next.endpoint, address.endpoint);
  await two.stop();
});

test('one that cannot start says so, and the next try starts anew', async () => {
  const simulator = createSimulatorProcess({
    script: join(folder, 'missing.cjs'),
    dataFolder: folder,
    announcement: undefined,
    log: memoryLog(),
  });
  await assert.rejects(simulator.start(), /ended with code 1/);
  await assert.rejects(simulator.start(), /ended with code 1/);
  await simulator.stop();
});
