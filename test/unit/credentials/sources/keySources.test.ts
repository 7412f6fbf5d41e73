import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { keyDisk } from '../../../../src/credentials/sources/keyFile.ts';
import { createKeySources } from '../../../../src/credentials/sources/keySources.ts';
import type { KeySources, KeySourcesDeps } from '../../../../src/credentials/sources/keySources.ts';
import type { TemporaryKeys } from '../../../../src/credentials/sources/temporaryKeys.ts';
import type { Connection } from '../../../../src/domain/credentials.ts';
import { KeysUnavailableError } from '../../../../src/domain/errors.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { memoryLog } from '../../../support/memory.ts';
import { laterProblemOf, opened } from './support.ts';

const signal = new AbortController().signal;
const pair = { secretId: 'AKID1', secretKey: 'key-1' };
const dev = { kind: 'tccli', profile: 'dev' } as const;
const sdkFile = { kind: 'sdkFile' } as const;
const iniOf = (id: string): string => `[default]\nsecret_id = ${id}\nsecret_key = key-1\n`;

interface Scene extends AsyncDisposable {
  readonly home: string;
  readonly system: string;
  readonly clock: { now: number };
  readonly sources: KeySources;
  write(path: string, content: unknown): Promise<string>;
}

/** A home folder on disk, and nothing else of the world. */
async function scene(more: Partial<KeySourcesDeps> = {}): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'sources-'));
  const [home, system] = [join(folder, 'home'), join(folder, 'etc')];
  const clock = { now: 1_000_000 };
  return {
    home,
    system,
    clock,
    sources: createKeySources({
      ...keyDisk,
      environment: {},
      home,
      systemFolder: system,
      fetchText: () => Promise.reject(new Error('no such host')),
      assumeRole: () => Promise.reject(new Error('no role')),
      now: () => clock.now,
      log: memoryLog(),
      ...more,
    }),
    async write(path, content) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

test('a renewed file is in force at the next call', async () => {
  await using it = await scene();
  const path = join(it.home, '.tccli', 'dev.credential');
  await it.write(path, { type: 'oauth', ...pair, token: 't', expiresAt: 2_000, oauth: { site: 'cn' } });
  assert.equal((await it.sources.read(dev, signal)).expiresAt, 2_000_000);
  it.clock.now = 2_000_000;
  assert.deepEqual(await laterProblemOf(it.sources.read(dev, signal)), { kind: 'expired', at: 2_000_000 });
  await it.write(path, { type: 'oauth', ...pair, token: 't', expiresAt: 9_000, oauth: { site: 'cn' } });
  assert.equal((await it.sources.read(dev, signal)).expiresAt, 9_000_000);
});

test('a profile takes its region from its second file', async () => {
  await using it = await scene();
  await it.write(join(it.home, '.tccli', 'dev.credential'), pair);
  await it.write(join(it.home, '.tccli', 'dev.configure'), { _sys_param: { region: 'ap-beijing' } });
  assert.deepEqual(opened(await it.sources.read(dev, signal)), { credentials: pair, region: 'ap-beijing' });
});

test('the SDK file of the person goes before that of the machine', async () => {
  await using it = await scene();
  await it.write(join(it.system, 'credentials'), iniOf('AKIDMACHINE'));
  assert.equal((await it.sources.read(sdkFile, signal)).credentials.secretId, 'AKIDMACHINE');
  await it.write(join(it.home, '.tencentcloud', 'credentials'), iniOf('AKIDHOME'));
  assert.equal((await it.sources.read(sdkFile, signal)).credentials.secretId, 'AKIDHOME');
});

test('a broken file of the person does not let the other one in', async () => {
  await using it = await scene();
  await it.write(join(it.system, 'credentials'), iniOf('AKIDMACHINE'));
  const path = await it.write(join(it.home, '.tencentcloud', 'credentials'), '');
  assert.deepEqual(await laterProblemOf(it.sources.read(sdkFile, signal)), { kind: 'incomplete', what: '[default]' });
  await rm(path);
  await mkdir(path);
  assert.deepEqual(await laterProblemOf(it.sources.read(sdkFile, signal)), { kind: 'unreadable', what: path });
});

test('the path that the Go SDK is given is the only one', async () => {
  await using it = await scene({ environment: { TENCENTCLOUD_CREDENTIALS_FILE: 'elsewhere/keys' } });
  await it.write(join(it.home, '.tencentcloud', 'credentials'), iniOf('AKIDHOME'));
  assert.deepEqual(await laterProblemOf(it.sources.read(sdkFile, signal)), { kind: 'missing' });
  await it.write(join(it.home, 'elsewhere', 'keys'), iniOf('AKIDGO'));
  assert.equal((await it.sources.read(sdkFile, signal)).credentials.secretId, 'AKIDGO');
  assert.deepEqual(it.sources.files(sdkFile), [join(it.home, 'elsewhere', 'keys')]);
});

test('what cannot be read is told with the source and the path, and what is not there is missing', async () => {
  await using it = await scene();
  const path = join(it.home, '.tccli', 'dev.credential');
  assert.deepEqual(await laterProblemOf(it.sources.read(dev, signal)), { kind: 'missing' });
  await mkdir(path, { recursive: true });
  await assert.rejects(it.sources.read(dev, signal), (error) => {
    assert.ok(error instanceof KeysUnavailableError);
    assert.deepEqual(error.source, dev);
    assert.deepEqual(error.problem, { kind: 'unreadable', what: path });
    return true;
  });
});

test('a file that may not be read is not taken for one that is not there', async () => {
  const readFile = (): Promise<string> => Promise.reject(Object.assign(new Error('denied'), { code: 'EACCES' }));
  await using it = await scene({ readFile });
  const path = join(it.home, '.tccli', 'dev.credential');
  assert.deepEqual(await laterProblemOf(it.sources.read(dev, signal)), { kind: 'unreadable', what: path });
});

test('a file in the place of the folder is no source', async () => {
  await using it = await scene();
  await it.write(join(it.home, '.tccli'), '');
  assert.deepEqual(await laterProblemOf(it.sources.read(dev, signal)), { kind: 'missing' });
  assert.deepEqual(await it.sources.tccliProfiles(), []);
});

test('the name of a profile does not lead out of its folder', async () => {
  await using it = await scene();
  await it.write(join(it.home, 'dev.credential'), pair);
  for (const profile of ['../dev', '..\\dev', 'a\0b']) {
    const source = { kind: 'tccli', profile } as const;
    assert.deepEqual(await laterProblemOf(it.sources.read(source, signal)), { kind: 'missing' });
    assert.deepEqual(it.sources.files(source), []);
  }
});

test('the environment is read at each call', async () => {
  const environment: Record<string, string> = {};
  await using it = await scene({ environment });
  assert.deepEqual(await laterProblemOf(it.sources.read({ kind: 'environment' }, signal)), { kind: 'missing' });
  Object.assign(environment, { TENCENTCLOUD_SECRET_ID: 'AKID1', TENCENTCLOUD_SECRET_KEY: 'key-1' });
  assert.deepEqual(opened(await it.sources.read({ kind: 'environment' }, signal)), { credentials: pair });
});

test('stored keys are not looked for here', async () => {
  await using it = await scene();
  assert.deepEqual(await laterProblemOf(it.sources.read({ kind: 'stored' }, signal)), { kind: 'missing' });
});

/** A machine with a role whose keys last until the given second. */
function machine(): { asked: string[]; until: number; fetchText: KeySourcesDeps['fetchText'] } {
  const asked: string[] = [];
  const one = {
    asked,
    until: 0,
    fetchText: (url: string): Promise<string> => {
      asked.push(url);
      if (url.endsWith('/')) return Promise.resolve('dba');
      const keys = { TmpSecretId: `AKID${String(asked.length)}`, TmpSecretKey: 'key-1', Token: 'token-1' };
      return Promise.resolve(JSON.stringify({ ...keys, ExpiredTime: one.until, Code: 'Success' }));
    },
  };
  return one;
}

test('keys of the CVM role are kept until five minutes before their end', async () => {
  const server = machine();
  await using it = await scene({ fetchText: server.fetchText });
  server.until = 2_000;
  assert.equal((await it.sources.read({ kind: 'cvmRole' }, signal)).credentials.secretId, 'AKID2');
  assert.equal((await it.sources.read({ kind: 'cvmRole' }, signal)).credentials.secretId, 'AKID2');
  it.clock.now = 1_700_000;
  server.until = 9_000;
  assert.equal((await it.sources.read({ kind: 'cvmRole' }, signal)).credentials.secretId, 'AKID4');
  assert.equal(server.asked.length, 4);
});

test('CVM keys that came expired are not used', async () => {
  const server = machine();
  server.until = 500;
  await using it = await scene({ fetchText: server.fetchText });
  assert.deepEqual(await laterProblemOf(it.sources.read({ kind: 'cvmRole' }, signal)), {
    kind: 'expired',
    at: 500_000,
  });
});

test('a profile that points to the CVM role has its keys, and its troubles under its own name', async () => {
  const server = machine();
  server.until = 9_000;
  for (const fetchText of [server.fetchText, () => Promise.reject(new Error('no such host'))]) {
    await using it = await scene({ fetchText });
    await it.write(join(it.home, '.tccli', 'dev.credential'), { type: 'cvm-role' });
    await it.write(join(it.home, '.tccli', 'dev.configure'), { _sys_param: { region: 'ap-beijing' } });
    if (fetchText === server.fetchText) {
      const keys = await it.sources.read(dev, signal);
      assert.deepEqual([keys.credentials.secretId, keys.region], ['AKID2', 'ap-beijing']);
    } else {
      await assert.rejects(it.sources.read(dev, signal), (error) => {
        assert.ok(error instanceof KeysUnavailableError);
        assert.deepEqual([error.source, error.problem], [dev, { kind: 'missing' }]);
        return true;
      });
    }
  }
});

test('a role is assumed once for each pair of keys, place and role', async () => {
  const asked: string[] = [];
  const assumeRole = ({ credentials, target }: Connection, role: { roleArn: string }): Promise<TemporaryKeys> => {
    asked.push(`${credentials.secretId} ${target.site} ${role.roleArn}`);
    return Promise.resolve({ credentials: { secretId: 'TMP', secretKey: new Secret('k') }, expiresAt: 9_000_000 });
  };
  await using it = await scene({ assumeRole });
  const assume = (secretId: string, roleArn: string, site: 'mainland' | 'international'): Promise<unknown> => {
    const connection = { credentials: { secretId, secretKey: new Secret('key-1') }, target: { site } };
    return it.sources.assume(connection, { roleArn, sessionName: 'me' }, signal);
  };
  for (let round = 0; round < 2; round += 1) {
    await assume('AKID1', 'dba', 'mainland');
    await assume('AKID1', 'admin', 'mainland');
    await assume('AKID2', 'dba', 'mainland');
    await assume('AKID1', 'dba', 'international');
  }
  assert.deepEqual(asked, [
    'AKID1 mainland dba',
    'AKID1 mainland admin',
    'AKID2 mainland dba',
    'AKID1 international dba',
  ]);
});

test('profiles are found by their files, the usual one first', async () => {
  const environment: Record<string, string> = {};
  await using it = await scene({ environment });
  assert.deepEqual(await it.sources.tccliProfiles(), []);
  for (const name of ['work.credential', 'dev.credential', 'default.credential', 'default.configure', '.credential']) {
    await it.write(join(it.home, '.tccli', name), {});
  }
  assert.deepEqual(await it.sources.tccliProfiles(), ['default', 'dev', 'work']);
  environment['TCCLI_PROFILE'] = 'work';
  assert.deepEqual(await it.sources.tccliProfiles(), ['work', 'default', 'dev']);
});

test('available are the sources that have keys, ended ones too', async () => {
  const server = machine();
  server.until = 9_000;
  const environment = { TENCENTCLOUD_SECRET_ID: 'AKID1', TENCENTCLOUD_SECRET_KEY: 'key-1' };
  await using it = await scene({ fetchText: server.fetchText, environment });
  await it.write(join(it.home, '.tencentcloud', 'credentials'), iniOf('AKID1'));
  await it.write(join(it.home, '.tccli', 'plain.credential'), pair);
  await it.write(join(it.home, '.tccli', 'ended.credential'), { type: 'sso', ...pair, expiresAt: 1 });
  await it.write(join(it.home, '.tccli', 'nobody.credential'), { type: 'sso', sso: { authUrl: 'https://x' } });
  await it.write(join(it.home, '.tccli', 'broken.credential'), '{');
  assert.deepEqual(await it.sources.available(signal), [
    { kind: 'environment' },
    sdkFile,
    { kind: 'tccli', profile: 'ended' },
    { kind: 'tccli', profile: 'plain' },
    { kind: 'cvmRole' },
  ]);
});

test('where nothing is set up, nothing is available', async () => {
  await using it = await scene();
  assert.deepEqual(await it.sources.available(signal), []);
});

test('the files to watch are those that are read', async () => {
  await using it = await scene();
  assert.deepEqual(it.sources.files(sdkFile), [
    join(it.home, '.tencentcloud', 'credentials'),
    join(it.system, 'credentials'),
  ]);
  assert.deepEqual(it.sources.files(dev), [
    join(it.home, '.tccli', 'dev.credential'),
    join(it.home, '.tccli', 'dev.configure'),
  ]);
  for (const kind of ['stored', 'environment', 'cvmRole'] as const) assert.deepEqual(it.sources.files({ kind }), []);
});
