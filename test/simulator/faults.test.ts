import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createFaultList, FaultSpecError, parseFault } from '../../src/simulator/faults.ts';
import { call, callRaw, codeOf, createBody, type RawCall, type RunningSimulator, startSimulator } from './support.ts';

describe('a fault as it is written', () => {
  test('names an action, an effect and perhaps a count', () => {
    const { action, effect, count } = parseFault('CreateServerlessDBInstance=error:InternalError.DBError*3');
    assert.deepEqual(
      [action, effect, count],
      ['CreateServerlessDBInstance', { kind: 'error', code: 'InternalError.DBError' }, 3],
    );
    assert.deepEqual(parseFault('*=delay:250').effect, { kind: 'delay', milliseconds: 250 });
    assert.equal(parseFault('*=half').count, Infinity);
    assert.deepEqual(parseFault('*=warning:Going: soon*2').effect, { kind: 'warning', text: 'Going: soon' });
  });

  test('is refused with its form when it cannot be read', () => {
    for (const spec of [
      '',
      'x',
      '=half',
      '*=none',
      '*=error',
      '*=error:no code',
      '*=delay:soon',
      '*=half:2',
      '*=half*0',
      '*@=half',
      '*@ap-atlantis=half',
      '*@na-toronto=half',
      'A=half@ap-beijing',
    ]) {
      assert.throws(() => parseFault(spec), FaultSpecError, spec);
    }
  });

  test('strikes its action as often as it says, one main effect at a time', () => {
    const list = createFaultList(['A=error:FlowError*1', 'A=html*1', '*=delay:5'].map(parseFault));
    const kinds = (action: string): string[] => list.strike(action, 'ap-guangzhou').map((effect) => effect.kind);
    assert.deepEqual(kinds('B'), ['delay']);
    assert.deepEqual(kinds('A'), ['error', 'delay']);
    assert.deepEqual(kinds('A'), ['html', 'delay']);
    assert.deepEqual(kinds('A'), ['delay']);
    assert.deepEqual(list.list(), [{ spec: '*=delay:5', left: null }]);
  });
});

test('a fault of a region strikes there only, and leaves its count to that region', () => {
  const list = createFaultList(['A@ap-beijing=html*1', '*@ap-shanghai=delay:7', 'A=error:FlowError*1'].map(parseFault));
  const kinds = (action: string, region: string): string[] => list.strike(action, region).map((effect) => effect.kind);
  assert.deepEqual(kinds('A', 'ap-shanghai'), ['delay', 'error']);
  assert.deepEqual(kinds('A', 'ap-guangzhou'), []);
  assert.deepEqual(kinds('B', ''), []);
  assert.deepEqual(kinds('B', 'ap-shanghai'), ['delay']);
  assert.deepEqual(kinds('A', 'ap-beijing'), ['html']);
  assert.deepEqual(kinds('A', 'ap-beijing'), []);
});

describe('over the wire', () => {
  let simulator: RunningSimulator;
  before(async () => {
    simulator = await startSimulator({ postgres: 'none', faults: ['DescribeServerlessDBInstances=error:FlowError*1'] });
  });
  after(async () => {
    await simulator.stop();
  });
  beforeEach(() => simulator.control.reset());

  const create: RawCall = { action: 'CreateServerlessDBInstance', body: createBody('struck') };
  const list: RawCall = { action: 'DescribeServerlessDBInstances' };

  async function names(): Promise<string[]> {
    return (await simulator.control.state()).instances.map((instance) => instance.name);
  }

  test('faults of the command line strike too', async () => {
    const other = await startSimulator({
      postgres: 'none',
      faults: ['DescribeServerlessDBInstances=error:FlowError*1'],
    });
    try {
      assert.deepEqual([await codeOf(other, list), await codeOf(other, list)], ['FlowError', 'none']);
    } finally {
      await other.stop();
    }
  });

  test('an error is answered instead of the work, so often as asked, for that action only', async () => {
    await simulator.control.addFaults('CreateServerlessDBInstance=error:FailedOperation.FlowCreateError*2');
    assert.equal(await codeOf(simulator, list), 'none');
    const codes = [await codeOf(simulator, create), await codeOf(simulator, create)];
    assert.deepEqual(codes, Array(2).fill('FailedOperation.FlowCreateError'));
    assert.deepEqual(await names(), []);
    assert.equal(await codeOf(simulator, create), 'none');
  });

  test('a wrong signature stays a wrong signature and uses up no fault', async () => {
    await simulator.control.addFaults('*=error:FlowError*1');
    assert.equal(await codeOf(simulator, { ...create, secretKey: 'wrong' }), 'AuthFailure.SignatureFailure');
    assert.equal(await codeOf(simulator, create), 'FlowError');
  });

  test('a connection cut before the work leaves nothing, one cut after it leaves the instance', async () => {
    await simulator.control.addFaults(
      'CreateServerlessDBInstance=cut-before*1',
      'CreateServerlessDBInstance=cut-after*1',
    );
    await assert.rejects(callRaw(simulator, create), { code: 'ECONNRESET' });
    assert.deepEqual(await names(), []);
    await assert.rejects(callRaw(simulator, create), { code: 'ECONNRESET' });
    assert.deepEqual(await names(), ['struck']);
  });

  test('half an answer breaks off in the middle, after the work', async () => {
    await simulator.control.addFaults('*=half*1');
    await assert.rejects(callRaw(simulator, create), { code: 'ECONNRESET' });
    assert.deepEqual(await names(), ['struck']);
  });

  test('a gateway page, an empty body and wrong types come as they are called', async () => {
    await simulator.control.addFaults('*=html*1', '*=empty*1', '*=shape*1');
    const page = await callRaw(simulator, list);
    assert.equal(page.status, 502);
    assert.match(page.text, /^<html>/);
    assert.deepEqual((({ status, text }) => [status, text])(await callRaw(simulator, list)), [200, '']);
    const { RequestId, ...members } = await call(simulator, list);
    assert.ok(RequestId);
    assert.deepEqual(members, { TotalCount: 'unexpected', DBInstanceSet: 'unexpected' });
  });

  test('a delay delays, and a warning stands beside the right answer', async () => {
    await simulator.control.addFaults('*=delay:150*1', '*=warning:Going offline*1');
    const start = performance.now();
    const answer = await call(simulator, list);
    assert.ok(performance.now() - start >= 140);
    assert.deepEqual([answer['DeprecatedWarning'], answer['TotalCount']], ['Going offline', 0]);
  });

  test('one region fails while the others answer', async () => {
    await simulator.control.addFaults('*@ap-beijing=error:InternalError');
    const regions = ['ap-guangzhou', 'ap-beijing', 'ap-shanghai'];
    const codes = await Promise.all(regions.map((region) => codeOf(simulator, { ...list, region })));
    assert.deepEqual(codes, ['none', 'InternalError', 'none']);
  });

  test('the calls are recorded with their codes, and clearing takes the faults away', async () => {
    await simulator.control.addFaults('*=error:SystemError');
    await codeOf(simulator, { ...list, language: 'zh-CN' });
    await simulator.control.clearFaults();
    await codeOf(simulator, list);
    const { calls, faults } = await simulator.control.state();
    assert.deepEqual(
      calls.map(({ action, region, language, account, code }) => [action, region, language, account, code]),
      [
        [list.action, 'ap-guangzhou', 'zh-CN', '100000000001', 'SystemError'],
        [list.action, 'ap-guangzhou', '', '100000000001', null],
      ],
    );
    assert.deepEqual(faults, []);
    await simulator.control.forgetCalls();
    assert.deepEqual((await simulator.control.state()).calls, []);
  });

  test('a fault that cannot be read is refused, and a web page cannot steer', async () => {
    await assert.rejects(simulator.control.addFaults('*=nonsense'), /Its form is/);
    const answer = await fetch(`${simulator.endpoint}/_simulator/reset`, {
      method: 'POST',
      headers: { origin: 'http://example.com' },
    });
    assert.equal(answer.status, 403);
  });
});
