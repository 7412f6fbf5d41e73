import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import pg from 'pg';
import type { FormatId } from '../../src/domain/connectionFormats.ts';
import { formatOf } from '../../src/domain/connectionFormats.ts';
import type { ConnectTarget } from '../../src/domain/connectTarget.ts';
import { psqlEnvironment } from '../../src/domain/psql.ts';
import { Secret } from '../../src/domain/secret.ts';
import { login, postgresClient, settled } from './clients.ts';
import { startSimulator } from './support.ts';
import type { RunningSimulator } from './support.ts';

const run = promisify(execFile);
const skip = spawnSync('psql', ['--version']).status === 0 ? false : 'psql is not installed';

/** A password with everything that some form has to escape. */
const password = `p w'"\\%20/?#&=@:;,+$HOME\`~!é库`;

let simulator: RunningSimulator;
let target: ConnectTarget;

before(async () => {
  simulator = await startSimulator();
  const client = postgresClient(simulator);
  const { DBInstanceId: id = '' } = await client.CreateServerlessDBInstance({
    Zone: 'ap-guangzhou-2',
    DBInstanceName: 'connecting',
    DBVersion: '10.4',
    DBCharset: 'UTF8',
  });
  const { host, port, user, database, password: first } = login(await settled(client, id, 'running'), 'private');
  const changing = new pg.Client({ host, port, user, database, password: first });
  await changing.connect();
  await changing.query(`alter role current_user password ${changing.escapeLiteral(password)}`);
  await changing.end();
  target = {
    instance: { id, name: 'connecting' },
    address: 'private',
    reach: 'thisMachine',
    host: host ?? '',
    port: port ?? 0,
    user: user ?? '',
    password: new Secret(password),
    passwordIsKept: true,
    database: database ?? '',
  };
});
after(async () => {
  await simulator.stop();
});

function written(id: FormatId): string {
  const text = formatOf(id).write(target, true);
  return text instanceof Secret ? text.reveal() : text;
}

async function userOf(config: string | pg.ClientConfig): Promise<unknown> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    const { rows } = await client.query<{ user: unknown }>('select current_user as user');
    return rows[0]?.user;
  } finally {
    await client.end();
  }
}

async function psql(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run('psql', ['-X', '-A', '-t', '-w', '-c', 'select current_user', ...args], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...environment },
  });
  return stdout.trim();
}

test('node-postgres logs in with the URI, the .env line and its own form', async () => {
  assert.equal(await userOf(written('uri')), target.user);
  assert.equal(await userOf(written('env').replace('DATABASE_URL=', '')), target.user);
  const config: unknown = JSON.parse(written('node'));
  assert.ok(typeof config === 'object' && config !== null);
  assert.equal(await userOf(config), target.user);
});

test('libpq logs in with the URI, the keywords and the URI of pgx', { skip }, async () => {
  assert.equal(await psql([written('uri')]), target.user);
  assert.equal(await psql([written('libpq')]), target.user);
  assert.equal(await psql([/"(.*)"/.exec(written('pgx'))?.[1] ?? '']), target.user);
});

test('psql logs in by the environment alone', { skip }, async () => {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(psqlEnvironment(target))) {
    if (value !== null) environment[name] = value instanceof Secret ? value.reveal() : value;
  }
  assert.equal(await psql([], environment), target.user);
});

test('the psql command logs in once the password is given', { skip }, async () => {
  const { stdout } = await run('sh', ['-c', `${written('psql')} -X -A -t -w -c 'select current_user'`], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', PGPASSWORD: password },
  });
  assert.equal(stdout.trim(), target.user);
});
