import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Machine } from '../../../src/domain/psql.ts';
import { findPsql, installCommand, psqlEnvironment } from '../../../src/domain/psql.ts';
import { targetWith } from '../../support/targets.ts';

function machine(platform: string, environment: Record<string, string>, files: readonly string[]): Machine {
  return { platform, environment, exists: (path) => Promise.resolve(files.includes(path)) };
}

test('psql is the first on the PATH', async () => {
  const files = ['/a/psql', '/b/psql'];
  assert.equal(await findPsql(machine('linux', { PATH: '/x:/b/:/a' }, files)), '/b/psql');
  assert.equal(await findPsql(machine('linux', { PATH: '/x' }, files)), undefined);
  assert.equal(await findPsql(machine('linux', {}, files)), undefined);
});

test('a relative folder on the PATH is passed over, as the open workspace could put a program there', async () => {
  const everything: Machine = {
    platform: 'linux',
    environment: { PATH: ':.:bin:./x:/usr/bin' },
    exists: () => Promise.resolve(true),
  };
  assert.equal(await findPsql(everything), '/usr/bin/psql');
  const windows = { ...everything, platform: 'win32', environment: { Path: '.;bin;\\bin;"C:\\My Tools";D:\\x' } };
  assert.equal(await findPsql(windows), 'C:\\My Tools\\psql.exe');
});

test('psql is found where installers put it without telling the PATH', async () => {
  for (const folder of [
    '/opt/homebrew/bin',
    '/usr/local/bin',
    '/opt/homebrew/opt/libpq/bin',
    '/usr/local/opt/libpq/bin',
    '/Applications/Postgres.app/Contents/Versions/latest/bin',
  ]) {
    const path = `${folder}/psql`;
    assert.equal(await findPsql(machine('darwin', { PATH: '/usr/bin' }, [path])), path);
    assert.equal(await findPsql(machine('linux', { PATH: '/usr/bin' }, [path])), undefined);
  }
  const windows = 'C:\\Program Files\\PostgreSQL\\16\\bin\\psql.exe';
  assert.equal(await findPsql(machine('win32', { Path: 'C:\\Windows' }, [windows])), windows);
});

test('the command that installs psql is that of the installer which is there', async () => {
  for (const [platform, installer, command] of [
    ['linux', '/usr/bin/apt-get', 'sudo apt-get install postgresql-client'],
    ['linux', '/usr/bin/dnf', 'sudo dnf install postgresql'],
    ['linux', '/usr/bin/yum', 'sudo yum install postgresql'],
    ['linux', '/usr/bin/zypper', 'sudo zypper install postgresql'],
    ['linux', '/usr/bin/pacman', 'sudo pacman -S postgresql-libs'],
    ['linux', '/usr/bin/apk', 'sudo apk add postgresql-client'],
    ['darwin', '/opt/homebrew/bin/brew', 'brew install libpq'],
    ['linux', '/usr/bin/none', undefined],
    ['aix', '/usr/bin/apt-get', undefined],
  ] as const) {
    assert.equal(await installCommand(machine(platform, { PATH: '/usr/bin' }, [installer])), command);
  }
  const winget = machine('win32', { PATH: 'C:\\bin' }, ['C:\\bin\\winget.exe']);
  assert.equal(await installCommand(winget), 'winget install --id PostgreSQL.PostgreSQL.17');
});

test('everything goes through the environment, the password as a secret, and nothing leads psql elsewhere', () => {
  const { PGPASSWORD, ...others } = psqlEnvironment(targetWith({ database: 'a=b' }));
  assert.equal(String(PGPASSWORD), '***');
  assert.deepEqual(others, {
    PGHOST: 'db.example.com',
    PGPORT: '5433',
    PGUSER: 'u',
    PGDATABASE: 'a=b',
    PGCONNECT_TIMEOUT: '15',
    PGHOSTADDR: null,
    PGSERVICE: null,
  });
});

test('only the PATH is looked at, by the name that the system knows it by', async () => {
  const files = ['/a/psql', 'C:\\a\\psql.exe'];
  assert.equal(await findPsql(machine('linux', { HOME: '/a', path: '/a' }, files)), undefined);
  assert.equal(await findPsql(machine('win32', { HOME: 'C:\\a', pAth: 'C:\\b' }, files)), undefined);
  assert.equal(await findPsql(machine('win32', { HOME: 'C:\\b', pAth: 'C:\\a' }, files)), 'C:\\a\\psql.exe');
  assert.equal(await findPsql(machine('linux', { PATH: '/a//' }, files)), '/a/psql', 'whatever ends it');
  const share = '\\\\server\\tools\\psql.exe';
  assert.equal(await findPsql(machine('win32', { Path: '\\\\server\\tools' }, [share])), share);
  for (const relative of ['xC:\\a', 'a\\\\b']) {
    assert.equal(await findPsql(machine('win32', { Path: relative }, [`${relative}\\psql.exe`])), undefined, relative);
  }
});
