import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createSigner } from '../../src/api/signing.ts';
import { Secret } from '../../src/domain/secret.ts';
import { authenticate, type SignedRequest } from '../../src/simulator/authentication.ts';

const key = { secretId: 'AKIDEXAMPLE', secretKey: 'EXAMPLE-SECRET-KEY', account: '100000000001' };
const signer = createSigner({ secretId: key.secretId, secretKey: new Secret(key.secretKey) });

/** @param host as it is signed; the request is sent with the port */
function signed(body: string, timestamp: number, host = '127.0.0.1:8700', signAction = false): SignedRequest {
  const headers = signer.sign(
    { host, service: 'postgres', action: 'Act', version: '2017-03-12', region: 'ap-guangzhou', body, signAction },
    timestamp,
  );
  return { headers: { ...headers, host: '127.0.0.1:8700' }, body: Buffer.from(body) };
}

const times = fc.integer({ min: 1_500_000_000, max: 2_000_000_000 });

test('whatever our own signer signs is accepted, with the port in the signed host and without', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      times,
      fc.boolean(),
      fc.boolean(),
      (body, time, withPort, signAction) => {
        const request = signed(body, time, withPort ? '127.0.0.1:8700' : '127.0.0.1', signAction);
        assert.equal(authenticate(request, [key], time * 1_000).service, 'postgres');
      },
    ),
  );
});

test('one changed byte of the body is refused', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      times,
      (body, at, flip, time) => {
        const request = signed(body, time);
        const changed = Buffer.from(request.body);
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ flip;
        assert.throws(() => authenticate({ ...request, body: changed }, [key], time * 1_000), {
          code: 'AuthFailure.SignatureFailure',
        });
      },
    ),
  );
});

test('the window of the clock is 300 seconds to both sides', () => {
  const request = signed('{}', 1_700_000_000);
  for (const off of [-300, 300]) authenticate(request, [key], (1_700_000_000 + off) * 1_000);
  for (const off of [-301, 301]) {
    assert.throws(() => authenticate(request, [key], (1_700_000_000 + off) * 1_000), {
      code: 'AuthFailure.SignatureExpire',
    });
  }
});

test('a key is good up to the moment of its expiry, and a wrong signature stays a wrong signature after it', () => {
  const request = signed('{}', 1_700_000_000);
  const expiring = { ...key, expiresAt: 1_700_000_100_000 };
  assert.equal(authenticate(request, [expiring], 1_700_000_099_999).key, expiring);
  assert.throws(() => authenticate(request, [expiring], 1_700_000_100_000), { code: 'AuthFailure.TokenFailure' });
  assert.throws(() => authenticate(request, [{ ...expiring, secretKey: 'other' }], 1_700_000_100_000), {
    code: 'AuthFailure.SignatureFailure',
  });
});

test('the date of the scope must be that of the timestamp', () => {
  const request = signed('{}', 1_700_000_000);
  const authorization = (request.headers['authorization'] ?? '').replace('2023-11-14', '2023-11-15');
  assert.throws(
    () => authenticate({ ...request, headers: { ...request.headers, authorization } }, [key], 1_700_000_000_000),
    { code: 'AuthFailure.SignatureFailure' },
  );
});
