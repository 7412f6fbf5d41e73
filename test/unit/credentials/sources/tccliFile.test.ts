import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decode } from '../../../../src/credentials/sources/keyFile.ts';
import { readTccliProfile } from '../../../../src/credentials/sources/tccliFile.ts';
import type { TccliProfile } from '../../../../src/credentials/sources/tccliFile.ts';
import { assertHonest, opened, problemOf, wordsOf } from './support.ts';

const pair = { secretId: 'AKID1', secretKey: 'key-1' };
const temporary = { ...pair, token: 'token-1', expiresAt: 1_700_000_000 };

function read(credential: unknown, configure?: unknown): TccliProfile {
  return readTccliProfile('dev', {
    credential: JSON.stringify(credential),
    ...(configure === undefined ? {} : { configure: JSON.stringify(configure) }),
  });
}

function keysOf(credential: unknown, configure?: unknown): object {
  const profile = read(credential, configure);
  assert.equal(profile.kind, 'keys');
  return opened(profile.keys);
}

test('a plain profile gives its keys, with or without a token', () => {
  assert.deepEqual(keysOf(pair), { credentials: pair });
  assert.deepEqual(keysOf({ ...pair, token: 'token-1' }), { credentials: { ...pair, token: 'token-1' } });
  assert.deepEqual(keysOf({ ...pair, token: null, type: 'default' }), { credentials: pair });
});

test('a profile with a role asks for it', () => {
  const arn = 'qcs::cam::uin/1:roleName/dba';
  assert.deepEqual(keysOf({ ...pair, 'role-arn': arn, 'role-session-name': 'me' }), {
    credentials: pair,
    role: { roleArn: arn, sessionName: 'me' },
  });
});

test('a profile of the instance role points to it, whatever else it holds', () => {
  assert.deepEqual(read({ type: 'cvm-role' }), { kind: 'cvmRole' });
  const full = { ...pair, type: 'cvm-role', 'role-arn': 'qcs::cam::uin/1:roleName/dba' };
  assert.deepEqual(read(full, { _sys_param: { region: 'ap-beijing' } }), { kind: 'cvmRole', region: 'ap-beijing' });
});

test('keys of a browser login end, and belong to the site of the login', () => {
  const oauth = { openId: 'o', accessToken: 'a', expiresAt: 1_800_000_000, refreshToken: 'r', site: 'intl' };
  assert.deepEqual(keysOf({ type: 'oauth', ...temporary, oauth }), {
    credentials: { ...pair, token: 'token-1' },
    expiresAt: 1_700_000_000_000,
    site: 'international',
  });
});

test('keys of an SSO login likewise', () => {
  const sso = { token: 't', uin: '1', site: 'cn', authUrl: 'https://sso.example', expiresAt: 1_700_000_000 };
  assert.deepEqual(keysOf({ type: 'sso', ...temporary, sso }), {
    credentials: { ...pair, token: 'token-1' },
    expiresAt: 1_700_000_000_000,
    site: 'mainland',
  });
});

test('a site that is not known is left out', () => {
  assert.equal('site' in keysOf({ type: 'sso', ...temporary, sso: { site: 'moon' } }), false);
  assert.equal('site' in keysOf({ type: 'oauth', ...temporary, oauth: 'broken' }), false);
});

test('SSO that was configured and not used has nobody logged in', () => {
  const sso = { authUrl: 'https://sso.example' };
  for (const credential of [{ sso }, { type: 'sso', sso }, { type: 'sso' }, { type: 'oauth', secretId: '' }]) {
    assert.deepEqual(
      problemOf(() => read(credential)),
      { kind: 'notLoggedIn' },
    );
  }
});

test('SSO that was configured beside plain keys leaves these in use', () => {
  assert.deepEqual(keysOf({ ...pair, sso: { authUrl: 'https://sso.example' } }), { credentials: pair });
});

test('the region comes from the other file, from its place in newer or in older versions', () => {
  assert.deepEqual(keysOf(pair, { _sys_param: { region: 'ap-guangzhou', output: 'json' }, region: 'ap-beijing' }), {
    credentials: pair,
    region: 'ap-guangzhou',
  });
  assert.deepEqual(keysOf(pair, { region: 'ap-beijing', output: 'json' }), { credentials: pair, region: 'ap-beijing' });
});

test('a broken configuration costs the region only', () => {
  for (const configure of [[], 'x', { _sys_param: 1 }, { _sys_param: { region: 5 } }, { region: {} }]) {
    assert.deepEqual(keysOf(pair, configure), { credentials: pair });
  }
  const profile = readTccliProfile('dev', { credential: JSON.stringify(pair), configure: '{"_sys' });
  assert.equal(profile.kind, 'keys');
});

test('a byte order mark, Windows line ends and spaces do no harm', () => {
  const credential = '\uFEFF{\r\n  "secretId": " AKID1 ",\r\n  "secretKey": "key-1\\n"\r\n}\r\n';
  const profile = readTccliProfile('dev', { credential, configure: '\uFEFF{"region": "ap-beijing"}\r\n' });
  assert.equal(profile.kind, 'keys');
  assert.deepEqual(opened(profile.keys), { credentials: pair, region: 'ap-beijing' });
});

test('what is not a JSON object is told by the name of the file', () => {
  for (const credential of ['', '{"secretId": "AKID1", "secr', '[]', 'null', '"AKID1"', "{'secretId': 'AKID1'}"]) {
    assert.deepEqual(
      problemOf(() => readTccliProfile('dev', { credential })),
      { kind: 'unreadable', what: 'dev.credential' },
    );
  }
});

for (const [credential, problem] of [
  [{}, { kind: 'missing' }],
  [{ secretId: '', secretKey: null }, { kind: 'missing' }],
  [{ secretId: 'AKID1' }, { kind: 'incomplete', what: 'secretKey' }],
  [{ secretKey: 'key-1' }, { kind: 'incomplete', what: 'secretId' }],
  [
    { ...pair, secretId: 5 },
    { kind: 'unreadable', what: 'secretId' },
  ],
  [
    { ...pair, secretKey: ['key-1'] },
    { kind: 'unreadable', what: 'secretKey' },
  ],
  [
    { ...pair, token: {} },
    { kind: 'unreadable', what: 'token' },
  ],
  [
    { ...pair, secretKey: '"key 1"' },
    { kind: 'unreadable', what: 'secretKey' },
  ],
  [
    { ...pair, 'role-arn': true },
    { kind: 'unreadable', what: 'role-arn' },
  ],
  [
    { type: 'oauth', ...temporary, expiresAt: 'soon' },
    { kind: 'unreadable', what: 'expiresAt' },
  ],
  [
    { type: 'oauth', ...temporary, expiresAt: -1 },
    { kind: 'unreadable', what: 'expiresAt' },
  ],
  [
    { type: 'sso', ...temporary, expiresAt: 1e300 },
    { kind: 'unreadable', what: 'expiresAt' },
  ],
  [
    { type: 'sso', ...pair },
    { kind: 'incomplete', what: 'expiresAt' },
  ],
] as const) {
  test(`${JSON.stringify(credential)} is ${JSON.stringify(problem)}`, () => {
    assert.deepEqual(
      problemOf(() => read(credential)),
      problem,
    );
  });
}

test('no word of an error holds a value', () => {
  for (const credential of [
    '{"secretKey": "hidden-value',
    JSON.stringify({ secretId: 'A', secretKey: 'hidden-value 2' }),
  ]) {
    const words = wordsOf(() => readTccliProfile('dev', { credential }));
    assert.notEqual(words, '');
    assert.doesNotMatch(words, /hidden-value/);
  }
});

const names = ['type', 'secretId', 'secretKey', 'token', 'role-arn', 'role-session-name', 'expiresAt', 'oauth', 'sso'];

test('any bytes and any JSON give keys or say that there are none', () => {
  const values = fc.oneof(fc.constantFrom('sso', 'oauth', 'cvm-role', 'AKID1'), fc.jsonValue());
  const object = fc.dictionary(fc.constantFrom(...names), values).map((one) => JSON.stringify(one));
  const bytes = fc.uint8Array({ maxLength: 100 }).map(decode);
  const text = fc.oneof(bytes, object, fc.json());
  fc.assert(
    fc.property(text, fc.option(text, { nil: undefined }), (credential, configure) => {
      assertHonest(() => readTccliProfile('dev', { credential, ...(configure === undefined ? {} : { configure }) }));
    }),
  );
});

test('what was written is read back', () => {
  const value = fc.stringMatching(/^[\x21-\x7e]{1,60}$/);
  const time = fc.integer({ min: 0, max: 4_000_000_000 });
  const written = fc.record({ secretId: value, secretKey: value, token: value, expiresAt: time });
  fc.assert(
    fc.property(written, fc.constantFrom('oauth', 'sso'), fc.constantFrom(0, 4), (fields, type, indent) => {
      const credential = JSON.stringify({ type, ...fields, [type]: { site: 'cn' } }, undefined, indent);
      const profile = readTccliProfile('dev', { credential });
      assert.equal(profile.kind, 'keys');
      const { expiresAt, ...credentials } = fields;
      assert.deepEqual(opened(profile.keys), { credentials, expiresAt: expiresAt * 1_000, site: 'mainland' });
    }),
  );
});
