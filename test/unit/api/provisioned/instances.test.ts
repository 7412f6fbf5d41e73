import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError, UnexpectedAnswerError } from '../../../../src/domain/errors.ts';
import { isOpen } from '../../../../src/domain/instance.ts';
import { never, refusalOf } from '../support.ts';
import { adminPassword, createWorld, password, plan, planWithoutRental, region, rental, time } from './world.ts';

const row = {
  DBInstanceId: 'postgres-1',
  DBInstanceName: 'demo',
  DBInstanceStatus: 'running',
  Region: 'ap-guangzhou',
  Zone: 'ap-guangzhou-3',
  ProjectId: 0,
  VpcId: 'vpc-1',
  SubnetId: 'subnet-1',
  DBInstanceMemory: 2,
  DBInstanceStorage: 50,
  DBInstanceCpu: 1,
  DBInstanceClass: 'pg.it.small2',
  DBInstanceStorageType: 'CLOUD_HSSD',
  DBMajorVersion: '16',
  DBVersion: '16.8',
  DBKernelVersion: 'v16.8_r1.13',
  DBInstanceType: 'primary',
  DBCharset: 'UTF8',
  CreateTime: '2026-08-21 12:00:07',
  ExpireTime: '0000-00-00 00:00:00',
  IsolatedTime: '0000-00-00 00:00:00',
  PayType: 'postpaid',
  DBInstanceNetInfo: [
    { Address: '', Ip: '10.0.0.4', Port: 5432, Status: 'opened', NetType: 'private' },
    { Address: 'pg.example', Ip: '1.2.3.4', Port: 23_456, Status: 1, NetType: 'public' },
    { Address: '', Ip: '', Port: 0, Status: '1', NetType: 'inner' },
  ],
  TagList: [{ TagKey: 'env', TagValue: 'test' }],
  MasterDBInstanceId: '',
  DBNodeSet: [
    { Role: 'Primary', Zone: 'ap-guangzhou-3', DedicatedClusterId: '' },
    { Role: 'Standby', Zone: 'ap-guangzhou-4' },
  ],
  SupportIpv6: 1,
  DeletionProtection: false,
  FieldOfTomorrow: { any: 'thing' },
};

test('a row of the service becomes an instance; times of zeros and empty texts are left out', async (context) => {
  const { instances } = await createWorld(context, { DescribeDBInstances: { TotalCount: 1, DBInstanceSet: [row] } });
  const listed = await instances.list(region, never());
  assert.deepEqual(listed, [
    {
      id: 'postgres-1',
      accountId: '100000000001',
      offering: 'provisioned',
      name: 'demo',
      status: 'running',
      region: 'ap-guangzhou',
      zone: 'ap-guangzhou-3',
      version: '16.8',
      kernelVersion: 'v16.8_r1.13',
      charset: 'UTF8',
      projectId: 0,
      vpcId: 'vpc-1',
      subnetId: 'subnet-1',
      createdAt: '2026-08-21 12:00:07',
      addresses: [
        { kind: 'private', host: '10.0.0.4', port: 5432, status: 'opened' },
        { kind: 'public', host: 'pg.example', port: 23_456, status: '1' },
        { kind: 'inner', host: '', port: 0, status: '1' },
      ],
      tags: [{ key: 'env', value: 'test' }],
      specCode: 'pg.it.small2',
      cpu: 1,
      memoryGb: 2,
      storageGb: 50,
      storageType: 'CLOUD_HSSD',
      standbyZone: 'ap-guangzhou-4',
      chargeType: 'postpaid',
      role: 'primary',
      deletionProtection: false,
      supportsIpv6: true,
    },
  ]);
  assert.deepEqual(listed[0]?.addresses.map(isOpen), [true, true, false]);
});

test('every field may be null or missing, and a row without an id is left out', async (context) => {
  const nulls = Object.fromEntries(Object.keys(row).map((key) => [key, null]));
  const rows = [{ ...nulls, DBInstanceId: 'postgres-1' }, nulls, {}];
  const { instances } = await createWorld(context, {
    DescribeDBInstances: { TotalCount: null, DBInstanceSet: rows },
    DescribeDBInstanceAttribute: { DBInstance: {} },
  });
  const empty = { name: '', status: '', region, zone: '', tags: [], addresses: [] };
  const own = { accountId: '100000000001', offering: 'provisioned' };
  assert.deepEqual(await instances.list(region, never()), [{ id: 'postgres-1', ...own, ...empty }]);
  assert.deepEqual(await instances.findById(region, 'postgres-9', never()), { id: 'postgres-9', ...own, ...empty });
  const nothing = await createWorld(context, { DescribeDBInstances: { TotalCount: 0, DBInstanceSet: null } });
  assert.deepEqual(await nothing.instances.list(region, never()), []);
});

test('a standby in the zone of the primary is not told, a replica tells whom it follows', async (context) => {
  const replica = {
    ...row,
    DBInstanceType: 'readonly',
    MasterDBInstanceId: 'postgres-0',
    DBNodeSet: [{ Role: 'Standby', Zone: row.Zone }],
    ExpireTime: '2027-01-01 00:00:00',
    IsolatedTime: '2026-09-01 00:00:00',
    DBVersion: '',
  };
  const { instances } = await createWorld(context, { DescribeDBInstances: { DBInstanceSet: [replica] } });
  const [listed] = await instances.list(region, never());
  assert.ok(listed !== undefined && !('standbyZone' in listed));
  assert.deepEqual(
    [listed.role, listed.primaryId, listed.expiresAt, listed.isolatedAt, listed.version],
    ['readonly', 'postgres-0', '2027-01-01 00:00:00', '2026-09-01 00:00:00', '16'],
  );
});

test('all pages are read, a hundred rows at a time', async (context) => {
  const all = Array.from({ length: 230 }, (_, index) => ({ DBInstanceId: `postgres-${String(index)}` }));
  const { instances, asked } = await createWorld(context, {
    DescribeDBInstances: ({ Offset, Limit }) => ({
      TotalCount: all.length,
      DBInstanceSet: all.slice(Number(Offset), Number(Offset) + Number(Limit)),
    }),
  });
  const listed = await instances.list(region, never());
  assert.deepEqual(
    listed.map(({ id }) => id),
    all.map(({ DBInstanceId }) => DBInstanceId),
  );
  assert.deepEqual(
    asked.map(({ parameters }) => parameters),
    [0, 100, 200].map((Offset) => ({ Limit: 100, Offset, OrderBy: 'CreateTime', OrderByType: 'asc' })),
  );
});

test('a create request says how it is paid, and for how many, in the words of that action', async (context) => {
  const { instances, asked } = await createWorld(context, {
    CreateInstances: { DBInstanceIdSet: ['postgres-1'], DealNames: ['deal-1'], BillId: 'bill-1' },
  });
  assert.deepEqual(await instances.create({ plan, password }, never()), {
    instanceId: 'postgres-1',
    orders: ['deal-1'],
    requestId: 'request-1',
  });
  const body = {
    Zone: 'ap-guangzhou-3',
    SpecCode: 'pg.it.small2',
    Storage: 50,
    StorageType: 'CLOUD_HSSD',
    InstanceCount: 1,
    InstanceChargeType: 'POSTPAID_BY_HOUR',
    Period: 1,
    DBMajorVersion: '16',
    Charset: 'UTF8',
    Name: 'demo',
    AdminName: 'root_of_demo',
    AdminPassword: adminPassword,
    VpcId: 'vpc-1',
    SubnetId: 'subnet-1',
    DeletionProtection: false,
  };
  assert.deepEqual(asked, [{ service: 'postgres', action: 'CreateInstances', parameters: body }]);
  assert.deepEqual(instances.request(plan), {
    action: 'CreateInstances',
    version: '2017-03-12',
    region,
    body: { ...body, AdminPassword: '***' },
  });
});

test('what the plan says beyond that is sent as well, prepaid only when it says so', async (context) => {
  const { instances, asked } = await createWorld(context, { CreateInstances: { DBInstanceIdSet: ['postgres-1'] } });
  const full = {
    ...plan,
    version: '16.8',
    projectId: 7,
    tags: [{ key: 'env', value: 'test' }],
    rental: {
      ...rental,
      standbyZone: 'ap-guangzhou-4',
      securityGroupIds: ['sg-1', 'sg-2'],
      deletionProtection: true,
      prepaidMonths: 12,
    },
  };
  await instances.create({ plan: full, password }, never());
  const { parameters } = asked[0] ?? { parameters: {} };
  assert.deepEqual(
    { ...parameters },
    {
      ...instances.request(plan).body,
      AdminPassword: adminPassword,
      InstanceChargeType: 'PREPAID',
      Period: 12,
      DBMajorVersion: '16',
      DBVersion: '16.8',
      DBNodeSet: [
        { Role: 'Primary', Zone: 'ap-guangzhou-3' },
        { Role: 'Standby', Zone: 'ap-guangzhou-4' },
      ],
      SecurityGroupIds: ['sg-1', 'sg-2'],
      ProjectId: 7,
      TagList: [{ TagKey: 'env', TagValue: 'test' }],
      DeletionProtection: true,
    },
  );
});

test('ids that the answer leaves out, empties or shortens leave the orders', async (context) => {
  for (const ids of [{}, { DBInstanceIdSet: null }, { DBInstanceIdSet: [] }, { DBInstanceIdSet: ['', null] }]) {
    const { instances } = await createWorld(context, { CreateInstances: { ...ids, DealNames: ['deal-1'] } });
    assert.deepEqual(await instances.create({ plan, password }, never()), {
      orders: ['deal-1'],
      requestId: 'request-1',
    });
  }
});

test('an answer with neither an instance nor an order is not taken for a success', async (context) => {
  const { instances } = await createWorld(context, { CreateInstances: { DBInstanceIdSet: [], DealNames: null } });
  await assert.rejects(
    instances.create({ plan, password }, never()),
    (error) => error instanceof UnexpectedAnswerError && error.requestId === 'request-1',
  );
});

test('a create is sent once, whatever is said, and never without a password or a class', async (context) => {
  const { instances, asked, waits } = await createWorld(context, { CreateInstances: refusalOf('InternalError') });
  await assert.rejects(instances.create({ plan, password }, never()), ServiceError);
  assert.deepEqual([asked.length, waits.length], [1, 0]);
  await assert.rejects(instances.create({ plan }, never()), /password/);
  await assert.rejects(instances.create({ plan: planWithoutRental, password }, never()), /rented/);
  assert.throws(() => instances.request(planWithoutRental), /rented/);
  assert.equal(asked.length, 1);
});

test('a hundred creates pass in a second, and the next one waits', async (context) => {
  const { instances, asked, waits } = await createWorld(context, { CreateInstances: { DealNames: ['deal-1'] } });
  await Promise.all(Array.from({ length: 101 }, () => instances.create({ plan, password }, never())));
  assert.deepEqual(waits, [1_000]);
  assert.equal(asked.length, 101);
});

test('the password of a create is in no line of the log and in no error', async (context) => {
  const world = await createWorld(context, { CreateInstances: refusalOf('InvalidParameterValue', adminPassword) });
  await assert.rejects(world.instances.create({ plan, password }, never()), (error) => {
    assert.ok(error instanceof ServiceError);
    // The service's own words are kept from the log, whatever they repeat.
    assert.ok(!JSON.stringify(error.cause ?? null).includes(adminPassword));
    return true;
  });
  const lost = await createWorld(context, { CreateInstances: `no JSON ${adminPassword}` });
  await assert.rejects(lost.instances.create({ plan, password }, never()), (error) => {
    assert.ok(error instanceof Error && !`${error.message} ${error.stack ?? ''}`.includes(adminPassword));
    return true;
  });
  for (const { log } of [world, lost]) {
    assert.ok(log.length > 0);
    assert.ok(!log.join('\n').includes(adminPassword));
  }
});

test('an order leads to its instances once the service names them', async (context) => {
  const deals = [
    { DealName: 'deal-1', DBInstanceIdSet: ['postgres-1', ''] },
    { DBInstanceIdSet: null },
    { DBInstanceIdSet: ['postgres-1'] },
  ];
  const trace = { plan, sentAt: time, orders: ['deal-1', 'deal-2'] };
  const { instances, asked } = await createWorld(context, {
    DescribeOrders: { TotalCount: 2, Deals: deals },
    DescribeDBInstanceAttribute: { DBInstance: { ...row, DBInstanceName: 'renamed meanwhile' } },
  });
  const found = await instances.findCreated(trace, never());
  assert.deepEqual(
    found.map(({ id, name }) => [id, name]),
    [['postgres-1', 'renamed meanwhile']],
  );
  assert.deepEqual(asked[0], {
    service: 'postgres',
    action: 'DescribeOrders',
    parameters: { DealNames: ['deal-1', 'deal-2'] },
  });
  const early = await createWorld(context, { DescribeOrders: { Deals: null } });
  assert.deepEqual(await early.instances.findCreated(trace, never()), []);
  const behind = await createWorld(context, {
    DescribeOrders: { Deals: deals },
    DescribeDBInstanceAttribute: refusalOf('ResourceNotFound.InstanceNotFoundError'),
  });
  assert.deepEqual(await behind.instances.findCreated(trace, never()), []);
});

test('without an order every instance that may be the one is named: name, place, size, version and time decide', async (context) => {
  const others = {
    name: { DBInstanceName: 'demo-2' },
    zone: { Zone: 'ap-guangzhou-4' },
    class: { DBInstanceClass: 'pg.it.medium4', DBInstanceCpu: 2, DBInstanceMemory: 4 },
    storage: { DBInstanceStorage: 60 },
    version: { DBVersion: '15.12', DBMajorVersion: '15' },
    vpc: { VpcId: 'vpc-2' },
    subnet: { SubnetId: 'subnet-2' },
    earlier: { CreateTime: '2026-08-21 11:54:59' },
  };
  const same = {
    'the same': {},
    'a clock that is ahead': { CreateTime: '2026-08-21 11:55:00' },
    'long afterwards': { CreateTime: '2026-08-22 12:00:00' },
    'a class by another name': { DBInstanceClass: 'cdb.pg.z1.2g' },
    'nothing said yet': Object.fromEntries(
      Object.keys(row).map((key) => [key, key === 'DBInstanceName' ? 'demo' : null]),
    ),
  };
  const { instances, asked } = await createWorld(context, {
    DescribeDBInstances: {
      DBInstanceSet: Object.entries({ ...others, ...same }).map(([id, fields]) => ({
        ...row,
        ...fields,
        DBInstanceId: id,
      })),
    },
  });
  for (const orders of [{}, { orders: [] }]) {
    const found = await instances.findCreated({ plan, sentAt: time, ...orders }, never());
    assert.deepEqual(
      found.map(({ id }) => id),
      Object.keys(same),
    );
  }
  assert.deepEqual(asked[0]?.parameters['Filters'], [{ Name: 'db-instance-name', Values: ['demo'] }]);
});

test('of several of one name, one that is not gone is found', async (context) => {
  const rows = [
    { ...row, DBInstanceId: 'postgres-1', DBInstanceStatus: 'offline' },
    { ...row, DBInstanceId: 'postgres-2', DBInstanceName: 'demo-2' },
    { ...row, DBInstanceId: 'postgres-3' },
  ];
  const { instances } = await createWorld(context, { DescribeDBInstances: { DBInstanceSet: rows } });
  assert.equal((await instances.findByName(region, 'demo', never()))?.id, 'postgres-3');
  assert.equal(await instances.findByName(region, 'dem', never()), undefined);
});

test('an instance that is not there is not found, and every other refusal is an error', async (context) => {
  for (const code of [
    'ResourceNotFound.InstanceNotFoundError',
    'InvalidParameterValue.InstanceNotExist',
    'OperationDenied.ResourceNotFundError',
    'InstanceNotExist',
  ]) {
    const { instances } = await createWorld(context, { DescribeDBInstanceAttribute: refusalOf(code) });
    assert.equal(await instances.findById(region, 'postgres-1', never()), undefined, code);
    assert.equal(await instances.access(region, 'postgres-1', never()), undefined, code);
  }
  const none = await createWorld(context, { DescribeDBInstanceAttribute: { DBInstance: null } });
  assert.equal(await none.instances.findById(region, 'postgres-1', never()), undefined);
  const denied = await createWorld(context, {
    DescribeDBInstanceAttribute: refusalOf('OperationDenied.CamDeniedError'),
  });
  await assert.rejects(denied.instances.findById(region, 'postgres-1', never()), ServiceError);
});

test('access tells accounts without passwords, administrators first, and databases', async (context) => {
  const { instances, asked } = await createWorld(context, {
    DescribeDBInstanceAttribute: { DBInstance: row },
    DescribeAccounts: {
      TotalCount: 4,
      Details: [
        { UserName: 'made_inside', UserType: 'tencentDBSuper', Status: 2, CreateTime: '0000-00-00 00:00:00' },
        { UserName: 'reader', UserType: 'normal', Status: 2, CreateTime: '2026-08-21 12:00:08' },
        { UserName: 'root_of_demo', UserType: 'tencentDBSuper', Status: 2, CreateTime: '2026-08-21 12:00:09' },
        { UserName: null },
      ],
    },
    DescribeDatabases: { TotalCount: 2, Items: ['postgres', 'shop'], Databases: null },
  });
  const access = await instances.access(region, 'postgres-1', never());
  assert.deepEqual(access?.accounts, [{ user: 'root_of_demo' }, { user: 'made_inside' }, { user: 'reader' }]);
  assert.deepEqual(access.databases, ['postgres', 'shop']);
  assert.equal(access.instance.id, 'postgres-1');
  assert.ok(asked.every(({ parameters }) => parameters['DBInstanceId'] === 'postgres-1'));
});

test('a list that a policy forbids is named by what is missing', async (context) => {
  const { cloud, instances } = await createWorld(context, {
    DescribeDBInstanceAttribute: { DBInstance: row },
    DescribeDatabases: refusalOf('OperationDenied.CamDeniedError'),
  });
  await assert.rejects(instances.access(region, 'postgres-1', never()), (error) => {
    assert.ok(error instanceof ServiceError && error.action === 'DescribeDatabases');
    assert.match(cloud.explain(error).cause ?? '', /DescribeDatabases/);
    return true;
  });
});

test('destroying and public addresses name the instance; a task comes back under either name, if at all', async (context) => {
  const flows = [{ FlowId: 11, TaskId: 12 }, { FlowId: 13 }, { FlowId: null, TaskId: 0 }, { FlowId: 1e300 }];
  const next = (): Readonly<Record<string, unknown>> => flows.shift() ?? {};
  const { instances, asked } = await createWorld(context, {
    OpenDBExtranetAccess: next,
    CloseDBExtranetAccess: next,
  });
  const answers = [
    await instances.openPublicAccess(region, 'postgres-1', false, never()),
    await instances.openPublicAccess(region, 'postgres-1', true, never()),
    await instances.closePublicAccess(region, 'postgres-1', false, never()),
    await instances.closePublicAccess(region, 'postgres-1', true, never()),
    await instances.delete(region, 'postgres-1', never()),
  ];
  assert.deepEqual(
    answers.map(({ taskId }) => taskId),
    [12, 13, undefined, undefined, undefined],
  );
  assert.deepEqual(
    asked.map(({ action, parameters }) => [action, parameters]),
    [
      ['OpenDBExtranetAccess', { DBInstanceId: 'postgres-1', IsIpv6: 0 }],
      ['OpenDBExtranetAccess', { DBInstanceId: 'postgres-1', IsIpv6: 1 }],
      ['CloseDBExtranetAccess', { DBInstanceId: 'postgres-1', IsIpv6: 0 }],
      ['CloseDBExtranetAccess', { DBInstanceId: 'postgres-1', IsIpv6: 1 }],
      ['DestroyDBInstance', { DBInstanceId: 'postgres-1' }],
    ],
  );
});
