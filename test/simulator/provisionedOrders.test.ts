import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from 'tencentcloud-sdk-nodejs-latest/tencentcloud/services/postgres/v20170312/postgres_client.js';
import type { CreateInstancesRequest } from 'tencentcloud-sdk-nodejs-latest/tencentcloud/services/postgres/v20170312/postgres_models.js';
import { subnetsOf } from '../../src/simulator/account.ts';
import { isRunning, newestClient, order, settled } from './provisionedClients.ts';
import { call, codeOf, createBody, type RunningSimulator, startSimulator } from './support.ts';

let simulator: RunningSimulator;
let client: Client;
before(async () => {
  simulator = await startSimulator({ postgres: 'none' });
  client = newestClient(simulator);
});
after(() => simulator.stop());

describe('the catalogue', () => {
  test('lists zones of every state, some with others for their standby', async () => {
    const { ZoneSet: zones = [], TotalCount: count } = await client.DescribeZones({});
    assert.equal(zones.length, count);
    assert.deepEqual(
      zones.map((zone) => `${zone.Zone ?? ''} ${zone.ZoneState ?? ''} ${String(zone.StandbyZoneSet?.length ?? 0)}`),
      [
        'ap-guangzhou-1 UNAVAILABLE 0',
        'ap-guangzhou-2 SUPPORTMODIFYONLY 1',
        'ap-guangzhou-3 AVAILABLE 3',
        'ap-guangzhou-4 AVAILABLE 2',
        'ap-guangzhou-5 SELLOUT 2',
        'ap-guangzhou-6 AVAILABLE 0',
      ],
    );
    assert.deepEqual([zones[2]?.ZoneName, zones[2]?.ZoneId, zones[2]?.ZoneSupportIpv6], ['广州三区', 100_003, 1]);
    const cloud = await client.DescribeZones({ StorageType: 'CLOUD_SSD' });
    assert.ok(!cloud.ZoneSet?.some((zone) => zone.Zone === 'ap-guangzhou-4'));
  });

  test('lists versions 10 to 18, of which the old ones cannot be ordered', async () => {
    const { VersionSet: versions = [] } = await client.DescribeDBVersions({});
    const states = versions.map((version) => `${version.DBMajorVersion ?? ''} ${version.Status ?? ''}`);
    assert.deepEqual(states.slice(0, 3), ['10 DEPRECATED', '11 UPGRADE_ONLY', '12 AVAILABLE']);
    assert.equal(states.at(-1), '18 AVAILABLE');
  });

  test('tells memory in MB, and has fewer classes on some storage and none where nothing is sold', async () => {
    const asked = { Zone: 'ap-guangzhou-3', DBEngine: 'postgresql', DBMajorVersion: '16' };
    const { ClassInfoSet: all = [] } = await client.DescribeClasses(asked);
    assert.equal(all.length, 8);
    assert.deepEqual(all[1], {
      SpecCode: 'pg.it.medium4',
      CPU: 2,
      Memory: 4_096,
      MinStorage: 10,
      MaxStorage: 2_000,
      QPS: 2_600,
    });
    const fast = await client.DescribeClasses({ ...asked, StorageType: 'CLOUD_HSSD' });
    assert.equal(fast.ClassInfoSet?.length, 5);
    const old = await client.DescribeClasses({ ...asked, DBMajorVersion: '10' });
    assert.deepEqual(old.ClassInfoSet, []);
  });

  test('tells a price in hundredths, by the hour or for months', async () => {
    const asked = { Zone: 'ap-guangzhou-3', SpecCode: 'pg.it.medium4', Storage: 50, InstanceCount: 1, Period: 1 };
    const hour = await client.InquiryPriceCreateDBInstances({ ...asked, InstanceChargeType: 'POSTPAID' });
    assert.deepEqual([hour.OriginalPrice, hour.Price, hour.Currency], [72, 72, 'CNY']);
    const three = await client.InquiryPriceCreateDBInstances({
      ...asked,
      InstanceChargeType: 'POSTPAID',
      InstanceCount: 3,
    });
    assert.equal(three.Price, 216);
    const year = await client.InquiryPriceCreateDBInstances({ ...asked, Period: 12 });
    assert.ok((year.Price ?? 0) < (year.OriginalPrice ?? 0));
    await assert.rejects(client.InquiryPriceCreateDBInstances({ ...asked, InstanceChargeType: 'POSTPAID_BY_HOUR' }), {
      code: 'InvalidParameterValue.IllegalInstanceChargeType',
    });
    const burst = await Promise.all(
      Array.from({ length: 30 }, () =>
        client.InquiryPriceCreateDBInstances(asked).then(
          () => 'none',
          (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
        ),
      ),
    );
    assert.ok(burst.includes('RequestLimitExceeded'));
  });
});

const create = (change: Partial<CreateInstancesRequest>) => ({
  action: 'CreateInstances',
  body: { ...order(), ...change },
});

describe('an order', () => {
  test('is refused with the documented code for whatever is wrong with it', async () => {
    const expected: [string, Readonly<Record<string, unknown>>][] = [
      ['UnknownParameter', { Colour: 'red' }],
      ['InvalidParameter', { Storage: '50' }],
      ['MissingParameter', { AdminName: undefined }],
      ['MissingParameter', { DBMajorVersion: undefined }],
      ['FailedOperation.CreateBasicNetworkDeniedError', { VpcId: undefined }],
      ['FailedOperation.CreateBasicNetworkDeniedError', { SubnetId: '' }],
      ['InvalidParameter.VpcNotFoundError', { VpcId: 'vpc-00000000' }],
      ['FailedOperation.GetSubnetError', { SubnetId: 'subnet-00000000' }],
      ['InvalidParameterValue.SpecNotRecognizedError', { SpecCode: 'pg.it.huge' }],
      ['InvalidParameterValue.SpecNotRecognizedError', { StorageType: 'CLOUD_HSSD' }],
      ['InvalidParameterValue.ParameterOutRangeError', { Storage: 55 }],
      ['InvalidParameterValue.ParameterOutRangeError', { Storage: 2_010 }],
      ['InvalidParameterValue.ParameterOutRangeError', { Storage: 0 }],
      ['ResourceInsufficient.ResourceNotEnough', { Zone: 'ap-guangzhou-5' }],
      ['InvalidParameterValue.IllegalZone', { Zone: 'ap-beijing-3' }],
      ['InvalidParameterValue.InvalidParameterValueError', { DBMajorVersion: '10' }],
      ['InvalidParameterValue.InvalidParameterValueError', { DBMajorVersion: '9' }],
      ['InvalidParameterValue.InvalidParameterValueError', { Period: 2 }],
      ['InvalidParameterValue.IllegalInstanceChargeType', { InstanceChargeType: 'POSTPAID' }],
      ['InvalidParameterValue.InvalidInstanceNum', { InstanceCount: 11 }],
      ['InvalidParameterValue.InvalidCharset', { Charset: 'UTF-8' }],
      ['InvalidParameterValue.InvalidAccountError', { AdminName: 'Postgres' }],
      ['InvalidParameterValue.InvalidAccountError', { AdminName: 'PG_admin' }],
      ['InvalidParameterValue.InvalidAccountError', { AdminName: '1admin' }],
      ['InvalidParameterValue.InvalidPasswordLengthError', { AdminPassword: 'aA1!' }],
      ['InvalidParameterValue.InvalidPasswordValueError', { AdminPassword: 'alllower-123' }],
      ['InvalidParameterValue.InvalidPasswordValueError', { AdminPassword: '/Starts-with-1' }],
      ['InvalidParameterValue.ParameterCharacterError', { Name: 'a b' }],
      ['InvalidParameterValue.ParameterLengthLimitError', { Name: 'x'.repeat(60) }],
      ['InvalidParameterValue.IllegalProjectId', { ProjectId: 99 }],
      ['InternalError.DfwError', { SecurityGroupIds: ['sg-00000000'] }],
      ['OperationDenied.InstanceIpv6NotSupportedError', { Zone: 'ap-guangzhou-4', NeedSupportIpv6: 1 }],
      [
        'InvalidParameterValue.IllegalZone',
        {
          DBNodeSet: [
            { Role: 'Primary', Zone: 'ap-guangzhou-3' },
            { Role: 'Standby', Zone: 'ap-guangzhou-5' },
          ],
        },
      ],
    ];
    for (const [code, change] of expected) {
      assert.equal(await codeOf(simulator, create(change)), code, JSON.stringify(change));
    }
    assert.equal((await client.DescribeDBInstances({})).TotalCount, 0);
  });

  test('that does not say how it is paid is prepaid, and its ids are in its orders only', async () => {
    const { InstanceChargeType, ...silent } = order({ Period: 2, InstanceCount: 2 });
    assert.ok(InstanceChargeType);
    const { DealNames: deals = [], DBInstanceIdSet: ids } = await client.CreateInstances(silent);
    assert.deepEqual([ids, new Set(deals).size], [[], 2]);
    const { Deals: found = [] } = await client.DescribeOrders({ DealNames: deals });
    assert.deepEqual(
      found.map((deal) => deal.PayMode),
      [1, 1],
    );
    const instance = await settled(client, found[0]?.DBInstanceIdSet?.[0] ?? '', isRunning);
    assert.equal(instance.PayType, 'prepaid');
    assert.match(instance.ExpireTime ?? '', /^20/);
    assert.equal(instance.DBInstanceName, '未命名');
  });

  test('fills a subnet until nothing is free', async () => {
    const small = subnetsOf('ap-guangzhou').find((subnet) => subnet.total - subnet.used === 4);
    const full = subnetsOf('ap-guangzhou').find((subnet) => subnet.total === subnet.used);
    const place = { VpcId: small?.vpcId ?? '', SubnetId: small?.id ?? '' };
    assert.equal(await codeOf(simulator, create({ ...place, InstanceCount: 5 })), 'InternalError.VpcError');
    assert.equal(await codeOf(simulator, create({ ...place, InstanceCount: 4 })), 'none');
    assert.equal(await codeOf(simulator, create(place)), 'InternalError.VpcError');
    assert.equal(
      await codeOf(simulator, create({ SubnetId: full?.id ?? '', VpcId: full?.vpcId ?? '' })),
      'InternalError.VpcError',
    );
  });

  test('takes a name as often as it likes, and the list is filtered, sorted and paged', async () => {
    await simulator.control.reset();
    const { DBInstanceIdSet: twins = [] } = await client.CreateInstances(order({ Name: 'twin', InstanceCount: 2 }));
    await client.CreateInstances(order({ Name: 'single', TagList: [{ TagKey: 'env', TagValue: 'test' }] }));
    const names = async (body: object): Promise<unknown> =>
      (await client.DescribeDBInstances(body)).DBInstanceSet?.map((one) => one.DBInstanceName);
    assert.deepEqual(await names({ OrderBy: 'Name' }), ['single', 'twin', 'twin']);
    assert.deepEqual(await names({ OrderBy: 'Name', OrderByType: 'desc', Limit: 1, Offset: 2 }), ['single']);
    assert.deepEqual(await names({ Filters: [{ Name: 'db-tag-key', Values: ['env'] }] }), ['single']);
    assert.deepEqual(await names({ Filters: [{ Name: 'db-instance-id', Values: twins }] }), ['twin', 'twin']);
    assert.deepEqual(await names({ Filters: [{ Name: 'db-pay-mode', Values: ['prepaid'] }] }), []);
    await assert.rejects(client.DescribeDBInstances({ Limit: 101 }), {
      code: 'InvalidParameterValue.InvalidParameterValueError',
    });
    await assert.rejects(client.DescribeDBInstances({ Filters: [{ Name: 'colour', Values: [] }] }), {
      code: 'InvalidParameterValue.InvalidParameterValueError',
    });
    assert.equal((await newestClient(simulator, 'ap-beijing').DescribeDBInstances({})).TotalCount, 0);
  });
});

test('the two kinds do not see each other', async () => {
  await simulator.control.reset();
  const made = await call(simulator, { action: 'CreateServerlessDBInstance', body: createBody('plain') });
  const { DBInstanceIdSet: [id = ''] = [] } = await client.CreateInstances(order({ Name: 'plain' }));
  await settled(client, id, isRunning);
  const serverless = await call(simulator, { action: 'DescribeServerlessDBInstances' });
  assert.equal(serverless['TotalCount'], 1);
  assert.equal((await client.DescribeDBInstances({})).TotalCount, 1);
  const DBInstanceId = String(made['DBInstanceId']);
  await assert.rejects(client.RestartDBInstance({ DBInstanceId }), {
    code: 'FailedOperation.ServerlessNotSupportedError',
  });
  const removal = { action: 'DeleteServerlessDBInstance', body: { DBInstanceId: id } };
  assert.equal(await codeOf(simulator, removal), 'ResourceNotFound.InstanceNotFoundError');
  const { instances } = await simulator.control.state();
  assert.deepEqual(
    instances.map((instance) => [instance.kind, instance.chargeType, instance.specCode, instance.storage]),
    [
      ['serverless', undefined, undefined, undefined],
      ['provisioned', 'POSTPAID_BY_HOUR', 'pg.it.medium4', 50],
    ],
  );
});

test('what cannot be done now or ever is refused', async () => {
  await simulator.control.reset();
  const { DBInstanceIdSet: [id = ''] = [] } = await client.CreateInstances(order());
  await assert.rejects(client.RestartDBInstance({ DBInstanceId: id }), {
    code: 'OperationDenied.InstanceStatusLimitOpError',
  });
  await settled(client, id, isRunning);
  const of = (action: string, body: object) => ({ action, body: { DBInstanceId: id, ...body } });
  const expected: [string, ReturnType<typeof of>][] = [
    ['ResourceNotFound.InstanceNotFoundError', of('RestartDBInstance', { DBInstanceId: 'postgres-00000000' })],
    ['UnknownParameter', of('RestartDBInstance', { Force: true })],
    ['FailedOperation.FailedOperationError', of('OpenDBExtranetAccess', {})],
    ['OperationDenied.InstanceStatusLimitOpError', of('CloseDBExtranetAccess', {})],
    ['InvalidParameterValue.BadSpec', of('ModifyDBInstanceSpec', { Memory: 5, Storage: 50 })],
    ['InvalidParameterValue.BadSpec', of('ModifyDBInstanceSpec', { Memory: 4_096, Storage: 50 })],
    ['InvalidParameterValue.InvalidInstanceVolume', of('ModifyDBInstanceSpec', { Memory: 4, Storage: 40 })],
    ['FailedOperation.StorageMemoryCheckError', of('ModifyDBInstanceSpec', { Memory: 4, Storage: 50 })],
    [
      'InvalidParameterValue.InvalidParameterValueError',
      of('ModifyDBInstanceSpec', { Memory: 8, Storage: 50, SwitchTag: 1 }),
    ],
    ['InvalidParameterValue.ParameterCharacterError', of('ModifyDBInstanceName', { InstanceName: 'a/b' })],
  ];
  for (const [code, asked] of expected) {
    assert.equal(await codeOf(simulator, asked), code, JSON.stringify(asked));
  }
  assert.equal(
    await codeOf(simulator, { action: 'DescribeOrders', body: { DealNames: [] } }),
    'InvalidParameterValue.NullDealNames',
  );
});

test('a fault changes members of a right answer, or takes them away', async () => {
  await simulator.control.reset();
  await simulator.control.addFaults(
    'CreateInstances=answer:DBInstanceIdSet*1',
    'DescribeDBInstances=answer:DBInstanceSet.*.DBInstanceStatus="frozen over"',
    'InquiryPriceCreateDBInstances=answer:Price=null*1',
    'InquiryPriceCreateDBInstances=answer:OriginalPrice=18000000000*1',
  );
  const made = await client.CreateInstances(order());
  assert.ok(!('DBInstanceIdSet' in made));
  assert.equal(made.DealNames?.length, 1);
  await client.CreateInstances(order());
  const { DBInstanceSet: both = [] } = await client.DescribeDBInstances({});
  assert.deepEqual(
    both.map((one) => one.DBInstanceStatus),
    ['frozen over', 'frozen over'],
  );
  const asked = { Zone: 'ap-guangzhou-3', SpecCode: 'pg.it.medium4', Storage: 50, InstanceCount: 1, Period: 1 };
  const price = await client.InquiryPriceCreateDBInstances(asked);
  assert.deepEqual([price.Price, price.OriginalPrice], [null, 18_000_000_000]);
  assert.equal(typeof (await client.InquiryPriceCreateDBInstances(asked)).Price, 'number');
  for (const wrong of ['answer', 'answer:', 'answer:Price=', 'answer:Price=no', 'answer:..=1']) {
    await assert.rejects(simulator.control.addFaults(`DescribeOrders=${wrong}`), /Cannot read the effect/);
  }
});
