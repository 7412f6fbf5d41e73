import assert from 'node:assert/strict';
import { appendFile, chmod, chown, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { createConnectionTest, networkProbes, usualLimits } from '../../src/database/connectionTest.ts';
import type { TestOutcome } from '../../src/database/connectionTest.ts';
import type { DoctorTarget, Session } from '../../src/database/probes.ts';
import { TroubleError } from '../../src/database/trouble.ts';
import type { InstanceAccess } from '../../src/domain/instance.ts';
import { Secret } from '../../src/domain/secret.ts';
import { sleep } from '../../src/platform/sleep.ts';
import { findBinaries } from '../../src/simulator/binaries.ts';
import { reachableBin, temporaryFolder } from '../../src/simulator/databaseFolder.ts';
import { startKeeper } from '../../src/simulator/keeper.ts';
import type { Keeper } from '../../src/simulator/keeper.ts';
import { createDatabaseHost } from '../../src/simulator/postgres.ts';
import { unprivilegedAccount } from '../../src/simulator/unprivileged.ts';
import { instanceWith } from '../support/instances.ts';
import { simulatorScript } from './support.ts';

const password = 'Pässword of the tests';
const fixtures = fileURLToPath(new URL('../fixtures/tls/', import.meta.url));
const signal = new AbortController().signal;

/** Two real servers: one as the service's simulator runs it, one with TLS, strict rules and room for two. */
let keeper: Keeper;
let plainPort: number;
let strictPort: number;

before(async () => {
  keeper = startKeeper(simulatorScript, () => undefined);
  const binaries = await findBinaries('auto', simulatorScript);
  assert.ok(binaries, 'these tests need a PostgreSQL');
  const account = await unprivilegedAccount();
  const folder = await temporaryFolder(keeper);
  const bin = await reachableBin(binaries, account, keeper);
  const host = createDatabaseHost({
    binOf: () => Promise.resolve(bin),
    randomText: () => 'unused',
    folder,
    account,
    durable: false,
    keeper,
  });
  const spec = { charset: 'UTF8', user: 'shopkeeper', password, database: 'shop' };
  await host.create({ ...spec, id: 'plain' });
  await host.create({ ...spec, id: 'strict' });
  const data = join(folder, 'strict');
  for (const name of ['server.crt', 'server.key']) {
    await copyFile(join(fixtures, name), join(data, name));
    // A checkout gives it to everybody, and PostgreSQL refuses such a key.
    await chmod(join(data, name), 0o600);
    if (account !== undefined) await chown(join(data, name), account.uid, account.gid);
  }
  await appendFile(join(data, 'postgresql.conf'), 'ssl = on\nmax_connections = 5\n');
  await writeFile(join(data, 'pg_hba.conf'), 'hostssl all shopkeeper 127.0.0.1/32 scram-sha-256\n');
  plainPort = (await host.start('plain', 0)).port;
  strictPort = (await host.start('strict', 0)).port;
});
after(() => keeper.end());

function accessAt(port: number, change: { user?: string; database?: string; password?: string } = {}): InstanceAccess {
  return {
    instance: instanceWith({ addresses: [{ kind: 'private', host: '127.0.0.1', port, status: 'opened' }] }),
    accounts: [{ user: change.user ?? 'shopkeeper', password: new Secret(change.password ?? password) }],
    databases: [change.database ?? 'shop'],
  };
}

async function tested(access: InstanceAccess, ownPassword?: Secret): Promise<TestOutcome & { all: string }> {
  const test = createConnectionTest({
    sleep,
    now: () => 0,
    clock: () => performance.now(),
    // A machine that is busy with other tests is no trouble of the connection.
    limits: { ...usualLimits, login: 30_000, query: 30_000, latency: 60_000 },
  });
  const outcome = await test(
    { access, ...(ownPassword === undefined ? {} : { ownPassword }) },
    () => undefined,
    signal,
  );
  return { ...outcome, all: inspect(outcome, { depth: 9 }) };
}

test('a server that one can connect to passes every step, in the open', async () => {
  const { works, report } = await tested(accessAt(plainPort));
  assert.ok(works, report);
  assert.match(report, /Encryption \(TLS\): passed in [\d.]+ ms: not offered/);
  assert.match(report, /Server version: passed in [\d.]+ ms: \d+\.\d+/);
  assert.match(report, /Latency: passed in [\d.]+ ms: [\d.]+ ms a round trip, median of 5/);
});

test('where the server offers TLS the login is encrypted, and its certificate is shown', async () => {
  const { works, report } = await tested(accessAt(strictPort));
  assert.ok(works, report);
  assert.match(report, /TLSv1\.[23], certificate not trusted \(UNABLE_TO_/);
  assert.match(report, /Certificate of postgres\.cloud\.test, by Private authority of the tests/);
});

describe('a login that fails says why, and never the password', () => {
  const cases: readonly (readonly [string, Parameters<typeof accessAt>[1], RegExp])[] = [
    ['wrong password', { password: 'Pässword of nobody' }, /wrong password \(28P01\)/],
    ['unknown database', { database: 'warehouse' }, /no such database \(3D000\)/],
    ['user without a rule', { user: 'stranger' }, /not allowed by the server \(28000\)/],
  ];
  for (const [name, change, words] of cases) {
    test(name, async () => {
      const { works, report, all } = await tested(accessAt(strictPort, change));
      assert.ok(!works);
      assert.match(report, words);
      assert.doesNotMatch(all, /Pässword/);
    });
  }

  test('the password that the person has set comes before that of the service', async () => {
    const stale = accessAt(plainPort, { password: 'Pässword of yesterday' });
    assert.ok((await tested(stale, new Secret(password))).works);
    const { report } = await tested(accessAt(plainPort), new Secret('Pässword of nobody'));
    assert.match(report, /password that you set/);
  });
});

test('a server that is full says so', async () => {
  const target: DoctorTarget = {
    kind: 'private',
    host: '127.0.0.1',
    port: strictPort,
    user: 'shopkeeper',
    password: new Secret(password),
    database: 'shop',
  };
  const sessions: Session[] = [];
  try {
    // Three of the five places are kept for the superuser.
    await assert.rejects(
      async () => {
        while (sessions.length < 5) sessions.push(await networkProbes.login(target, signal));
      },
      (error) => error instanceof TroubleError && error.trouble.kind === 'full',
    );
    const { report } = await tested(accessAt(strictPort));
    assert.match(report, /too many connections \(53300\)/);
  } finally {
    for (const session of sessions) session.end();
  }
});

test('a session that was ended in the middle of a query ends there', async () => {
  const target: DoctorTarget = {
    kind: 'private',
    host: '127.0.0.1',
    port: plainPort,
    user: 'shopkeeper',
    password: new Secret(password),
    database: 'shop',
  };
  const session = await networkProbes.login(target, signal);
  const stop = new AbortController();
  const query = session.query('select pg_sleep(600)', stop.signal);
  stop.abort();
  await assert.rejects(query, { name: 'CancelledError' });
  await assert.rejects(session.query('select 1', signal), { name: /^(TroubleError|CancelledError)$/ });
  session.end();
});
