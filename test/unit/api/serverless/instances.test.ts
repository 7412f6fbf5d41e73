import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import type { Call } from '../../../../src/api/client.ts';
import { createServerlessInstances } from '../../../../src/api/serverless/instances.ts';
import { isOpen } from '../../../../src/domain/instance.ts';
import type { InstanceService } from '../../../../src/domain/ports.ts';
import { createFakeClient, never } from '../support.ts';
import type { Sent } from '../support.ts';

const passAll = { take: () => Promise.resolve() };

function instancesWith(answer: (parameters: Call['parameters']) => object): {
  instances: InstanceService;
  sent: Sent[];
} {
  const { client, sent } = createFakeClient(answer);
  return { instances: createServerlessInstances(client, '100000000001', passAll), sent };
}

const offsetSchema = z.object({ Offset: z.coerce.number(), Limit: z.coerce.number() });

const row = {
  DBInstanceId: 'postgres-1',
  DBInstanceName: 'demo',
  DBInstanceStatus: 'limited run',
  Region: 'ap-guangzhou',
  Zone: 'ap-guangzhou-3',
  ProjectId: 0,
  VpcId: 'vpc-1',
  SubnetId: 'subnet-1',
  DBCharset: 'UTF8',
  DBVersion: '10',
  DBKernelVersion: 'v10.4_r1.0',
  DBMajorVersion: '10',
  CreateTime: '2020-03-20 12:19:14',
  DBInstanceNetInfo: [
    { Address: '', Ip: '10.0.0.4', Port: 5432, Status: 'opened', NetType: 'private' },
    { Address: 'pg.example', Ip: '1.2.3.4', Port: 0, Status: 0, NetType: 'public' },
  ],
  DBAccountSet: [{ DBUser: 'tencentdb_a', DBPassword: 'hunter2', DBConnLimit: 100 }],
  DBDatabaseList: ['tencentdb_a'],
  TagList: [{ TagKey: 'env', TagValue: 'test', CanDelete: 0 }],
};

test('a row of the service becomes an instance without accounts', async () => {
  const { instances } = instancesWith(() => ({ TotalCount: 1, DBInstanceSet: [row] }));
  const listed = await instances.list('ap-guangzhou', never());
  assert.deepEqual(listed, [
    {
      id: 'postgres-1',
      accountId: '100000000001',
      offering: 'serverless',
      name: 'demo',
      status: 'limited run',
      region: 'ap-guangzhou',
      zone: 'ap-guangzhou-3',
      version: '10',
      kernelVersion: 'v10.4_r1.0',
      charset: 'UTF8',
      projectId: 0,
      vpcId: 'vpc-1',
      subnetId: 'subnet-1',
      createdAt: '2020-03-20 12:19:14',
      addresses: [
        { kind: 'private', host: '10.0.0.4', port: 5432, status: 'opened' },
        { kind: 'public', host: 'pg.example', port: 0, status: '0' },
      ],
      tags: [{ key: 'env', value: 'test' }],
    },
  ]);
  assert.deepEqual(listed[0]?.addresses.map(isOpen), [true, false]);
  assert.ok(!JSON.stringify(listed).includes('hunter2'));
});

test('every field may be null or missing, and a row without an id is left out', async () => {
  const nulls = Object.fromEntries(Object.keys(row).map((key) => [key, null]));
  const address = { Address: null, Ip: null, Port: null, Status: null, NetType: null };
  const rows = [
    { ...nulls, DBInstanceId: 'postgres-1' },
    nulls,
    {},
    { DBInstanceId: 'postgres-2', DBInstanceNetInfo: [address, {}], VpcId: '' },
  ];
  const { instances } = instancesWith(() => ({ TotalCount: 4, DBInstanceSet: rows }));
  const empty = { name: '', status: '', region: 'ap-shanghai', zone: '', tags: [] };
  const nowhere = { kind: '', host: '', port: 0, status: '' };
  assert.deepEqual(await instances.list('ap-shanghai', never()), [
    { id: 'postgres-1', accountId: '100000000001', offering: 'serverless', ...empty, addresses: [] },
    { id: 'postgres-2', accountId: '100000000001', offering: 'serverless', ...empty, addresses: [nowhere, nowhere] },
  ]);
  for (const answer of [{ DBInstanceSet: null, TotalCount: null }, {}]) {
    assert.deepEqual(await instancesWith(() => answer).instances.list('ap-shanghai', never()), []);
  }
});

test('all pages are read, also when the service gives fewer rows than were asked for', async () => {
  const all = Array.from({ length: 23 }, (_, index) => ({ DBInstanceId: `postgres-${String(index)}` }));
  const { instances, sent } = instancesWith((parameters) => {
    const { Offset } = offsetSchema.parse(parameters);
    return { TotalCount: all.length, DBInstanceSet: all.slice(Offset, Offset + 10) };
  });
  const listed = await instances.list('ap-guangzhou', never());
  assert.deepEqual(
    listed.map(({ id }) => id),
    all.map(({ DBInstanceId }) => DBInstanceId),
  );
  assert.deepEqual(
    sent.map(({ parameters }) => parameters),
    [0, 10, 20].map((Offset) => ({ Limit: 100, Offset, OrderBy: 'CreateTime', OrderByType: 'asc' })),
  );
});

test('a name is looked up by a filter, and only that very name counts', async () => {
  const rows = [
    { DBInstanceId: 'postgres-1', DBInstanceName: 'demo-2' },
    { DBInstanceId: 'postgres-2', DBInstanceName: 'demo', DBInstanceStatus: 'recycled' },
    { DBInstanceId: 'postgres-3', DBInstanceName: 'demo', DBInstanceStatus: 'running' },
  ];
  const { instances, sent } = instancesWith(() => ({ TotalCount: 3, DBInstanceSet: rows }));
  assert.equal((await instances.findByName('ap-guangzhou', 'demo', never()))?.id, 'postgres-3');
  assert.equal(await instances.findByName('ap-guangzhou', 'dem', never()), undefined);
  assert.deepEqual(sent[0]?.parameters['Filter'], [{ Name: 'db-instance-name', Values: ['demo'] }]);
  rows.pop();
  assert.equal((await instances.findByName('ap-guangzhou', 'demo', never()))?.id, 'postgres-2');
});

test('an instance is found by its id', async () => {
  const { instances, sent } = instancesWith(() => ({ TotalCount: 1, DBInstanceSet: [row] }));
  assert.equal((await instances.findById('ap-guangzhou', 'postgres-1', never()))?.name, 'demo');
  assert.equal(await instances.findById('ap-guangzhou', 'postgres-9', never()), undefined);
  assert.deepEqual(sent[0]?.parameters['Filter'], [{ Name: 'db-instance-id', Values: ['postgres-1'] }]);
});

test('accounts and databases come only from the act that asks for them, and print as nothing', async () => {
  const { instances } = instancesWith(() => ({ TotalCount: 1, DBInstanceSet: [row] }));
  const access = await instances.access('ap-guangzhou', 'postgres-1', never());
  assert.equal(access?.accounts[0]?.user, 'tencentdb_a');
  assert.equal(access.accounts[0].password?.reveal(), 'hunter2');
  assert.deepEqual(access.databases, ['tencentdb_a']);
  assert.ok(!JSON.stringify(access).includes('hunter2'));
  assert.equal(await instances.access('ap-guangzhou', 'postgres-9', never()), undefined);
  const young = { ...row, DBAccountSet: [{ DBUser: null, DBPassword: null }], DBDatabaseList: null };
  const { instances: early } = instancesWith(() => ({ TotalCount: 1, DBInstanceSet: [young] }));
  const nothing = await early.access('ap-guangzhou', 'postgres-1', never());
  assert.deepEqual([nothing?.accounts, nothing?.databases], [[], []]);
});

test('deleting and opening are writes that name the instance by its id', async () => {
  const { instances, sent } = instancesWith(() => ({}));
  assert.deepEqual(await instances.delete('ap-guangzhou', 'postgres-1', never()), { requestId: 'request-1' });
  await instances.openPublicAccess('ap-guangzhou', 'postgres-1', false, never());
  await instances.closePublicAccess('ap-guangzhou', 'postgres-1', true, never());
  assert.deepEqual(
    sent.map(({ action }) => action),
    ['DeleteServerlessDBInstance', 'OpenServerlessDBExtranetAccess', 'CloseServerlessDBExtranetAccess'],
  );
  for (const { effect, parameters } of sent) {
    assert.deepEqual({ effect, parameters }, { effect: 'write', parameters: { DBInstanceId: 'postgres-1' } });
  }
});

const made = {
  DBInstanceId: 'made',
  DBInstanceName: 'demo',
  Zone: 'ap-guangzhou-2',
  DBVersion: '10',
  DBCharset: 'utf-8',
  ProjectId: 7,
  VpcId: 'vpc-1',
  SubnetId: 'subnet-1',
  CreateTime: '2026-08-21 12:00:00',
};
const trace = {
  plan: {
    offering: 'serverless',
    region: 'ap-guangzhou',
    zone: 'ap-guangzhou-2',
    name: 'demo',
    version: '10.4',
    charset: 'UTF8',
    projectId: 7,
    network: { vpcId: 'vpc-1', subnetId: 'subnet-1' },
    tags: [],
  },
  sentAt: Date.parse('2026-08-21T04:00:00Z'),
};

test('what a create has made is found by its name and by the rest of the plan, as far as the service tells', async () => {
  const others = {
    name: { DBInstanceName: 'demo-2' },
    zone: { Zone: 'ap-guangzhou-3' },
    version: { DBVersion: '11.2' },
    charset: { DBCharset: 'LATIN1' },
    project: { ProjectId: 8 },
    vpc: { VpcId: 'vpc-2' },
    subnet: { SubnetId: 'subnet-2' },
    earlier: { CreateTime: '2026-08-21 11:54:59' },
  };
  const same = {
    'the same': {},
    'nothing said yet': Object.fromEntries(
      Object.keys(made).map((key) => [key, key === 'DBInstanceName' ? 'demo' : null]),
    ),
  };
  const rows = Object.entries({ ...others, ...same }).map(([id, fields]) => ({ ...made, ...fields, DBInstanceId: id }));
  const { instances } = instancesWith(() => ({ TotalCount: rows.length, DBInstanceSet: rows }));
  const found = await instances.findCreated(trace, never());
  assert.deepEqual(
    found.map(({ id }) => id),
    Object.keys(same),
  );
  const named = await instances.findNamed('ap-guangzhou', 'demo', never());
  assert.equal(named.length, rows.length - 1, 'of exactly that name');
});

test('with what was there before on record, that decides, and no clock does', async () => {
  const rows = [
    { ...made, DBInstanceId: 'before' },
    { ...made, CreateTime: '2016-08-21 12:00:00' },
  ];
  const { instances } = instancesWith(() => ({ TotalCount: rows.length, DBInstanceSet: rows }));
  for (const [earlier, ids] of [
    [['before'], ['made']],
    [[], ['before', 'made']],
    [['before', 'made'], []],
  ] as const) {
    const found = await instances.findCreated({ ...trace, earlier }, never());
    assert.deepEqual(
      found.map(({ id }) => id),
      ids,
    );
  }
});
