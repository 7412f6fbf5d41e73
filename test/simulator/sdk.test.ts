import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as z from 'zod';
import { commonClient, login, postgresClient, query, settled, stsClient } from './clients.ts';
import { createBody, type RunningSimulator, startSimulator, until } from './support.ts';

let simulator: RunningSimulator;
before(async () => {
  simulator = await startSimulator({ pace: 100 });
});
after(async () => {
  await simulator.stop();
});

const request = { Zone: 'ap-guangzhou-2', DBInstanceName: 'sdk-all-five', DBVersion: '10.4', DBCharset: 'UTF8' };

test('the official client runs all five actions, and a real PostgreSQL answers at the addresses', async () => {
  const client = postgresClient(simulator);

  const created = await client.CreateServerlessDBInstance(request);
  const id = created.DBInstanceId ?? '';
  assert.match(id, /^postgres-[a-z0-9]{8}$/);
  assert.match(created.RequestId ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

  const fresh = (await client.DescribeServerlessDBInstances({})).DBInstanceSet?.[0];
  assert.deepEqual([fresh?.DBInstanceId, fresh?.DBAccountSet, fresh?.DBDatabaseList], [id, [], null]);
  assert.match(fresh?.CreateTime ?? '', /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
  const running = await settled(client, id, 'running');

  assert.match(String(await query(login(running, 'private'), 'show server_version')), /^\d+/);
  await assert.rejects(query(login(running, 'public'), 'select 1'), 'the public address is closed at first');

  await client.OpenServerlessDBExtranetAccess({ DBInstanceId: id });
  const open = await settled(client, id, 'running', 'opened');
  const way = login(open, 'public');
  assert.notEqual(way.port, login(open, 'private').port);
  assert.equal(await query(way, 'select 6 * 7'), 42);

  await client.CloseServerlessDBExtranetAccess({ DBInstanceName: request.DBInstanceName });
  const closed = await settled(client, id, 'running', 'closed');
  await assert.rejects(query(way, 'select 1'), 'a closed address must refuse');
  assert.equal(closed.DBInstanceNetInfo?.find((net) => net.NetType === 'public')?.Port, 0);
  assert.equal(await query(login(closed, 'private'), 'select 1'), 1);

  await client.DeleteServerlessDBInstance({ DBInstanceId: id });
  await until(
    () => client.DescribeServerlessDBInstances({}),
    (answer) => answer.TotalCount === 0,
  );
  await assert.rejects(query(login(running, 'private'), 'select 1'), 'a deleted database must not answer');
});

test('three instances made at once all come up, each with an account and a database of its own', async () => {
  const client = postgresClient(simulator, { region: 'ap-shanghai' });
  const ids = await Promise.all(
    ['UTF8', 'LATIN1', 'UTF8'].map(async (DBCharset, index) => {
      const name = `at-once-${String(index)}`;
      const body = { ...request, DBInstanceName: name, DBCharset, Zone: 'ap-shanghai-2' };
      return (await client.CreateServerlessDBInstance(body)).DBInstanceId ?? '';
    }),
  );
  const instances = await Promise.all(ids.map((id) => settled(client, id, 'running')));
  const logins = instances.map((instance) => login(instance, 'private'));
  assert.equal(new Set(logins.map((one) => one.port)).size, 3);
  assert.equal(new Set(logins.map((one) => one.password)).size, 3);
  const encodings = await Promise.all(logins.map((one) => query(one, 'show server_encoding')));
  assert.deepEqual(encodings, ['UTF8', 'LATIN1', 'UTF8']);
});

test('the account of an instance owns its database, is no superuser and gets nowhere else', async () => {
  const client = postgresClient(simulator, { region: 'ap-beijing' });
  const body = { ...request, DBInstanceName: 'walls', Zone: 'ap-beijing-3' };
  const { DBInstanceId: id = '' } = await client.CreateServerlessDBInstance(body);
  const way = login(await settled(client, id, 'running'), 'private');
  assert.equal(await query(way, 'show is_superuser'), 'off');
  assert.equal(await query(way, 'create table kept (a int)', 'insert into kept values (3)', 'select a from kept'), 3);
  await assert.rejects(query({ ...way, database: 'postgres' }, 'select 1'), /pg_hba/);
  await assert.rejects(query({ ...way, user: 'postgres' }, 'select 1'), /pg_hba/);
  await assert.rejects(query({ ...way, password: 'wrong' }, 'select 1'), /password/);
});

test('the generic official client reads identity, networks, tags and projects', async () => {
  const identity = z
    .object({ Arn: z.string(), AccountId: z.string(), UserId: z.string(), Type: z.string() })
    .parse(await commonClient(simulator, '2018-08-13', 'ap-guangzhou').request('GetCallerIdentity', {}));
  assert.match(identity.AccountId, /^\d+$/);

  const network = commonClient(simulator, '2017-03-12', 'ap-beijing');
  const vpcs = z
    .object({ TotalCount: z.number(), VpcSet: z.array(z.object({ VpcId: z.string(), IsDefault: z.boolean() })) })
    .parse(await network.request('DescribeVpcs', { Offset: '0', Limit: '20' }));
  assert.equal(vpcs.VpcSet.filter((vpc) => vpc.IsDefault).length, 1);
  const [vpc] = vpcs.VpcSet;
  assert.ok(vpc);
  const subnets = z
    .object({
      SubnetSet: z.array(
        z.object({ VpcId: z.string(), CidrBlock: z.string(), AvailableIpAddressCount: z.number().positive() }),
      ),
    })
    .parse(await network.request('DescribeSubnets', { Filters: [{ Name: 'vpc-id', Values: [vpc.VpcId] }] }));
  assert.ok(subnets.SubnetSet.length > 0);
  assert.ok(subnets.SubnetSet.every((subnet) => subnet.VpcId === vpc.VpcId));

  const tags = commonClient(simulator, '2018-08-13', 'ap-guangzhou');
  const keys = z.object({ TagKeys: z.array(z.string()) }).parse(await tags.request('GetTagKeys', { MaxResults: 1000 }));
  assert.ok(keys.TagKeys.includes('env'));
  const projects = z
    .object({ Projects: z.array(z.object({ ProjectId: z.number() })) })
    .parse(await tags.request('DescribeProjects', { AllList: 1, Limit: 1000, Offset: 0 }));
  assert.deepEqual(projects.Projects.map((project) => project.ProjectId).slice(0, 1), [0]);
});

test('the official client takes on a role and works with its keys', async () => {
  const sts = stsClient(simulator);
  const RoleArn = 'qcs::cam::uin/100000000001:roleName/deployer';
  const before = Math.floor(Date.now() / 1_000);
  const answer = await sts.AssumeRole({ RoleArn, RoleSessionName: 'editor', DurationSeconds: 900 });
  const { ExpiredTime = 0, Expiration = '', Credentials: credentials } = answer;
  assert.ok(ExpiredTime >= before + 900 && ExpiredTime <= Math.floor(Date.now() / 1_000) + 900);
  assert.match(Expiration, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  assert.equal(Date.parse(Expiration), ExpiredTime * 1_000);
  assert.ok(credentials);
  const { TmpSecretId: secretId, TmpSecretKey: secretKey, Token: token } = credentials;
  const identity = await stsClient(simulator, { secretId, secretKey, token }).GetCallerIdentity();
  assert.deepEqual([identity.AccountId, identity.Type], ['100000000001', 'CAMRole']);
  assert.match(identity.UserId ?? '', /^\d+:editor$/);
  const client = postgresClient(simulator, { secretId, secretKey, token, region: 'ap-chengdu' });
  assert.equal((await client.DescribeServerlessDBInstances({})).TotalCount, 0);
  await assert.rejects(postgresClient(simulator, { secretId, secretKey }).DescribeServerlessDBInstances({}), {
    code: 'AuthFailure.TokenFailure',
  });
});

test('the official client lists the regions, one of them unavailable', async () => {
  const { TotalCount, RegionSet = [] } = await postgresClient(simulator).DescribeRegions();
  assert.equal(RegionSet.length, TotalCount);
  const [first] = RegionSet;
  assert.deepEqual(
    [first?.Region, first?.RegionId, first?.RegionState, first?.SupportInternational],
    ['ap-guangzhou', 1, 'AVAILABLE', 1],
  );
  const gone = RegionSet.filter((region) => region.RegionState === 'UNAVAILABLE').map((region) => region.Region);
  assert.deepEqual(gone, ['na-toronto']);
  await assert.rejects(postgresClient(simulator, { region: 'na-toronto' }).DescribeServerlessDBInstances({}), {
    code: 'UnsupportedRegion',
  });
});

test('the official client gets the documented code for a wrong key and a missing parameter', async () => {
  await assert.rejects(postgresClient(simulator, { secretKey: 'wrong' }).DescribeServerlessDBInstances({}), {
    code: 'AuthFailure.SignatureFailure',
  });
  await assert.rejects(postgresClient(simulator, { secretId: 'AKIDunknown' }).DescribeServerlessDBInstances({}), {
    code: 'AuthFailure.SecretIdNotFound',
  });
  const { Zone, ...withoutZone } = createBody('no-zone');
  assert.ok(Zone);
  const client = commonClient(simulator, '2017-03-12', 'ap-guangzhou');
  await assert.rejects(client.request('CreateServerlessDBInstance', withoutZone), { code: 'MissingParameter' });
});
