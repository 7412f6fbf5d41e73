import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, chmod } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { login, postgresClient, query, settled } from './clients.ts';
import { descendants, isRunning, type RunningSimulator, startSimulator, until } from './support.ts';

const request = { Zone: 'ap-guangzhou-2', DBInstanceName: 'reached', DBVersion: '10.4', DBCharset: 'UTF8' };

/** `connected`, or the code of the error. */
function connectTo(port: number | undefined): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: port ?? 0 });
    socket.once('connect', () => {
      socket.destroy();
      resolve('connected');
    });
    socket.once('error', (error) => {
      resolve('code' in error ? String(error.code) : error.message);
    });
  });
}

describe('an instance with a real PostgreSQL', () => {
  let data: string;
  let simulator: RunningSimulator;
  let client: ReturnType<typeof postgresClient>;
  let id: string;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'simulator-test-'));
    // PostgreSQL runs under another account where the tests run as root.
    await chmod(data, 0o755);
    simulator = await startSimulator({ data });
    client = postgresClient(simulator);
    ({ DBInstanceId: id = '' } = await client.CreateServerlessDBInstance(request));
    await settled(client, id, 'running');
  });
  after(async () => {
    await simulator.stop();
    await rm(data, { recursive: true });
  });

  test('takes a changed password and no longer the old one, while the list goes on telling the old one', async () => {
    const told = login(await settled(client, id, 'running'), 'private');
    await query(told, `alter role ${told.user ?? ''} password 'Changed-1'`);
    await assert.rejects(query(told, 'select 1'), { code: '28P01' });
    assert.equal(await query({ ...told, password: 'Changed-1' }, 'select 1'), 1);
    assert.equal(login(await settled(client, id, 'running'), 'private').password, told.password);

    await client.OpenServerlessDBExtranetAccess({ DBInstanceId: id });
    const way = login(await settled(client, id, 'running', 'opened'), 'public');
    await assert.rejects(query(way, 'select 1'), { code: '28P01' }, 'the public way asks for it too');
    assert.equal(await query({ ...way, password: 'Changed-1' }, 'select 1'), 1);
    await query({ ...way, password: 'Changed-1' }, `alter role ${told.user ?? ''} password '${String(told.password)}'`);
    await client.CloseServerlessDBExtranetAccess({ DBInstanceId: id });
    await settled(client, id, 'running', 'closed');
  });

  test('has a public port that connects while open, is refused while closed, and cuts who is on it', async () => {
    await client.OpenServerlessDBExtranetAccess({ DBInstanceId: id });
    const { port } = login(await settled(client, id, 'running', 'opened'), 'public');
    assert.equal(await connectTo(port), 'connected');
    const guest = connect({ host: '127.0.0.1', port: port ?? 0 });
    const cut = new Promise((resolve) => guest.once('close', resolve).on('error', () => undefined));
    await client.CloseServerlessDBExtranetAccess({ DBInstanceId: id });
    await cut;
    await settled(client, id, 'running', 'closed');
    assert.equal(await connectTo(port), 'ECONNREFUSED');
    await client.OpenServerlessDBExtranetAccess({ DBInstanceId: id });
    assert.equal(login(await settled(client, id, 'running', 'opened'), 'public').port, port, 'the same port again');
    assert.equal(await connectTo(port), 'connected');
  });

  test('is gone once deleted: its processes, its data and both ports', async () => {
    const instance = await settled(client, id, 'running', 'opened');
    const ports = [login(instance, 'private').port, login(instance, 'public').port];
    const postmaster = descendants(simulator.process.pid ?? 0).find((pid) => descendants(pid).length > 0);
    assert.ok(postmaster);
    const processes = [postmaster, ...descendants(postmaster)];
    assert.ok((await readdir(join(data, 'databases'))).includes(id));
    await client.DeleteServerlessDBInstance({ DBInstanceId: id });
    await until(
      () => client.DescribeServerlessDBInstances({}),
      (answer) => answer.TotalCount === 0,
    );
    assert.deepEqual(await Promise.all(ports.map(connectTo)), ['ECONNREFUSED', 'ECONNREFUSED']);
    assert.deepEqual(processes.filter(isRunning), []);
    assert.deepEqual(await readdir(join(data, 'databases')), []);
  });
});

test('an instance can say that its private address is elsewhere, and is reached by its public one', async () => {
  const simulator = await startSimulator({ privateAddress: '192.0.2.4' });
  try {
    const client = postgresClient(simulator);
    const { DBInstanceId: id = '' } = await client.CreateServerlessDBInstance(request);
    const before = await settled(client, id, 'running');
    const [inside, outside] = before.DBInstanceNetInfo ?? [];
    assert.deepEqual([inside?.NetType, inside?.Ip, inside?.Address], ['private', '192.0.2.4', '']);
    assert.deepEqual([outside?.NetType, outside?.Ip, outside?.Address], ['public', '', '']);
    await client.OpenServerlessDBExtranetAccess({ DBInstanceId: id });
    const open = await settled(client, id, 'running', 'opened');
    assert.equal(await query(login(open, 'public'), 'select 6 * 7'), 42);
    assert.equal(open.DBInstanceNetInfo?.[0]?.Ip, '192.0.2.4');
  } finally {
    await simulator.stop();
  }
});
