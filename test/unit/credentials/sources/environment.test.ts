import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readEnvironment } from '../../../../src/credentials/sources/environment.ts';
import { assertHonest, opened, problemOf } from './support.ts';

const pair = { TENCENTCLOUD_SECRET_ID: 'AKID1', TENCENTCLOUD_SECRET_KEY: 'key-1' };

test('the environment gives keys, region and role', () => {
  const keys = readEnvironment({
    ...pair,
    TENCENTCLOUD_SESSION_TOKEN: 'token-1',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_ROLE_ARN: 'qcs::cam::uin/1:roleName/dba',
    TENCENTCLOUD_ROLE_SESSION_NAME: 'me',
  });
  assert.deepEqual(opened(keys), {
    credentials: { secretId: 'AKID1', secretKey: 'key-1', token: 'token-1' },
    region: 'ap-shanghai',
    role: { roleArn: 'qcs::cam::uin/1:roleName/dba', sessionName: 'me' },
  });
});

test('keys need nothing beside the pair', () => {
  assert.deepEqual(opened(readEnvironment(pair)), { credentials: { secretId: 'AKID1', secretKey: 'key-1' } });
});

test('the token goes by the name of the SDK or by that of the command line, the SDK first', () => {
  const tokenOf = (more: Record<string, string>): string | undefined =>
    readEnvironment({ ...pair, ...more }).credentials.token?.reveal();
  assert.equal(tokenOf({ TENCENTCLOUD_TOKEN: 'cli' }), 'cli');
  assert.equal(tokenOf({ TENCENTCLOUD_SESSION_TOKEN: 'sdk', TENCENTCLOUD_TOKEN: 'cli' }), 'sdk');
  assert.equal(tokenOf({ TENCENTCLOUD_SESSION_TOKEN: ' ', TENCENTCLOUD_TOKEN: 'cli' }), 'cli');
});

test('an empty variable is one that is not set', () => {
  assert.deepEqual(
    problemOf(() => readEnvironment({})),
    { kind: 'missing' },
  );
  assert.deepEqual(
    problemOf(() => readEnvironment({ TENCENTCLOUD_SECRET_ID: '', TENCENTCLOUD_SECRET_KEY: ' ' })),
    { kind: 'missing' },
  );
});

test('half a pair is named by the variable that lacks', () => {
  assert.deepEqual(
    problemOf(() => readEnvironment({ TENCENTCLOUD_SECRET_ID: 'AKID1' })),
    { kind: 'incomplete', what: 'TENCENTCLOUD_SECRET_KEY' },
  );
  assert.deepEqual(
    problemOf(() => readEnvironment({ TENCENTCLOUD_SECRET_KEY: 'key-1' })),
    { kind: 'incomplete', what: 'TENCENTCLOUD_SECRET_ID' },
  );
});

test('spaces and line breaks around values go, and those within are no key', () => {
  const keys = readEnvironment({ TENCENTCLOUD_SECRET_ID: ' AKID1\r\n', TENCENTCLOUD_SECRET_KEY: '\tkey-1 ' });
  assert.deepEqual(opened(keys), { credentials: { secretId: 'AKID1', secretKey: 'key-1' } });
  assert.deepEqual(
    problemOf(() => readEnvironment({ ...pair, TENCENTCLOUD_SECRET_KEY: 'key 1' })),
    { kind: 'unreadable', what: 'TENCENTCLOUD_SECRET_KEY' },
  );
  assert.deepEqual(
    problemOf(() => readEnvironment({ ...pair, TENCENTCLOUD_SESSION_TOKEN: 'a\nx-evil: b' })),
    { kind: 'unreadable', what: 'TENCENTCLOUD_SESSION_TOKEN' },
  );
});

test('a role without a session name is assumed all the same, and a session name alone asks for nothing', () => {
  const role = readEnvironment({ ...pair, TENCENTCLOUD_ROLE_ARN: 'qcs::cam::uin/1:roleName/dba' }).role;
  assert.equal(role?.roleArn, 'qcs::cam::uin/1:roleName/dba');
  assert.match(role.sessionName, /^[\w+=,.@-]{2,128}$/);
  assert.equal(readEnvironment({ ...pair, TENCENTCLOUD_ROLE_SESSION_NAME: 'me' }).role, undefined);
});

test('what is not a region is left out', () => {
  assert.equal(readEnvironment({ ...pair, TENCENTCLOUD_REGION: 'nowhere\r\n' }).region, undefined);
});

test('any values give keys or say that there are none', () => {
  const names = ['SECRET_ID', 'SECRET_KEY', 'SESSION_TOKEN', 'TOKEN', 'REGION', 'ROLE_ARN', 'ROLE_SESSION_NAME'];
  const value = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
  const anything = fc.record(Object.fromEntries(names.map((name) => [`TENCENTCLOUD_${name}`, value])));
  fc.assert(
    fc.property(anything, (environment) => {
      assertHonest(() => readEnvironment(environment));
    }),
  );
});
