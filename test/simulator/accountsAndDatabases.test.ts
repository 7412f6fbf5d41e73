import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type pg from 'pg';
import { Client as PostgresClient } from 'tencentcloud-sdk-nodejs-latest/tencentcloud/services/postgres/v20170312/postgres_client.js';
import type { AccountInfo } from 'tencentcloud-sdk-nodejs-latest/tencentcloud/services/postgres/v20170312/postgres_models.js';
import { Client as VpcClient } from 'tencentcloud-sdk-nodejs-latest/tencentcloud/services/vpc/v20170312/vpc_client.js';
import { subnetsOf } from '../../src/simulator/account.ts';
import { query } from './clients.ts';
import { codeOf, type RunningSimulator, startSimulator, until } from './support.ts';

const region = 'ap-guangzhou';
const admin = { user: 'Keeper', password: "It's-4-Keeper" };
const made = '0000-00-00 00:00:00';

function clientOptions({ endpoint, secretId, secretKey }: RunningSimulator) {
  return {
    credential: { secretId, secretKey },
    region,
    profile: { httpProfile: { protocol: 'http://', endpoint: new URL(endpoint).host } },
  };
}

/** Creates a PostgreSQL 16 and resolves with its id once it runs. */
async function createRunning(client: PostgresClient): Promise<string> {
  const [subnet] = subnetsOf(region);
  const { DBInstanceIdSet: [id = ''] = [] } = await client.CreateInstances({
    Zone: `${region}-3`,
    SpecCode: 'pg.it.medium4',
    Storage: 20,
    InstanceCount: 1,
    Period: 1,
    Charset: 'UTF8',
    AdminName: admin.user,
    AdminPassword: admin.password,
    DBMajorVersion: '16',
    InstanceChargeType: 'POSTPAID_BY_HOUR',
    VpcId: subnet?.vpcId ?? '',
    SubnetId: subnet?.id ?? '',
  });
  await until(
    () => client.DescribeDBInstanceAttribute({ DBInstanceId: id }),
    ({ DBInstance: instance }) => instance?.DBInstanceStatus === 'running',
  );
  return id;
}

async function accountsOf(client: PostgresClient, id: string): Promise<ReadonlyMap<string, AccountInfo>> {
  const { Details: details = [] } = await client.DescribeAccounts({ DBInstanceId: id, Limit: 100 });
  return new Map(details.map((account) => [account.UserName ?? '', account]));
}

describe('inside a pay-as-you-go instance with a real PostgreSQL', () => {
  let simulator: RunningSimulator;
  let client: PostgresClient;
  let id: string;
  let way: pg.ClientConfig;
  before(async () => {
    simulator = await startSimulator();
    client = new PostgresClient(clientOptions(simulator));
    id = await createRunning(client);
    const { instances } = await simulator.control.state();
    way = { host: '127.0.0.1', port: instances[0]?.port ?? 0, database: 'postgres' };
  });
  after(async () => {
    await simulator.stop();
  });

  test('an account is made, logs in, gets a new password, and is gone', async () => {
    const who = { DBInstanceId: id, UserName: 'Reporter_1' };
    const login = { ...way, user: who.UserName, password: 'First-Password1' };
    await client.CreateAccount({ ...who, Type: 'normal', Password: login.password, Remark: '报表-only' });
    const account = (await accountsOf(client, id)).get(who.UserName);
    assert.deepEqual(
      [account?.Status, account?.UserType, account?.Remark, account?.OpenCam, account?.PGRoles],
      [2, 'normal', '报表-only', false, []],
    );
    assert.notEqual(account?.CreateTime, made);
    assert.equal(await query(login, 'select current_user'), who.UserName);
    await assert.rejects(query(login, 'create role another'), { code: '42501' });

    await client.ResetAccountPassword({ ...who, Password: 'Second{Password}2' });
    await assert.rejects(query(login, 'select 1'), { code: '28P01' });
    assert.equal(await query({ ...login, password: 'Second{Password}2' }, 'select 1'), 1);

    await client.DeleteAccount(who);
    await assert.rejects(query({ ...login, password: 'Second{Password}2' }, 'select 1'), { code: '28P01' });
    assert.equal((await accountsOf(client, id)).has(who.UserName), false);
  });

  test('the administrator is an account like others, and its password can be reset', async () => {
    assert.equal((await accountsOf(client, id)).get(admin.user)?.UserType, 'tencentDBSuper');
    assert.equal(await query({ ...way, ...admin }, 'select 1'), 1);
    await client.ResetAccountPassword({ DBInstanceId: id, UserName: admin.user, Password: 'Anew-Password3' });
    await assert.rejects(query({ ...way, ...admin }, 'select 1'), { code: '28P01' });
    assert.equal(await query({ ...way, ...admin, password: 'Anew-Password3' }, 'select 1'), 1);
  });

  test('a tencentDBSuper makes roles and databases; what is made inside is listed, without times', async () => {
    const login = { ...way, user: 'operator', password: 'Operator-1' };
    await client.CreateAccount({
      DBInstanceId: id,
      UserName: login.user,
      Type: 'tencentDBSuper',
      Password: login.password,
    });
    await query(login, 'create role visitor login');
    await query(login, 'create database notes');
    const visitor = (await accountsOf(client, id)).get('visitor');
    assert.deepEqual(
      [visitor?.CreateTime, visitor?.UpdateTime, visitor?.PasswordUpdateTime, visitor?.UserType],
      [made, made, made, 'normal'],
    );
    await client.ResetAccountPassword({ DBInstanceId: id, UserName: 'visitor', Password: 'Visitor-22' });
    const known = (await accountsOf(client, id)).get('visitor');
    assert.equal(known?.CreateTime, made);
    assert.match(known.PasswordUpdateTime ?? '', /^20/, 'the time of its password is told from here on');
    const { Databases: databases = [] } = await client.DescribeDatabases({ DBInstanceId: id });
    assert.equal(databases.find((database) => database.DatabaseName === 'notes')?.DatabaseOwner, login.user);
    assert.deepEqual((await accountsOf(client, id)).get(login.user)?.PGRoles, ['pg_tencentdb_superuser']);
  });

  test('an account that comes by CAM has no password, and none can be set', async () => {
    await client.CreateAccount({ DBInstanceId: id, UserName: 'by_cam', Type: 'normal', OpenCam: true });
    assert.equal((await accountsOf(client, id)).get('by_cam')?.OpenCam, true);
    await assert.rejects(
      client.ResetAccountPassword({ DBInstanceId: id, UserName: 'by_cam', Password: 'Password-1' }),
      { code: 'FailedOperation.CheckAccountCAMCloseError' },
    );
  });

  test('accounts come in pages, in the order asked for', async () => {
    const names = async (page: Readonly<Record<string, unknown>>): Promise<(string | undefined)[]> => {
      const answer = await client.DescribeAccounts({ DBInstanceId: id, ...page });
      return (answer.Details ?? []).map((account) => account.UserName);
    };
    const sorted = await names({ OrderBy: 'name', OrderByType: 'asc' });
    assert.deepEqual(sorted, sorted.toSorted());
    assert.deepEqual(await names({ OrderBy: 'name', OrderByType: 'asc', Offset: 1, Limit: 2 }), sorted.slice(1, 3));
    assert.equal((await names({}))[0], 'by_cam', 'the newest first');
  });

  test('a database is made for its owner, is listed and is gone again', async () => {
    const database = { DBInstanceId: id, DatabaseName: 'Shop' };
    await client.CreateDatabase({ ...database, DatabaseOwner: admin.user, Encoding: 'LATIN1' });
    const found = await client.DescribeDatabases({
      DBInstanceId: id,
      Filters: [{ Name: 'database-name', Values: ['hop'] }],
    });
    assert.deepEqual([found.TotalCount, found.Items], [1, ['Shop']]);
    const [{ DatabaseOwner: owner, Encoding: encoding, AllowConn: open, ConnLimit: limit } = {}] =
      found.Databases ?? [];
    assert.deepEqual([owner, encoding, open, limit], [admin.user, 'LATIN1', true, -1]);
    const shop = { ...way, database: 'Shop', user: 'operator', password: 'Operator-1' };
    assert.equal(await query(shop, 'show server_encoding'), 'LATIN1');
    const all = (await client.DescribeDatabases({ DBInstanceId: id })).Items ?? [];
    assert.ok(all.includes('postgres') && !all.some((name) => name.startsWith('template')), all.join());

    await client.DeleteDatabase(database);
    await assert.rejects(query(shop, 'select 1'), { code: '3D000' });
  });

  test('nobody outside is the superuser, and none of this leads there', async () => {
    const operator = { ...way, user: 'operator', password: 'Operator-1' };
    await assert.rejects(query({ ...way, user: 'postgres', password: 'Operator-1' }, 'select 1'), { code: '28P01' });
    await assert.rejects(query(operator, "alter role postgres password 'Operator-1'"), { code: '42501' });
    await assert.rejects(
      client.ResetAccountPassword({ DBInstanceId: id, UserName: 'postgres', Password: 'Operator-1a' }),
      { code: 'InvalidParameterValue.AccountNotExist' },
    );
  });

  test('an instance that is not running is left alone', async () => {
    await client.IsolateDBInstances({ DBInstanceIdSet: [id] });
    await assert.rejects(client.DescribeAccounts({ DBInstanceId: id }), {
      code: 'OperationDenied.InstanceStatusLimitOpError',
    });
  });
});

describe('without PostgreSQL', () => {
  let simulator: RunningSimulator;
  let client: PostgresClient;
  let id: string;
  before(async () => {
    simulator = await startSimulator({ postgres: 'none' });
    client = new PostgresClient(clientOptions(simulator));
    id = await createRunning(client);
  });
  after(async () => {
    await simulator.stop();
  });

  test('accounts and databases are written down all the same', async () => {
    await client.CreateAccount({ DBInstanceId: id, UserName: 'app', Type: 'normal', Password: 'Password-1' });
    await client.ResetAccountPassword({ DBInstanceId: id, UserName: 'app', Password: 'Password-2' });
    await client.CreateDatabase({ DBInstanceId: id, DatabaseName: 'shop', DatabaseOwner: 'app' });
    const { CreateTime: madeAt = '', PasswordUpdateTime: setAt = '' } = (await accountsOf(client, id)).get('app') ?? {};
    assert.ok(setAt >= madeAt && madeAt > '2026', `${setAt} ${madeAt}`);
    assert.deepEqual([...(await accountsOf(client, id)).keys()], ['app', admin.user]);
    assert.deepEqual((await client.DescribeDatabases({ DBInstanceId: id })).Items, ['postgres', 'shop']);
    await client.DeleteDatabase({ DBInstanceId: id, DatabaseName: 'shop' });
    await client.DeleteAccount({ DBInstanceId: id, UserName: 'app' });
    assert.deepEqual([...(await accountsOf(client, id)).keys()], [admin.user]);
    assert.deepEqual((await client.DescribeDatabases({ DBInstanceId: id })).Items, ['postgres']);
  });

  test('what breaks a rule is refused with its documented code', async () => {
    const value = 'InvalidParameterValue';
    const account = { UserName: 'app', Type: 'normal', Password: 'Password-1' };
    const database = { DatabaseName: 'shop', DatabaseOwner: admin.user };
    const reset = { UserName: admin.user, Password: 'Password-1' };
    const table: [code: string, action: string, parameters: Record<string, unknown>][] = [
      ...['1st', 'a-b', 'a'.repeat(64), 'PG_app', 'tencentdb_app', 'Postgres', 'select'].map(
        (name): [string, string, Record<string, unknown>] => [
          `${value}.InvalidAccountNameFormatError`,
          'CreateAccount',
          { ...account, UserName: name },
        ],
      ),
      [`${value}.AccountExist`, 'CreateAccount', { ...account, UserName: admin.user.toLowerCase() }],
      [value, 'CreateAccount', { ...account, Type: 'super' }],
      [`${value}.ParameterCharacterError`, 'CreateAccount', { ...account, Remark: 'a b' }],
      [`${value}.ParameterLengthLimitError`, 'CreateAccount', { ...account, Remark: 'a'.repeat(61) }],
      ['MissingParameter', 'CreateAccount', { ...account, Password: undefined }],
      ['UnknownParameter', 'CreateAccount', { ...account, Owner: 'x' }],
      [`${value}.InvalidPasswordLengthError`, 'ResetAccountPassword', { ...reset, Password: 'Short-1' }],
      [`${value}.InvalidPasswordLengthError`, 'ResetAccountPassword', { ...reset, Password: `Aa-1${'x'.repeat(29)}` }],
      ...['password-1', 'PASSWORD-1', 'Password--', 'Password11', '/Password-1', 'Password;1', "Password'1"].map(
        (password): [string, string, Record<string, unknown>] => [
          `${value}.InvalidPasswordValueError`,
          'ResetAccountPassword',
          { ...reset, Password: password },
        ],
      ),
      [`${value}.AccountNotExist`, 'ResetAccountPassword', { ...reset, UserName: 'nobody' }],
      [`${value}.AccountNotExist`, 'DeleteAccount', { UserName: 'nobody' }],
      [value, 'DescribeAccounts', { Limit: 101 }],
      [value, 'DescribeAccounts', { OrderBy: 'CreateTime' }],
      [`${value}.InvalidDatabaseNameFormatError`, 'CreateDatabase', { ...database, DatabaseName: 'a b' }],
      [`${value}.InvalidDatabaseNameFormatError`, 'CreateDatabase', { ...database, DatabaseName: 'postgres' }],
      [`${value}.AccountNotExist`, 'CreateDatabase', { ...database, DatabaseOwner: 'nobody' }],
      [`${value}.CharsetNotFoundError`, 'CreateDatabase', { ...database, Encoding: 'UTF-9' }],
      [`${value}.InvalidParameterValueError`, 'DeleteDatabase', { DatabaseName: 'nothing' }],
      [`${value}.InvalidParameterValueError`, 'DescribeDatabases', { Filters: [{ Name: 'name', Values: ['a'] }] }],
      ['ResourceNotFound.InstanceNotFoundError', 'DescribeAccounts', { DBInstanceId: 'postgres-00000000' }],
    ];
    for (const [code, action, parameters] of table) {
      const body = { DBInstanceId: id, ...parameters };
      assert.equal(await codeOf(simulator, { action, body }), code, `${action} ${JSON.stringify(parameters)}`);
    }
  });

  test('a region has a default security group and one more, and an instance tells its own', async () => {
    const vpc = new VpcClient(clientOptions(simulator));
    const listed = await vpc.DescribeSecurityGroups({ Offset: '0', Limit: '100' });
    assert.deepEqual(
      listed.SecurityGroupSet?.map((group) => [group.SecurityGroupName, group.IsDefault, group.ProjectId]),
      [
        ['default', true, '0'],
        ['office', false, '0'],
      ],
    );
    const [, office] = listed.SecurityGroupSet ?? [];
    const one = await vpc.DescribeSecurityGroups({ SecurityGroupIds: [office?.SecurityGroupId ?? ''] });
    assert.deepEqual([one.TotalCount, one.SecurityGroupSet?.[0]?.SecurityGroupName], [1, 'office']);
    const last = await vpc.DescribeSecurityGroups({ Offset: '1', Limit: '1' });
    assert.deepEqual(last.SecurityGroupSet, [office]);

    const bound = await client.DescribeDBInstanceSecurityGroups({ DBInstanceId: id });
    const [group] = bound.SecurityGroupSet ?? [];
    assert.deepEqual([bound.SecurityGroupSet?.length, group?.SecurityGroupName], [1, 'default']);
    assert.deepEqual(
      [...(group?.Inbound ?? []), ...(group?.Outbound ?? [])].map((rule) => [rule.Action, rule.CidrIp, rule.PortRange]),
      [
        ['ACCEPT', '0.0.0.0/0', '5432'],
        ['ACCEPT', '0.0.0.0/0', 'ALL'],
      ],
    );
  });
});
