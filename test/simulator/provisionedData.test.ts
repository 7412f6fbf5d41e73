import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { findBinaries, findEveryVersion, majorOf } from '../../src/simulator/binaries.ts';
import { createVersions } from '../../src/simulator/versions.ts';
import { query } from './clients.ts';
import { isRunning, loginOf, newestClient, order, settled } from './provisionedClients.ts';
import { simulatorScript, startSimulator } from './support.ts';

test('a data folder keeps what is isolated and what runs, each with the PostgreSQL that made it', async () => {
  const data = await mkdtemp(join(tmpdir(), 'simulator-test-'));
  let simulator = await startSimulator({ data });
  try {
    const client = newestClient(simulator);
    const { DBInstanceIdSet: [kept = '', binned = ''] = [] } = await client.CreateInstances(
      order({ InstanceCount: 2 }),
    );
    const way = loginOf(await settled(client, kept, isRunning), 'private');
    await query(way, 'create table kept (a int)', 'insert into kept values (7)');
    await query(loginOf(await settled(client, binned, isRunning), 'private'), 'create table binned (a int)');
    await client.IsolateDBInstances({ DBInstanceIdSet: [binned] });
    await settled(client, binned, ({ DBInstanceStatus: status }) => status === 'isolated');
    await simulator.stop();

    simulator = await startSimulator({ data });
    const again = newestClient(simulator);
    const back = loginOf(await settled(again, kept, isRunning), 'private');
    assert.equal(await query(back, 'select a from kept'), 7);
    assert.match(String(await query(back, 'show server_version_num')), /^16/);
    const still = await settled(again, binned, () => true);
    assert.equal(still.DBInstanceStatus, 'isolated');
    await again.DisIsolateDBInstances({ DBInstanceIdSet: [binned] });
    const restored = loginOf(await settled(again, binned, isRunning), 'private');
    assert.equal(await query(restored, 'select count(*) from binned'), '0');
  } finally {
    await simulator.stop();
    await rm(data, { recursive: true, force: true });
  }
});

test('where the version asked for is not here, the newest one is used and said so once', async () => {
  const start = dirname(simulatorScript);
  const usual = await findBinaries('auto', start);
  assert.ok(usual);
  const [newest] = await findEveryVersion(start);
  assert.ok(newest && majorOf(newest) >= 16);
  const warnings: string[] = [];
  const parts = {
    usual,
    start,
    account: undefined,
    keeper: { removeAtEnd: () => undefined },
    warn: (message: string) => warnings.push(message),
  };
  const binOf = createVersions({ ...parts, onlyUsual: false });
  assert.deepEqual(await Promise.all([undefined, majorOf(newest), 99, 99].map(binOf)), [
    usual.bin,
    newest.bin,
    newest.bin,
    newest.bin,
  ]);
  assert.deepEqual(warnings, [`There is no PostgreSQL 99 here: such instances run PostgreSQL ${newest.version}.`]);
  assert.equal(await createVersions({ ...parts, onlyUsual: true })(majorOf(newest)), usual.bin);
});
