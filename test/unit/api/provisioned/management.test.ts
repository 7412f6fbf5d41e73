import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../../../../src/domain/errors.ts';
import { never, refusalOf } from '../support.ts';
import { adminPassword, createWorld, owner, password, region } from './world.ts';

const id = 'postgres-1';
const size = { cpu: 2, memoryGb: 4, storageGb: 60 };

test('each act is one write with the names of its action', async (context) => {
  const { management, asked } = await createWorld(context, { RestartDBInstance: { FlowId: 7, TaskId: 7 } });
  const signal = never();
  assert.deepEqual(await management.restart(region, id, signal), { requestId: 'request-1', taskId: 7 });
  assert.deepEqual(await management.rename(region, id, '名字', signal), { requestId: 'request-1' });
  await management.isolate(region, id, signal);
  await management.restore(region, id, signal);
  await management.setDeletionProtection(region, id, true, signal);
  await management.setDeletionProtection(region, id, false, signal);
  await management.resize(region, id, size, { kind: 'now' }, signal);
  await management.resize(region, id, size, { kind: 'maintenanceWindow' }, signal);
  await management.createAccount(region, id, { name: 'reader', type: 'normal', password }, signal);
  await management.deleteAccount(region, id, 'reader', signal);
  await management.resetPassword(region, id, 'reader', password, signal);
  await management.createDatabase(region, id, { name: 'shop', owner: 'reader' }, signal);
  await management.deleteDatabase(region, id, { name: 'shop', owner: 'reader' }, signal);
  const resized = { DBInstanceId: id, Cpu: 2, Memory: 4, Storage: 60 };
  assert.deepEqual(
    asked.map(({ action, parameters }) => [action, parameters]),
    [
      ['RestartDBInstance', { DBInstanceId: id }],
      ['ModifyDBInstanceName', { DBInstanceId: id, InstanceName: '名字' }],
      ['IsolateDBInstances', { DBInstanceIdSet: [id] }],
      ['DisIsolateDBInstances', { DBInstanceIdSet: [id] }],
      ['ModifyDBInstanceDeletionProtection', { DBInstanceId: id, DeletionProtection: true }],
      ['ModifyDBInstanceDeletionProtection', { DBInstanceId: id, DeletionProtection: false }],
      ['ModifyDBInstanceSpec', { ...resized, SwitchTag: 0 }],
      ['ModifyDBInstanceSpec', { ...resized, SwitchTag: 2 }],
      ['CreateAccount', { DBInstanceId: id, UserName: 'reader', Type: 'normal', Password: adminPassword }],
      ['DeleteAccount', { DBInstanceId: id, UserName: 'reader' }],
      ['ResetAccountPassword', { DBInstanceId: id, UserName: 'reader', Password: adminPassword }],
      ['CreateDatabase', { DBInstanceId: id, DatabaseName: 'shop', DatabaseOwner: 'reader' }],
      ['DeleteDatabase', { DBInstanceId: id, DatabaseName: 'shop' }],
    ],
  );
});

test('a write is sent again after a refusal for its rate only, and its password is in no line of the log', async (context) => {
  const { management, asked, waits, log } = await createWorld(context, {
    ResetAccountPassword: refusalOf('InternalError', adminPassword),
    RestartDBInstance: refusalOf('RequestLimitExceeded'),
  });
  await assert.rejects(management.resetPassword(region, id, 'a', password, never()), ServiceError);
  assert.deepEqual([asked.length, waits.length], [1, 0]);
  await assert.rejects(management.restart(region, id, never()), ServiceError);
  assert.deepEqual([asked.length, waits.length], [4, 2]);
  assert.ok(log.length > 0 && !log.join('\n').includes(adminPassword));
});

test('accounts come from all pages, with a state that passes told apart from ready', async (context) => {
  const states = [1, 2, 3, 4, 5, -1, '2', '4', null, 9];
  const all = states.map((Status, index) => ({
    UserName: `user${String(index)}`,
    UserType: 'normal',
    Remark: index === 0 ? 'first' : '',
    Status,
    CreateTime: '2026-08-21 12:00:07',
    PasswordUpdateTime: index === 0 ? '2026-08-21 12:00:08' : null,
  }));
  const { management, asked } = await createWorld(context, {
    DescribeAccounts: ({ Offset }) => ({
      TotalCount: all.length,
      Details: all.slice(Number(Offset), Number(Offset) + 4),
    }),
  });
  const accounts = await management.accounts(region, id, never());
  assert.deepEqual(
    accounts.map(({ ready }) => ready),
    [false, true, false, false, false, false, true, false, true, true],
  );
  assert.deepEqual(accounts[0], {
    ...{ name: 'user0', type: 'normal', ready: false, remark: 'first' },
    passwordSetAt: '2026-08-21 12:00:08',
  });
  assert.ok(accounts[1] !== undefined && !('remark' in accounts[1]));
  assert.deepEqual(
    asked.map(({ parameters }) => parameters),
    [0, 4, 8].map((Offset) => ({
      DBInstanceId: id,
      Limit: 100,
      Offset,
      OrderBy: 'createTime',
      OrderByType: 'asc',
    })),
  );
  const none = await createWorld(context, { DescribeAccounts: { TotalCount: null, Details: null } });
  assert.deepEqual(await none.management.accounts(region, id, never()), []);
});

test('databases come with their details where the answer has them, else with their names', async (context) => {
  const { management } = await createWorld(context, {
    DescribeDatabases: {
      TotalCount: 3,
      Items: ['shop', 'postgres', 'bare'],
      Databases: [
        { DatabaseName: 'shop', DatabaseOwner: 'root', Encoding: 'UTF8', ConnLimit: -1 },
        { DatabaseName: 'postgres', DatabaseOwner: '', Encoding: null },
      ],
    },
  });
  assert.deepEqual(await management.databases(region, id, never()), [
    { name: 'shop', owner: 'root', encoding: 'UTF8' },
    { name: 'postgres' },
    { name: 'bare' },
  ]);
  const none = await createWorld(context, { DescribeDatabases: { Items: null, Databases: null } });
  assert.deepEqual(await none.management.databases(region, id, never()), []);
});

test('a task tells its state, percent and step; one that is not listed is none', async (context) => {
  const rows = [
    { TaskId: 6, Status: 'Success', Progress: 100 },
    { TaskId: 7, Status: 'Running', Progress: 41.7, TaskDetail: { CurrentStep: 'restart', Message: '' } },
    { TaskId: 8, Status: 'Fail', Progress: 140, TaskDetail: { CurrentStep: null, Message: 'no space' } },
    { TaskId: 9, Status: null, Progress: null, TaskDetail: null },
    { TaskId: 10, Status: 'WaitSwitch', Progress: -3 },
  ];
  const { management, asked } = await createWorld(context, { DescribeTasks: { TotalCount: 5, TaskSet: rows } });
  assert.deepEqual(await Promise.all([7, 8, 9, 10, 11].map((task) => management.task(region, task, never()))), [
    { id: 7, status: 'Running', percent: 41, step: 'restart' },
    { id: 8, status: 'Fail', percent: 100, message: 'no space' },
    { id: 9, status: '', percent: 0 },
    { id: 10, status: 'WaitSwitch', percent: 0 },
    undefined,
  ]);
  assert.ok(asked.some(({ parameters }) => parameters['TaskId'] === 7));
  const none = await createWorld(context, { DescribeTasks: { TaskSet: null } });
  assert.equal(await none.management.task(region, 7, never()), undefined);
});

test('the security groups of an instance are those that guard it', async (context) => {
  const { management, asked } = await createWorld(context, {
    DescribeDBInstanceSecurityGroups: {
      SecurityGroupSet: [
        { SecurityGroupId: 'sg-1', SecurityGroupName: 'office', SecurityGroupDescription: 'Only from there' },
        { SecurityGroupId: 'sg-2', SecurityGroupName: null, SecurityGroupDescription: '' },
        { SecurityGroupId: null },
      ],
    },
  });
  assert.deepEqual(await management.securityGroups(region, id, never()), [
    { id: 'sg-1', name: 'office', isDefault: false, note: 'Only from there' },
    { id: 'sg-2', name: '', isDefault: false },
  ]);
  assert.deepEqual(asked[0]?.parameters, { DBInstanceId: id });
});

test('a kind that cannot be managed, and one that is not known, are told at once', async (context) => {
  const { cloud } = await createWorld(context, {});
  const { accountId } = owner;
  assert.throws(() => cloud.management({ accountId, offering: 'serverless' }), /cannot be managed: serverless/);
  assert.throws(() => cloud.management({ accountId, offering: 'of-tomorrow' }), /of-tomorrow/);
  assert.throws(() => cloud.instances({ accountId, offering: 'of-tomorrow' }), /of-tomorrow/);
  assert.equal(cloud.instances(owner), cloud.instances({ ...owner }));
});
