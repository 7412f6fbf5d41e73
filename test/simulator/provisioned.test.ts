import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { after, before, describe, test } from 'node:test';
import type { Client } from 'tencentcloud-sdk-nodejs-latest/tencentcloud/services/postgres/v20170312/postgres_client.js';
import type { TaskSet } from 'tencentcloud-sdk-nodejs-latest/tencentcloud/services/postgres/v20170312/postgres_models.js';
import { query } from './clients.ts';
import { admin, isRunning, loginOf, newestClient, order, settled } from './provisionedClients.ts';
import { type RunningSimulator, startSimulator, until } from './support.ts';

const nowhere = '0000-00-00 00:00:00';

describe('the life of a pay-as-you-go instance, by the newest official client', () => {
  let simulator: RunningSimulator;
  let client: Client;
  let id = '';
  before(async () => {
    simulator = await startSimulator({ pace: 60 });
    client = newestClient(simulator);
  });
  after(() => simulator.stop());

  /** The task when it has ended, and every progress that was seen on the way. */
  async function followed(taskId: number | undefined): Promise<{ task: TaskSet; seen: number[] }> {
    const seen: number[] = [];
    const task = await until(
      async () => (await client.DescribeTasks({ TaskId: taskId ?? 0 })).TaskSet?.[0] ?? {},
      ({ Progress: progress = -1, Status: status }) => {
        seen.push(progress);
        return status === 'Success';
      },
    );
    return { task, seen };
  }

  test('what was ordered comes up: PostgreSQL 16, whose administrator may create databases', async () => {
    const ordered = await client.CreateInstances(
      order({
        Name: '订单-orders',
        DBNodeSet: [
          { Role: 'Primary', Zone: 'ap-guangzhou-3' },
          { Role: 'Standby', Zone: 'ap-guangzhou-4' },
        ],
        TagList: [{ TagKey: 'env', TagValue: 'test' }],
        DeletionProtection: true,
      }),
    );
    assert.equal(ordered.DBInstanceIdSet?.length, 1);
    id = ordered.DBInstanceIdSet[0] ?? '';
    assert.match(id, /^postgres-[a-z0-9]{8}$/);
    assert.match(ordered.BillId ?? '', /^\d{20}$/);
    const { Deals: [deal] = [] } = await client.DescribeOrders({ DealNames: ordered.DealNames ?? [] });
    assert.deepEqual([deal?.DBInstanceIdSet, deal?.Count, deal?.PayMode], [[id], 1, 0]);

    const instance = await settled(client, id, isRunning);
    assert.deepEqual(
      [instance.DBInstanceClass, instance.DBInstanceCpu, instance.DBInstanceMemory, instance.DBInstanceStorage],
      ['pg.it.medium4', 2, 4, 50],
    );
    assert.deepEqual(
      [instance.DBInstanceName, instance.PayType, instance.DBInstanceType, instance.DBMajorVersion],
      ['订单-orders', 'postpaid', 'primary', '16'],
    );
    assert.deepEqual(
      [instance.ExpireTime, instance.IsolatedTime, instance.DeletionProtection],
      [nowhere, nowhere, true],
    );
    assert.deepEqual(
      (instance.DBNodeSet ?? []).map(({ Role, Zone }) => `${Role} ${Zone}`),
      ['Primary ap-guangzhou-3', 'Standby ap-guangzhou-4'],
    );

    const way = loginOf(instance, 'private');
    assert.match(String(await query(way, 'show server_version_num')), /^16\d{4}$/);
    await query(way, 'create database shop');
    await query({ ...way, database: 'shop' }, 'create table kept (a int)', 'insert into kept values (7)');
    assert.equal(await query(way, 'show is_superuser'), 'off');
    await assert.rejects(query({ ...way, password: 'Wrong-1-password' }, 'select 1'), /password/);
    await assert.rejects(query({ ...way, user: 'postgres' }, 'select 1'));
  });

  test('a new name is there at once', async () => {
    await client.ModifyDBInstanceName({ DBInstanceId: id, InstanceName: 'orders' });
    const { DBInstanceSet: found } = await client.DescribeDBInstances({
      Filters: [{ Name: 'db-instance-name', Values: ['rder'] }],
    });
    assert.deepEqual(
      found?.map((instance) => instance.DBInstanceName),
      ['orders'],
    );
  });

  test('a restart cuts connections, and its task tells how far it is', async () => {
    const before = await query(
      loginOf(await settled(client, id, isRunning), 'private'),
      'select pg_postmaster_start_time()',
    );
    const { TaskId, FlowId } = await client.RestartDBInstance({ DBInstanceId: id });
    assert.equal(TaskId, FlowId);
    const { task, seen } = await followed(TaskId);
    assert.deepEqual([task.TaskType, task.DBInstanceId, task.Progress], ['RestartInstance', id, 100]);
    assert.ok(
      seen.some((progress) => progress < 100),
      `it was under way at first: ${seen.join()}`,
    );
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
    assert.equal(task.TaskDetail?.AllSteps?.split(',').at(-1), task.TaskDetail?.CurrentStep);
    const way = loginOf(await settled(client, id, isRunning), 'private');
    assert.notDeepEqual(await query(way, 'select pg_postmaster_start_time()'), before);
  });

  test('the public address opens and closes', async () => {
    await followed((await client.OpenDBExtranetAccess({ DBInstanceId: id })).FlowId);
    const way = loginOf(await settled(client, id, isRunning), 'public');
    assert.equal(await query(way, 'select 6 * 7'), 42);
    await followed((await client.CloseDBExtranetAccess({ DBInstanceId: id })).FlowId);
    await assert.rejects(query(way, 'select 1'));
  });

  const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
  test('so does one of IPv6 where there is support for it', { skip: !hasIpv6 }, async () => {
    const ipv6 = { DBInstanceId: id, IsIpv6: 1 };
    await assert.rejects(client.OpenDBExtranetAccess(ipv6), { code: 'OperationDenied.InstanceIpv6NotSupportedError' });
    await simulator.control.supportIpv6(id);
    await followed((await client.OpenDBExtranetAccess(ipv6)).FlowId);
    const open = await settled(client, id, isRunning);
    assert.equal(open.DBInstanceNetInfo?.filter((net) => net.NetType === 'public').length, 2);
    assert.equal(loginOf(open, 'public', 'ipv6').host, '::1');
    assert.equal(await query(loginOf(open, 'public', 'ipv6'), 'select 6 * 7'), 42);
    await followed((await client.CloseDBExtranetAccess(ipv6)).FlowId);
  });

  test('a resize is priced, waits for its time, and shows the new class when it is done', async () => {
    const size = { DBInstanceId: id, Memory: 8, Cpu: 4, Storage: 100 };
    const price = await client.InquiryPriceUpgradeDBInstance(size);
    assert.deepEqual([price.Price, price.Currency], [4 * 14 + 8 * 9 + 16, 'CNY']);
    const { DealName, BillId } = await client.ModifyDBInstanceSpec({
      ...size,
      SwitchTag: 1,
      SwitchStartTime: '01:00:00',
      SwitchEndTime: '02:00:00',
    });
    assert.match(`${DealName ?? ''} ${BillId ?? ''}`, /^\d{20} \d{20}$/);
    const { TaskSet: [task] = [] } = await client.DescribeTasks({ DBInstanceId: id, Limit: 1 });
    assert.deepEqual([task?.TaskType, task?.TaskDetail?.SwitchTag], ['ModifyInstanceSpec', 2]);
    assert.equal(task?.EndTime, '');
    const waiting = await settled(client, id, ({ DBInstanceStatus: status }) => status === 'waitSwitch');
    assert.equal(waiting.DBInstanceClass, 'pg.it.medium4');
    await followed(task.TaskId);
    const { DBInstanceClass, DBInstanceCpu, DBInstanceMemory, DBInstanceStorage } = await settled(
      client,
      id,
      isRunning,
    );
    assert.deepEqual(
      [DBInstanceClass, DBInstanceCpu, DBInstanceMemory, DBInstanceStorage],
      ['pg.it.large8', 4, 8, 100],
    );
  });

  test('a replica stands beside its primary and shares its data', async () => {
    const replicaId = await simulator.control.makeReplica(id);
    const { DBInstanceSet: both = [] } = await client.DescribeDBInstances({ OrderBy: 'Name' });
    assert.deepEqual(
      both.map((one) => [one.DBInstanceName, one.DBInstanceType, one.MasterDBInstanceId, one.ReadOnlyInstanceNum]),
      [
        ['orders', 'primary', '', 1],
        ['orders-ro', 'readonly', id, 0],
      ],
    );
    const way = loginOf(await settled(client, replicaId, isRunning), 'private');
    assert.equal(await query({ ...way, database: 'shop' }, 'select a from kept'), 7);
  });

  test('a protected instance is not isolated; isolated it refuses, restored it has its data, destroyed it is gone', async () => {
    const set = { DBInstanceIdSet: [id] };
    await assert.rejects(client.IsolateDBInstances(set), { code: 'FailedOperation.LimitOperation' });
    await client.ModifyDBInstanceDeletionProtection({ DBInstanceId: id, DeletionProtection: false });
    const way = loginOf(await settled(client, id, isRunning), 'private');
    await assert.rejects(client.DestroyDBInstance({ DBInstanceId: id }), {
      code: 'OperationDenied.InstanceStatusLimitOpError',
    });

    await client.IsolateDBInstances(set);
    const isolated = await settled(client, id, ({ DBInstanceStatus: status }) => status === 'isolated');
    assert.notEqual(isolated.IsolatedTime, nowhere);
    assert.deepEqual(loginOf(isolated, 'private').port, 0);
    await assert.rejects(query(way, 'select 1'), { code: 'ECONNREFUSED' });

    await client.DisIsolateDBInstances(set);
    const back = loginOf(await settled(client, id, isRunning), 'private');
    assert.equal(await query({ ...back, database: 'shop' }, 'select a from kept'), 7);

    await client.IsolateDBInstances(set);
    await settled(client, id, ({ DBInstanceStatus: status }) => status === 'isolated');
    await client.DestroyDBInstance({ DBInstanceId: id });
    await until(
      () => client.DescribeDBInstances({}),
      ({ TotalCount: count }) => count === 0,
    );
    await assert.rejects(client.DescribeDBInstanceAttribute({ DBInstanceId: id }), {
      code: 'ResourceNotFound.InstanceNotFoundError',
    });
  });

  test('nobody learns a password from the state, and no version was replaced by another', async () => {
    const made = await client.CreateInstances(order({ Name: 'secretive' }));
    const [other = ''] = made.DBInstanceIdSet ?? [];
    const text = JSON.stringify([await simulator.control.state(), await settled(client, other, isRunning)]);
    assert.ok(text.includes(other));
    assert.ok(!text.includes(admin.password));
    assert.equal(simulator.warnings(), '');
  });
});
