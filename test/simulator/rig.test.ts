import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createCloud } from '../../src/api/cloud.ts';
import type { CreatePlan } from '../../src/domain/createPlan.ts';
import { Secret } from '../../src/domain/secret.ts';
import { memoryLog } from '../support/memory.ts';
import type { Rig } from '../support/rig.ts';
import { openRig } from '../support/rig.ts';
import { startSimulator, type RunningSimulator } from './support.ts';

const plan: CreatePlan = {
  offering: 'serverless',
  region: 'ap-guangzhou',
  zone: 'ap-guangzhou-2',
  name: 'rigged',
  version: '10.4',
  charset: 'UTF8',
  tags: [],
};

let simulator: RunningSimulator;
let folder: string;

before(async () => {
  simulator = await startSimulator({ postgres: 'none', pace: 5 });
  folder = await mkdtemp(join(tmpdir(), 'tencentdb-postgres-rig-'));
});

after(async () => {
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
});

function open(origin: number): Promise<Rig> {
  const { endpoint, secretId, secretKey } = simulator;
  const credentials = { secretId, secretKey: new Secret(secretKey) };
  const accountId = '100000000001';
  return openRig({ ...{ folder, endpoint, credentials, accountId, createCloud, origin }, speed: 50, log: memoryLog() });
}

test('a window without an editor creates an instance, and the next one deletes it', async () => {
  const origin = Date.now();
  const first = await open(origin);
  const created = await first.writes.creation.create('100000000001', { plan }, first.signal, () => undefined);
  assert.equal(created.kind, 'usable');
  await first.close();

  const second = await open(origin);
  const [known] = second.registry.regions('100000000001').flatMap(({ instances }) => instances);
  assert.equal(known?.name, plan.name);
  const [deleting] = await second.writes.deletion.begin([known], 0, second.signal);
  assert.equal((await deleting?.result)?.kind, 'gone');
  await second.close();
  assert.deepEqual((await simulator.control.state()).instances, []);
});
