import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parseOptions } from '../../src/simulator/options.ts';
import { UsageError } from '../../src/simulator/usageError.ts';
import { postgresClient } from './clients.ts';
import { codeOf, createBody, type RawCall, type RunningSimulator, startSimulator } from './support.ts';

const serverless: readonly RawCall[] = [
  { action: 'CreateServerlessDBInstance', body: createBody('retired') },
  { action: 'DescribeServerlessDBInstances' },
  { action: 'DeleteServerlessDBInstance', body: { DBInstanceName: 'retired' } },
  { action: 'OpenServerlessDBExtranetAccess', body: { DBInstanceName: 'retired' } },
  { action: 'CloseServerlessDBExtranetAccess', body: { DBInstanceName: 'retired' } },
];

const describeAll: RawCall = { action: 'DescribeServerlessDBInstances' };

describe('the option', () => {
  test('stands for the code that was made for it, or names another one', () => {
    assert.equal(parseOptions([])?.retired, '');
    assert.equal(parseOptions(['--retired'])?.retired, 'ActionOffline');
    assert.equal(parseOptions(['--retired', '--pace', '7'])?.pace, 7);
    assert.equal(parseOptions(['--pace', '7', '--retired', 'InvalidAction'])?.retired, 'InvalidAction');
    assert.equal(parseOptions(['--retired=UnsupportedOperation'])?.retired, 'UnsupportedOperation');
  });

  test('is refused with a code that means something else', () => {
    assert.throws(() => parseOptions(['--retired', 'InternalError']), UsageError);
  });
});

describe('the serverless form once it is withdrawn', () => {
  let simulator: RunningSimulator;
  before(async () => {
    simulator = await startSimulator({ postgres: 'none', args: ['--retired'] });
  });
  after(async () => {
    await simulator.stop();
  });

  test('answers each of its five actions so, and every other action as ever', async () => {
    for (const call of serverless) assert.equal(await codeOf(simulator, call), 'ActionOffline', call.action);
    assert.equal(await codeOf(simulator, { action: 'DescribeRegions' }), 'none');
    assert.equal(await codeOf(simulator, { service: 'vpc', action: 'DescribeVpcs', body: {} }), 'none');
    assert.deepEqual((await simulator.control.state()).instances, []);
  });

  test('reaches the official client as an error with the words of the service', async () => {
    await assert.rejects(postgresClient(simulator).DescribeServerlessDBInstances({}), {
      code: 'ActionOffline',
      message: /DescribeServerlessDBInstances.*offline/,
    });
  });

  test('judges the signature first, as always', async () => {
    assert.equal(await codeOf(simulator, { ...describeAll, secretKey: 'another' }), 'AuthFailure.SignatureFailure');
  });

  test('can change its answer and come back while it runs, and a reset brings back the start', async () => {
    const { control } = simulator;
    for (const code of [
      'InvalidAction',
      'InterfaceNameNotFound',
      'InvalidParameterValue.InterfaceNameNotFound',
      'UnsupportedOperation',
    ]) {
      await control.retire(code);
      assert.equal(await codeOf(simulator, describeAll), code);
    }
    await assert.rejects(control.retire('InternalError'), /empty, or one of/);
    assert.equal(await codeOf(simulator, describeAll), 'UnsupportedOperation');
    await control.retire('');
    assert.equal(await codeOf(simulator, describeAll), 'none');
    await control.reset();
    assert.equal(await codeOf(simulator, describeAll), 'ActionOffline');
  });
});
