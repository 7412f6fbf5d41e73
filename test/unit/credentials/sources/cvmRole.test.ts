import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCvmRole } from '../../../../src/credentials/sources/cvmRole.ts';
import type { FetchText } from '../../../../src/credentials/sources/cvmRole.ts';
import { CancelledError, KeysUnavailableError } from '../../../../src/domain/errors.ts';
import { laterProblemOf, opened } from './support.ts';

const base = 'http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/';
const good = {
  TmpSecretId: 'AKID1',
  TmpSecretKey: 'key-1',
  Token: 'token-1',
  ExpiredTime: 1_700_000_000,
  Expiration: '2023-11-14T22:13:20Z',
  Code: 'Success',
};
const signal = new AbortController().signal;

/** Answers with the role's name, then with its keys. */
function service(role: string | undefined, keys?: unknown): FetchText & { readonly asked: string[] } {
  const asked: string[] = [];
  const fetchText: FetchText = (url) => {
    asked.push(url);
    return Promise.resolve(url === base ? role : typeof keys === 'string' ? keys : JSON.stringify(keys));
  };
  return Object.assign(fetchText, { asked });
}

test('the name of the role leads to its keys', async () => {
  const fetchText = service('dba\n', good);
  assert.deepEqual(opened(await readCvmRole(fetchText, signal)), {
    credentials: { secretId: 'AKID1', secretKey: 'key-1', token: 'token-1' },
    expiresAt: 1_700_000_000_000,
  });
  assert.deepEqual(fetchText.asked, [base, `${base}dba`]);
});

test('where nobody answers, or no role is bound, there are no keys', async () => {
  const silent: FetchText = () => Promise.reject(new Error('getaddrinfo ENOTFOUND'));
  for (const fetchText of [silent, service(undefined), service(' \n'), service('dba', '')]) {
    assert.deepEqual(await laterProblemOf(readCvmRole(fetchText, signal)), { kind: 'missing' });
  }
});

test('a page that is not the metadata service is asked for nothing more', async () => {
  for (const page of ['<html>Sign in</html>', 'a/../b', 'two words', 'x'.repeat(200)]) {
    const fetchText = service(page, good);
    assert.deepEqual(await laterProblemOf(readCvmRole(fetchText, signal)), { kind: 'unreadable', what: 'RoleName' });
    assert.equal(fetchText.asked.length, 1);
  }
});

for (const [answer, problem] of [
  ['{"TmpSecretId": "AK', { kind: 'unreadable', what: 'dba' }],
  [[], { kind: 'unreadable', what: 'dba' }],
  [
    { ...good, Code: 'Failed' },
    { kind: 'unreadable', what: 'Code' },
  ],
  [
    { ...good, Code: undefined },
    { kind: 'unreadable', what: 'Code' },
  ],
  [
    { ...good, TmpSecretKey: undefined },
    { kind: 'incomplete', what: 'TmpSecretKey' },
  ],
  [
    { ...good, Token: '' },
    { kind: 'incomplete', what: 'Token' },
  ],
  [
    { ...good, ExpiredTime: undefined },
    { kind: 'incomplete', what: 'ExpiredTime' },
  ],
  [
    { ...good, ExpiredTime: '2023' },
    { kind: 'unreadable', what: 'ExpiredTime' },
  ],
  [
    { ...good, TmpSecretId: 1 },
    { kind: 'unreadable', what: 'TmpSecretId' },
  ],
] as const) {
  test(`an answer ${JSON.stringify(answer)} is ${JSON.stringify(problem)}`, async () => {
    assert.deepEqual(await laterProblemOf(readCvmRole(service('dba', answer), signal)), problem);
  });
}

test('cancelling is not a lack of keys', async () => {
  await assert.rejects(
    readCvmRole(() => Promise.reject(new CancelledError()), signal),
    CancelledError,
  );
});

test('any answers give keys or say that there are none', async () => {
  const fields = fc.dictionary(fc.constantFrom(...Object.keys(good)), fc.oneof(fc.constant('Success'), fc.jsonValue()));
  const keys = fc.oneof(
    fc.string(),
    fields,
    fields.map((some) => ({ ...good, ...some })),
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constant('dba'), fc.string()), keys, async (role, answer) => {
      await readCvmRole(service(role, answer), signal).catch((error: unknown) => {
        assert.ok(error instanceof KeysUnavailableError, String(error));
      });
    }),
  );
});
