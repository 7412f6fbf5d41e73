import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import * as z from 'zod';
import { createRateLimit } from '../../src/simulator/rateLimit.ts';
import {
  call,
  callRaw,
  codeOf,
  createBody,
  type RawCall,
  type RunningSimulator,
  startSimulator,
  until,
} from './support.ts';

const keys = ['--keys=AKIDfirst:first-secret', '--keys=AKIDtemporary:second-secret:the-token'];

let simulator: RunningSimulator;
before(async () => {
  simulator = await startSimulator({ postgres: 'none', args: keys });
});
after(async () => {
  await simulator.stop();
});

const describeAll: RawCall = { action: 'DescribeServerlessDBInstances' };

/** The create request with something about it changed. */
function create(change: Readonly<Record<string, unknown>> = {}, about: Partial<RawCall> = {}): RawCall {
  return { action: 'CreateServerlessDBInstance', body: createBody('a-name', change), ...about };
}

/** Checks each request of a table against its code. */
async function expectCodes(table: readonly (readonly [code: string, request: RawCall])[]): Promise<void> {
  for (const [code, request] of table) assert.equal(await codeOf(simulator, request), code, JSON.stringify(request));
}

describe('the signature', () => {
  test('a right one passes, with temporary keys too', async () => {
    await expectCodes([
      ['none', describeAll],
      ['none', { ...describeAll, token: 'the-token', secretId: 'AKIDtemporary', secretKey: 'second-secret' }],
    ]);
  });

  test('every way of being wrong has its documented code', async () => {
    const seconds = Math.floor(Date.now() / 1_000);
    await expectCodes([
      ['AuthFailure.SignatureFailure', { ...describeAll, secretKey: 'another' }],
      ['AuthFailure.SignatureFailure', { ...describeAll, sentBody: '{ }' }],
      ['AuthFailure.SignatureFailure', { ...describeAll, headers: { 'x-tc-timestamp': String(seconds - 100) } }],
      ['AuthFailure.SecretIdNotFound', { ...describeAll, secretId: 'AKIDnobody' }],
      ['AuthFailure.SignatureExpire', { ...describeAll, timestamp: seconds - 330 }],
      ['AuthFailure.SignatureExpire', { ...describeAll, timestamp: seconds + 330 }],
      ['AuthFailure.InvalidAuthorization', { ...describeAll, headers: { authorization: '' } }],
      ['AuthFailure.InvalidAuthorization', { ...describeAll, headers: { authorization: 'Bearer x' } }],
      ['AuthFailure.TokenFailure', { ...describeAll, token: 'not-asked-for' }],
      ['AuthFailure.TokenFailure', { ...describeAll, secretId: 'AKIDtemporary', secretKey: 'second-secret' }],
      [
        'AuthFailure.TokenFailure',
        { ...describeAll, secretId: 'AKIDtemporary', secretKey: 'second-secret', token: 'expired' },
      ],
    ]);
  });

  test('a clock that is off by less than five minutes is fine', async () => {
    await expectCodes([['none', { ...describeAll, timestamp: Math.floor(Date.now() / 1_000) - 270 }]]);
  });
});

describe('the call', () => {
  test('an unknown product, version, action or region has its documented code', async () => {
    await expectCodes([
      ['NoSuchProduct', { ...describeAll, service: 'cvm' }],
      ['NoSuchVersion', { ...describeAll, version: '2020-01-01' }],
      ['InvalidAction', { ...describeAll, action: 'CreateDBInstances' }],
      ['InvalidAction', { ...describeAll, service: 'vpc' }],
      ['InvalidAction', { ...describeAll, action: 'describeServerlessDBInstances' }],
      ['UnsupportedRegion', { ...describeAll, region: 'ap-atlantis' }],
      ['MissingParameter', { ...describeAll, region: '' }],
      ['MissingParameter', { ...describeAll, headers: { 'x-tc-action': '' } }],
      ['MissingParameter', { ...describeAll, headers: { 'x-tc-version': '' } }],
      ['MissingParameter', { ...describeAll, headers: { 'x-tc-timestamp': '' } }],
      ['UnsupportedProtocol', { ...describeAll, method: 'GET' }],
      ['InvalidRequest', { ...describeAll, headers: { 'content-type': 'multipart/form-data' } }],
    ]);
  });

  test('a region without serverless instances is empty when listed and refused when created in', async () => {
    const answer = await call(simulator, { ...describeAll, region: 'ap-singapore' });
    assert.deepEqual([answer['TotalCount'], answer['DBInstanceSet']], [0, []]);
    await expectCodes([
      ['InvalidParameterValue.RegionNotSupported', create({ Zone: 'ap-singapore-1' }, { region: 'ap-singapore' })],
    ]);
  });

  test('a body that is no JSON object, or larger than 10 MB, is refused in the envelope', async () => {
    await expectCodes([
      ['InvalidParameter', { ...describeAll, body: '{"Limit":' }],
      ['InvalidParameter', { ...describeAll, body: '[]' }],
      ['InvalidParameter', { ...describeAll, body: 'null' }],
      ['RequestSizeLimitExceeded', { ...describeAll, body: `{"x":"${'y'.repeat(10 * 1024 * 1024)}"}` }],
    ]);
  });

  test('the trace id comes back, the language is kept to, and a path that is no API is 404', async () => {
    const answer = await callRaw(simulator, { ...describeAll, headers: { 'x-tc-traceid': 'trace-1' } });
    assert.equal(answer.headers['x-tc-traceid'], 'trace-1');
    assert.match((await callRaw(simulator, { ...describeAll, secretKey: 'x', language: 'zh-CN' })).text, /签名错误/);
    assert.match((await callRaw(simulator, { ...describeAll, secretKey: 'x', language: 'en-US' })).text, /credentials/);
    assert.equal((await callRaw(simulator, { ...describeAll, path: '/other' })).status, 404);
  });
});

describe('the create request', () => {
  beforeEach(() => simulator.control.reset());

  test('each parameter that is missing, unknown or of a wrong type is named with its code', async () => {
    for (const name of ['Zone', 'DBInstanceName', 'DBVersion', 'DBCharset']) {
      for (const absent of [undefined, null]) {
        const answer = await callRaw(simulator, create({ [name]: absent }));
        assert.match(answer.text, new RegExp(`"MissingParameter","Message":"[^"]*\`${name}\``));
      }
    }
    await expectCodes([
      ['UnknownParameter', create({ ClientToken: 'x' })],
      ['UnknownParameter', create({ TagList: [{ TagKey: 'a', TagValue: 'b', More: 1 }] })],
      ['MissingParameter', create({ TagList: [{ TagKey: 'a' }] })],
      ['InvalidParameter', create({ DBInstanceName: 7 })],
      ['InvalidParameter', create({ ProjectId: '0' })],
      ['InvalidParameter', create({ TagList: {} })],
      ['InvalidParameterValue', create({ ProjectId: -1 })],
    ]);
  });

  test('each value that the service would refuse has its documented code', async () => {
    const badValue = 'InvalidParameterValue.InvalidParameterValueError';
    await expectCodes([
      ['InvalidParameterValue.IllegalZone', create({ Zone: 'ap-shanghai-2' })],
      ['InvalidParameterValue.IllegalZone', create({ Zone: 'ap-guangzhou' })],
      ['InvalidParameterValue.IllegalZone', create({ Zone: '' })],
      ['OperationDenied.NotSupportZoneError', create({ Zone: 'ap-guangzhou-7' })],
      ['OperationDenied.VersionNotSupportError', create({ DBVersion: '11' })],
      ['InvalidParameterValue.InvalidCharset', create({ DBCharset: 'EUC_CN' })],
      ['InvalidParameterValue.ParameterLengthLimitError', create({ DBInstanceName: '' })],
      ['InvalidParameterValue.ParameterLengthLimitError', create({ DBInstanceName: 'x'.repeat(61) })],
      ['InvalidParameterValue.ParameterCharacterError', create({ DBInstanceName: 'has space' })],
      ['InvalidParameterValue.ParameterCharacterError', create({ DBInstanceName: '名' })],
      [badValue, create({ ProjectId: 5 })],
      [badValue, create({ VpcId: 'vpc-1a2b3c4d' })],
      [badValue, create({ SubnetId: 'subnet-1a2b3c4d' })],
      ['FailedOperation.QueryVpcFailed', create({ VpcId: 'vpc-00000000', SubnetId: 'subnet-00000000' })],
      [badValue, create({ TagList: [{ TagKey: '', TagValue: 'b' }] })],
      [badValue, create({ TagList: ['1', '2'].map((TagValue) => ({ TagKey: 'a', TagValue })) })],
    ]);
    assert.deepEqual((await simulator.control.state()).instances, []);
  });

  test('every zone that some document names is taken', async () => {
    for (const zone of ['ap-shanghai-2', 'ap-beijing-1', 'ap-beijing-3', 'ap-guangzhou-2', 'ap-guangzhou-3']) {
      const region = zone.slice(0, -2);
      await expectCodes([['none', create({ Zone: zone, DBInstanceName: zone }, { region })]]);
    }
  });

  test('a name is taken once in the account, whatever the region', async () => {
    await expectCodes([
      ['none', create()],
      ['InvalidParameter.InstanceNameExist', create()],
      ['InvalidParameter.InstanceNameExist', create({ Zone: 'ap-beijing-1' }, { region: 'ap-beijing' })],
    ]);
  });

  test('of many requests at once only one gets the name', async () => {
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(simulator, create())));
    assert.equal(codes.filter((code) => code === 'none').length, 1);
  });

  test('the network, project and tags that were asked for are those of the instance', async () => {
    const vpcs = await call(simulator, { service: 'vpc', action: 'DescribeVpcs' });
    const subnets = await call(simulator, { service: 'vpc', action: 'DescribeSubnets' });
    const { VpcId, SubnetId, AvailableIpAddressCount } = firstOf(subnets['SubnetSet']);
    const TagList = [{ TagKey: 'cost-center', TagValue: '42' }];
    assert.ok(JSON.stringify(vpcs).includes(String(VpcId)));
    await expectCodes([
      ['FailedOperation.GetVpcInfoError', create({ VpcId, SubnetId: 'subnet-00000000' })],
      ['none', create({ VpcId, SubnetId, ProjectId: 1_200_001, TagList })],
    ]);
    const made = firstOf((await call(simulator, describeAll))['DBInstanceSet']);
    assert.deepEqual(
      [made['VpcId'], made['SubnetId'], made['ProjectId'], made['TagList']],
      [VpcId, SubnetId, 1_200_001, TagList],
    );
    const keysNow = await call(simulator, { service: 'tag', version: '2018-08-13', action: 'GetTagKeys' });
    assert.ok(JSON.stringify(keysNow).includes('cost-center'), 'a tag of an instance is a tag of the account');
    const after = firstOf((await call(simulator, { service: 'vpc', action: 'DescribeSubnets' }))['SubnetSet']);
    assert.equal(after['AvailableIpAddressCount'], Number(AvailableIpAddressCount) - 1);
  });
});

test('a burst of create requests is refused at some point, and other actions are not counted', async () => {
  const limited = await startSimulator({ postgres: 'none' });
  try {
    const burst = (): Promise<string[]> =>
      Promise.all(Array.from({ length: 30 }, () => codeOf(limited, create({ Zone: 'nowhere' }))));
    const codes = await until(burst, (answers) => answers.includes('RequestLimitExceeded'));
    assert.deepEqual(new Set(codes), new Set(['InvalidParameterValue.IllegalZone', 'RequestLimitExceeded']));
    const reads = await Promise.all(Array.from({ length: 30 }, () => codeOf(limited, describeAll)));
    assert.ok(reads.every((code) => code === 'none'));
  } finally {
    await limited.stop();
  }
});

test('exactly 20 calls pass in any window of a second', () => {
  let time = 0;
  const limit = createRateLimit(20, 1_000, () => time);
  const passed = (calls: number): number => Array.from({ length: calls }, () => limit.take()).filter(Boolean).length;
  assert.equal(passed(15), 15);
  time = 600;
  assert.equal(passed(15), 5);
  time = 999;
  assert.equal(passed(1), 0);
  time = 1_000;
  assert.equal(passed(30), 15);
  time = 1_600;
  assert.equal(passed(30), 5);
});

describe('the other actions on instances', () => {
  beforeEach(() => simulator.control.reset());

  test('need an instance that is there, named by id or name, in the region of the call', async () => {
    await expectCodes([['none', create()]]);
    for (const action of [
      'DeleteServerlessDBInstance',
      'OpenServerlessDBExtranetAccess',
      'CloseServerlessDBExtranetAccess',
    ]) {
      await expectCodes([
        ['MissingParameter', { action }],
        ['ResourceNotFound.InstanceNotFoundError', { action, body: { DBInstanceName: 'no-such' } }],
        ['ResourceNotFound.InstanceNotFoundError', { action, body: { DBInstanceId: 'postgres-00000000' } }],
        // The id wins over the name.
        [
          'ResourceNotFound.InstanceNotFoundError',
          { action, body: { DBInstanceId: 'postgres-00000000', DBInstanceName: 'a-name' } },
        ],
        [
          'ResourceNotFound.InstanceNotFoundError',
          { action, body: { DBInstanceName: 'a-name' }, region: 'ap-beijing' },
        ],
      ]);
    }
  });

  test('wait until it runs', async () => {
    const slow = await startSimulator({ postgres: 'none', pace: 60_000 });
    try {
      assert.equal(await codeOf(slow, create()), 'none');
      for (const action of ['DeleteServerlessDBInstance', 'OpenServerlessDBExtranetAccess']) {
        const code = await codeOf(slow, { action, body: { DBInstanceName: 'a-name' } });
        assert.equal(code, 'OperationDenied.InstanceStatusLimitOpError');
      }
    } finally {
      await slow.stop();
    }
  });
});

function firstOf(list: unknown): Record<string, unknown> {
  return z.array(z.record(z.string(), z.unknown())).min(1).parse(list)[0] ?? {};
}
