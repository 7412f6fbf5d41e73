import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import * as z from 'zod';
import { call, codeOf, createBody, type RawCall, type RunningSimulator, startSimulator } from './support.ts';

const keys = [
  'AKIDfirst:first-secret',
  'AKIDother:other-secret@100000000002',
  'AKIDotherUser:user-secret@100000000002',
  'AKIDotherRole:role-secret:the-token@100000000002',
];
const other = { secretId: 'AKIDother', secretKey: 'other-secret' };

const listSchema = z.object({
  TotalCount: z.number(),
  DBInstanceSet: z.array(z.object({ DBInstanceId: z.string(), DBInstanceName: z.string() })),
});

/** Names and ids that a key gets to see. */
async function listed(simulator: RunningSimulator, key: Partial<RawCall> = {}): Promise<Map<string, string>> {
  const answer = listSchema.parse(await call(simulator, { action: 'DescribeServerlessDBInstances', ...key }));
  assert.equal(answer.TotalCount, answer.DBInstanceSet.length);
  return new Map(answer.DBInstanceSet.map((instance) => [instance.DBInstanceName, instance.DBInstanceId]));
}

function create(name: string, change: Readonly<Record<string, unknown>> = {}): RawCall {
  return { action: 'CreateServerlessDBInstance', body: createBody(name, change) };
}

describe('two accounts', () => {
  let simulator: RunningSimulator;
  before(async () => {
    simulator = await startSimulator({ postgres: 'none', keys });
  });
  after(async () => {
    await simulator.stop();
  });
  beforeEach(() => simulator.control.reset());

  test('each see their own instances, and a name is taken in one account only', async () => {
    assert.equal(await codeOf(simulator, create('shared-name')), 'none');
    assert.equal(await codeOf(simulator, { ...create('shared-name'), ...other }), 'none');
    assert.equal(await codeOf(simulator, { ...create('shared-name'), ...other }), 'InvalidParameter.InstanceNameExist');
    assert.equal(await codeOf(simulator, { ...create('more'), ...other }), 'none');
    const mine = await listed(simulator);
    const theirs = await listed(simulator, other);
    assert.deepEqual([[...mine.keys()], [...theirs.keys()]], [['shared-name'], ['shared-name', 'more']]);
    assert.notEqual(mine.get('shared-name'), theirs.get('shared-name'));
    const { instances, calls } = await simulator.control.state();
    assert.deepEqual(
      instances.map((instance) => instance.account),
      ['100000000001', '100000000002', '100000000002'],
    );
    assert.deepEqual(calls.map(({ account }) => account).slice(0, 2), ['100000000001', '100000000002']);
  });

  test('an instance of another account is answered for exactly as one that does not exist', async () => {
    assert.equal(await codeOf(simulator, create('private')), 'none');
    const DBInstanceId = (await listed(simulator)).get('private');
    for (const action of ['Delete', 'Open', 'Close']) {
      const name = `${action}ServerlessDB${action === 'Delete' ? 'Instance' : 'ExtranetAccess'}`;
      const error = async (body: unknown): Promise<unknown> =>
        (await call(simulator, { action: name, body, ...other }))['Error'];
      const missing = await error({ DBInstanceId: 'postgres-00000000' });
      assert.equal(z.object({ Code: z.string() }).parse(missing).Code, 'ResourceNotFound.InstanceNotFoundError');
      assert.deepEqual(await error({ DBInstanceId }), missing);
      assert.deepEqual(await error({ DBInstanceName: 'private' }), missing);
    }
    const Filter = [{ Name: 'db-instance-id', Values: [DBInstanceId] }];
    assert.equal((await listed(simulator, { ...other, body: { Filter } })).size, 0);
    assert.equal((await listed(simulator)).size, 1);
  });

  test('tags and addresses in use are those of the account', async () => {
    const subnets = { service: 'vpc', action: 'DescribeSubnets' };
    const subnetSchema = z.object({
      SubnetSet: z.array(z.object({ VpcId: z.string(), SubnetId: z.string(), AvailableIpAddressCount: z.number() })),
    });
    const free = async (key: Partial<RawCall>): Promise<number> =>
      subnetSchema.parse(await call(simulator, { ...subnets, ...key })).SubnetSet[0]?.AvailableIpAddressCount ?? 0;
    const [subnet] = subnetSchema.parse(await call(simulator, subnets)).SubnetSet;
    assert.ok(subnet);
    const { VpcId, SubnetId, AvailableIpAddressCount: before } = subnet;
    const TagList = [{ TagKey: 'only-mine', TagValue: 'yes' }];
    assert.equal(await codeOf(simulator, create('tagged', { VpcId, SubnetId, TagList })), 'none');
    assert.deepEqual([await free({}), await free(other)], [before - 1, before]);
    const tagKeys = async (key: Partial<RawCall>): Promise<string> =>
      JSON.stringify(await call(simulator, { service: 'tag', version: '2018-08-13', action: 'GetTagKeys', ...key }));
    assert.match(await tagKeys({}), /only-mine/);
    assert.doesNotMatch(await tagKeys(other), /only-mine/);
  });

  test('a key is told whose it is: the account itself, a user of it, or a role', async () => {
    const identity = async (key: Partial<RawCall>): Promise<unknown> => {
      const answer = await call(simulator, {
        service: 'sts',
        version: '2018-08-13',
        action: 'GetCallerIdentity',
        ...key,
      });
      return [answer['AccountId'], answer['UserId'], answer['Type']];
    };
    assert.deepEqual(await identity({}), ['100000000001', '100000000001', 'CAMUser']);
    assert.deepEqual(await identity(other), ['100000000002', '100000000002', 'CAMUser']);
    assert.deepEqual(await identity({ secretId: 'AKIDotherUser', secretKey: 'user-secret' }), [
      '100000000002',
      '100000000003',
      'CAMUser',
    ]);
    const [account, , type] = z
      .array(z.string())
      .parse(await identity({ secretId: 'AKIDotherRole', secretKey: 'role-secret', token: 'the-token' }));
    assert.deepEqual([account, type], ['100000000002', 'CAMRole']);
  });
});

test('instances of a data folder from before there were accounts belong to the default account', async () => {
  const data = await mkdtemp(join(tmpdir(), 'simulator-test-'));
  try {
    const first = await startSimulator({ postgres: 'none', data, keys });
    try {
      for (const key of [{}, other]) assert.equal(await codeOf(first, { ...create('old'), ...key }), 'none');
    } finally {
      await first.stop();
    }
    const file = join(data, 'state.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/\n *"account": "100000000001",/, ''));
    assert.notEqual(await readFile(file, 'utf8'), text);
    const second = await startSimulator({ postgres: 'none', data, keys });
    try {
      const { instances } = await second.control.state();
      assert.deepEqual(
        instances.map((instance) => instance.account),
        ['100000000001', '100000000002'],
      );
      assert.deepEqual([(await listed(second)).size, (await listed(second, other)).size], [1, 1]);
    } finally {
      await second.stop();
    }
  } finally {
    await rm(data, { recursive: true });
  }
});
