import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import * as z from 'zod';
import { createCloud } from '../../src/api/cloud.ts';
import type { CreatePlan } from '../../src/domain/createPlan.ts';
import { Secret } from '../../src/domain/secret.ts';
import { help, parseOptions } from '../../src/simulator/options.ts';
import { UsageError } from '../../src/simulator/usageError.ts';
import { memoryLog } from '../support/memory.ts';
import { openRig } from '../support/rig.ts';
import { soon } from '../support/clock.ts';
import { order } from './provisionedClients.ts';
import {
  callRaw,
  codeOf,
  createBody,
  startSimulator,
  type RawCall,
  type RunningSimulator,
  type SimulatorState,
} from './support.ts';

const minute = 60;
const year = 365 * 24 * 60 * minute;
const skews = [10 * minute, -10 * minute, 10 * year, -10 * year];
const list: RawCall = { action: 'DescribeServerlessDBInstances' };

test('the command line takes whole seconds to both sides, and its help names them', () => {
  assert.equal(parseOptions([])?.clockOffset, 0);
  assert.equal(parseOptions(['--clock-offset', '600'])?.clockOffset, 600);
  assert.equal(parseOptions(['--clock-offset=-600'])?.clockOffset, -600);
  for (const text of ['1.5', 'soon', '', '9999999999', '-9999999999']) {
    assert.throws(() => parseOptions([`--clock-offset=${text}`]), UsageError, text);
  }
  assert.match(help, /--clock-offset/);
});

test('a simulator is started with a clock of its own, and a reset brings that back', async () => {
  const simulator = await startSimulator({ postgres: 'none', clockOffset: 2 * year });
  try {
    assert.equal(await codeOf(simulator, list), 'AuthFailure.SignatureExpire');
    await simulator.control.setClock(0);
    assert.equal(await codeOf(simulator, list), 'none');
    await simulator.control.reset();
    assert.equal(await codeOf(simulator, list), 'AuthFailure.SignatureExpire');
  } finally {
    await simulator.stop();
  }
});

describe('with a clock of its own', () => {
  let simulator: RunningSimulator;
  let folder: string;
  before(async () => {
    simulator = await startSimulator({ postgres: 'none', pace: 5 });
  });
  after(() => simulator.stop());
  beforeEach(async () => {
    await simulator.control.reset();
    folder = await mkdtemp(join(tmpdir(), 'tencentdb-postgres-clock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Its time now, in seconds since the epoch. */
  const its = (offset: number): number => Math.floor(Date.now() / 1_000) + offset;

  test('signatures are checked by it, answers are dated by it, and instances are made by it', async () => {
    for (const offset of skews) {
      await simulator.control.setClock(offset);
      assert.equal(await codeOf(simulator, list), 'AuthFailure.SignatureExpire');
      const name = `made-${String(Math.abs(offset))}-${offset < 0 ? 'before' : 'after'}`;
      const body = createBody(name);
      assert.equal(
        await codeOf(simulator, { action: 'CreateServerlessDBInstance', body, timestamp: its(offset) }),
        'none',
      );
      const answer = await callRaw(simulator, { ...list, timestamp: its(offset) });
      const date = Date.parse(String(answer.headers['date']));
      assert.ok(Math.abs(date / 1_000 - its(offset)) < 30, String(answer.headers['date']));
      const row = z.object({ DBInstanceName: z.string(), CreateTime: z.string() });
      const rows = z.object({ Response: z.object({ DBInstanceSet: z.array(row) }) }).parse(JSON.parse(answer.text));
      const made = rows.Response.DBInstanceSet.find(({ DBInstanceName }) => DBInstanceName === name);
      const createdAt = Date.parse(`${(made?.CreateTime ?? '').replace(' ', 'T')}+08:00`) / 1_000;
      assert.ok(Math.abs(createdAt - its(offset)) < 30, made?.CreateTime);
    }
  });

  test('what is no offset is refused', async () => {
    for (const offset of [1.5, 1e12, Number.NaN]) {
      await assert.rejects(simulator.control.setClock(offset), /whole seconds/);
    }
  });

  const { VpcId, SubnetId } = order();
  const plan: CreatePlan = {
    offering: 'provisioned',
    region: 'ap-guangzhou',
    zone: 'ap-guangzhou-3',
    name: 'skewed',
    version: '16',
    charset: 'UTF8',
    network: { vpcId: VpcId ?? '', subnetId: SubnetId ?? '' },
    tags: [],
    rental: {
      specCode: 'pg.it.large8',
      storageGb: 50,
      storageType: 'CLOUD_HSSD',
      securityGroupIds: [],
      adminName: 'root_1',
      deletionProtection: false,
    },
  };
  const accountId = '100000000001';
  const password = new Secret('Clock-Passw0rd');

  function window(warnings: string[]) {
    const { endpoint, secretId, secretKey } = simulator;
    return openRig({
      ...{ folder, endpoint, accountId, createCloud, speed: 20, origin: Date.now(), log: memoryLog() },
      credentials: { secretId, secretKey: new Secret(secretKey) },
      cloudOptions: { onClockSkew: (warning) => warnings.push(warning) },
    });
  }

  const madeOf = ({ instances }: SimulatorState): string[] => instances.map(({ name }) => name);

  for (const offset of skews) {
    test(`${String(offset)} seconds off, a create whose answer is lost is sent once and its instance known`, async () => {
      await simulator.control.setClock(offset);
      // An earlier one of the same name and plan, which must not be taken for it.
      const warnings: string[] = [];
      const rig = await window(warnings);
      await rig.cloud.instances({ accountId, offering: 'provisioned' }).create({ plan, password }, rig.signal);
      await simulator.control.setClock(offset + 20 * minute);
      await simulator.control.addFaults('CreateInstances=cut-after*1');
      const made = await rig.writes.creation.create(accountId, { plan, password }, rig.signal, () => undefined);
      assert.equal(made.kind, 'usable');
      const state = await simulator.control.state();
      assert.deepEqual(madeOf(state), ['skewed', 'skewed']);
      assert.equal(made.operation.instanceId, state.instances[1]?.id);
      assert.equal(warnings.length, 1);
      await rig.close();
    });
  }

  test('a clock that is set right while a lost create is settled does not hide its instance', async () => {
    // This machine is two hours fast, until somebody heeds the warning.
    await simulator.control.setClock(-120 * minute);
    await simulator.control.addFaults('CreateInstances=cut-after*1', 'DescribeDBInstances=error:FailedOperation');
    const warnings: string[] = [];
    const rig = await window(warnings);
    const made = rig.writes.creation.create(accountId, { plan, password }, rig.signal, () => undefined);
    await soon(() => rig.journal.all().some(({ state, name }) => state === 'settling' && name === plan.name));
    await simulator.control.setClock(0);
    await simulator.control.clearFaults();
    assert.equal((await made).kind, 'usable');
    assert.deepEqual(madeOf(await simulator.control.state()), ['skewed']);
    assert.equal(warnings.length, 1);
    await rig.close();
  });
});
