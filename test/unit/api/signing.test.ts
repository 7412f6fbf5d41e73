import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import sdkSign from 'tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js';
import {
  authorization,
  canonicalRequest,
  createSigner,
  credentialScope,
  deriveKeys,
  sha256Hex,
  signature,
  signedHeaders,
  stringToSign,
  utcDate,
} from '../../../src/api/signing.ts';
import type { SignableRequest } from '../../../src/api/signing.ts';
import { Secret } from '../../../src/domain/secret.ts';

interface Vector {
  readonly name: string;
  readonly request: SignableRequest;
  readonly timestamp: number;
  readonly date: string;
  readonly service: string;
  readonly secretKey: string;
  readonly signedHeaders: string;
  readonly payloadHash?: string;
  readonly canonicalHash: string;
  readonly keys?: readonly [date: string, service: string, signing: string];
  readonly signature: string;
}

const cvmBody = '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}';
const cvmHeaders = { 'Content-Type': 'application/json; charset=utf-8', Host: 'cvm.tencentcloudapi.com' };
const cvmPayloadHash = '35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064';
const cvm = { timestamp: 1551113065, date: '2019-02-25', service: 'cvm', payloadHash: cvmPayloadHash };
const contentTypeAndHost = 'content-type;host';
const ownRequest = (body: string): SignableRequest => ({
  method: 'POST',
  query: '',
  headers: { 'content-type': 'application/json', host: 'postgres.tencentcloudapi.com' },
  body,
});
const own = { service: 'postgres', secretKey: 'EXAMPLE-SECRET-KEY', signedHeaders: contentTypeAndHost };

const vectors: readonly Vector[] = [
  {
    ...cvm,
    name: 'A, the current official example',
    request: {
      method: 'POST',
      query: '',
      headers: { ...cvmHeaders, 'X-TC-Action': 'DescribeInstances' },
      body: cvmBody,
    },
    secretKey: '*'.repeat(32),
    signedHeaders: 'content-type;host;x-tc-action',
    canonicalHash: '7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84',
    keys: [
      'da98fb70dcf6b112dc21038d1eeeb3a95c74b4dcb12c1131f864f6066bd02be0',
      '8d70cbefb03939f929db64d32dc2ba89b1095620119fe3e050e2b18c5bd2752f',
      'b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af',
    ],
    signature: '10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
  },
  {
    ...cvm,
    name: 'B, the official example until 2023',
    request: { method: 'POST', query: '', headers: cvmHeaders, body: cvmBody },
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3*******',
    signedHeaders: contentTypeAndHost,
    canonicalHash: '5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031',
    keys: [
      'f1cb4d518a0eda9d5cbbfdb7850983f1e603eeae484edea76e4dd8d8deb5556e',
      'e7c609ce81bea53546bed2cc904778bef9ca14082e48e67883443ed64e227cd7',
      '8aa8ab5755582f576e94bcfe383b8e29325b0ca90c3590d569221c6a63a091ed',
    ],
    signature: '2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c',
  },
  {
    ...cvm,
    name: 'C, the earlier official example',
    request: { method: 'POST', query: '', headers: cvmHeaders, body: cvmBody },
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
    signedHeaders: contentTypeAndHost,
    canonicalHash: '5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031',
    keys: [
      'd1308c81fe71cfd4e06437bbc067b2b8a3d2d8c0e375d547f15c41d5214b395a',
      '3c7cb7c7795393edc14fd2e0e6434a518564b4504b88e94f5d11bf59ba3e7050',
      'ac658d5dde49e9bfdd14e04e062f66b05d9f637d44b8a8d845327d4a77f666b1',
    ],
    signature: '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  },
  {
    name: 'D, the official GET',
    request: {
      method: 'GET',
      query: 'Limit=10&Offset=0',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Host: 'cvm.tencentcloudapi.com' },
      body: '',
    },
    timestamp: 1539084154,
    date: '2018-10-09',
    service: 'cvm',
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
    signedHeaders: contentTypeAndHost,
    canonicalHash: '91c9c192c14460df6c1ffc69e34e6c5e90708de2a6d282cccf957dbf1aa7f3a7',
    signature: '5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474',
  },
  {
    ...own,
    name: 'E1, a create request of PostgreSQL',
    request: ownRequest('{"Zone":"ap-guangzhou-2","DBInstanceName":"demo","DBVersion":"10.4","DBCharset":"UTF8"}'),
    timestamp: 1700000000,
    date: '2023-11-14',
    canonicalHash: '79e71f145930e8cf9206890a83bdf2539060df37173db6d75252baf81879cc95',
    signature: 'cb542959c35cd946e800c8134a8c2adfa85366141360ef2a197bb6431d79a4d5',
  },
  {
    ...own,
    name: 'E2, the last second of a day',
    request: ownRequest('{}'),
    timestamp: 1551139199,
    date: '2019-02-25',
    canonicalHash: 'e788d302f24922f845a3e206c9a20ac52ee64a40a8ad560fe1f4e45a8dc2f62f',
    signature: '19e6783db6c0e2f34127a9c9c771422a9562991c440ea65ce6e751c44b0e728a',
  },
  {
    ...own,
    name: 'E3, the second after it',
    request: ownRequest('{}'),
    timestamp: 1551139200,
    date: '2019-02-26',
    canonicalHash: 'e788d302f24922f845a3e206c9a20ac52ee64a40a8ad560fe1f4e45a8dc2f62f',
    signature: '5487acbf2c90682a838d0a3477d7f1d30bc1390886c951d64a71bc348f03402b',
  },
  {
    ...own,
    name: 'E4, an unsigned payload',
    request: ownRequest('UNSIGNED-PAYLOAD'),
    timestamp: 1700000000,
    date: '2023-11-14',
    payloadHash: '438d4109ef0d676b8c2c7ed13cdfcb418e494d53b843d4634ce3b1085f07bb96',
    canonicalHash: '0568caa2b6b953f6884c1df67d0cae495dfc867ea08a62efe8700161bb30a333',
    signature: 'c8bc485586d7a71bdd1e5a5b98e12673a3ea8fa00301c26fff6d86cce9934242',
  },
];

for (const vector of vectors) {
  test(`vector ${vector.name}, agrees at every stage`, () => {
    const { request, timestamp, service } = vector;
    assert.equal(signedHeaders(request.headers), vector.signedHeaders);
    if (vector.payloadHash !== undefined) assert.equal(sha256Hex(request.body), vector.payloadHash);
    const canonical = canonicalRequest(request);
    assert.equal(sha256Hex(canonical), vector.canonicalHash);
    assert.equal(utcDate(timestamp), vector.date);
    assert.equal(credentialScope(timestamp, service), `${vector.date}/${service}/tc3_request`);
    const text = stringToSign(canonical, timestamp, service);
    assert.equal(
      text,
      `TC3-HMAC-SHA256\n${String(timestamp)}\n${vector.date}/${service}/tc3_request\n${vector.canonicalHash}`,
    );
    const keys = deriveKeys(vector.secretKey, vector.date, service);
    if (vector.keys !== undefined) {
      assert.deepEqual(
        [keys.date, keys.service, keys.signing].map((key) => key.toString('hex')),
        vector.keys,
      );
    }
    assert.equal(signature(keys.signing, text), vector.signature);
  });
}

test('the authorization has the documented form', () => {
  assert.equal(
    authorization({
      secretId: 'AKIDEXAMPLE',
      timestamp: 1700000000,
      service: 'postgres',
      signedHeaders: contentTypeAndHost,
      signature: 'abc',
    }),
    'TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2023-11-14/postgres/tc3_request, SignedHeaders=content-type;host, Signature=abc',
  );
});

test('the signer signs the action as well where it is asked to', () => {
  const signer = createSigner({ secretId: 'AKIDEXAMPLE', secretKey: new Secret('EXAMPLE-SECRET-KEY') });
  const request = {
    host: 'postgres.tencentcloudapi.com',
    service: 'postgres',
    action: 'CreateServerlessDBInstance',
    version: '2017-03-12',
    region: 'ap-guangzhou',
    body: Buffer.from('{}'),
  };
  const headers = signer.sign({ ...request, signAction: true }, 1700000000);
  const canonical = canonicalRequest({
    method: 'POST',
    query: '',
    headers: { 'content-type': 'application/json', host: request.host, 'x-tc-action': request.action },
    body: request.body,
  });
  const { signing } = deriveKeys('EXAMPLE-SECRET-KEY', '2023-11-14', 'postgres');
  const expected = signature(signing, stringToSign(canonical, 1700000000, 'postgres'));
  assert.match(headers['authorization'] ?? '', /SignedHeaders=content-type;host;x-tc-action, /);
  assert.ok(headers['authorization']?.endsWith(`Signature=${expected}`));
  // And without it again, although the signer remembers what it signed last.
  assert.match(signer.sign(request, 1700000000)['authorization'] ?? '', /SignedHeaders=content-type;host, /);
});

test('a signer sends every documented header, and no empty one', () => {
  const signer = createSigner({ secretId: 'AKIDEXAMPLE', secretKey: new Secret('K'), token: new Secret('TOKEN') });
  const request = { host: 'sts.tencentcloudapi.com', service: 'sts', action: 'A', version: 'V', body: '{}' };
  const full = signer.sign({ ...request, region: 'ap-guangzhou', language: 'en-US' }, 1700000000);
  delete full['authorization'];
  assert.deepEqual(full, {
    'content-type': 'application/json',
    host: 'sts.tencentcloudapi.com',
    'x-tc-action': 'A',
    'x-tc-version': 'V',
    'x-tc-timestamp': '1700000000',
    'x-tc-region': 'ap-guangzhou',
    'x-tc-language': 'en-US',
    'x-tc-token': 'TOKEN',
  });
  const bare = createSigner({ secretId: 'AKIDEXAMPLE', secretKey: new Secret('K') }).sign(
    { ...request, region: '' },
    1,
  );
  assert.deepEqual(Object.keys(bare).sort(), [
    'authorization',
    'content-type',
    'host',
    'x-tc-action',
    'x-tc-timestamp',
    'x-tc-version',
  ]);
});

test('the order, the case and the outer spaces of headers do not change the canonical request', () => {
  const plain = canonicalRequest(ownRequest('{}'));
  const odd = { HOST: ' postgres.tencentcloudapi.com ', 'CONTENT-TYPE': 'application/json ' };
  assert.equal(canonicalRequest({ ...ownRequest('{}'), headers: odd }), plain);
});

test('2,000 random requests get the authorization that the official SDK makes', () => {
  const midnight = 86_400;
  const timestamps = fc.oneof(
    fc.integer({ min: 0, max: 4_000_000_000 }),
    fc
      .tuple(fc.integer({ min: 1, max: 40_000 }), fc.integer({ min: -2, max: 2 }))
      .map(([day, second]) => day * midnight + second),
  );
  const keys = fc.string({
    unit: fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '*', '+'),
    minLength: 1,
    maxLength: 40,
  });
  const signers = new Map<string, ReturnType<typeof createSigner>>();
  fc.assert(
    fc.property(
      fc.record({
        // Few keys and services, so that remembered day keys meet other days, keys and services.
        secretKey: fc.oneof(keys, fc.constantFrom('first', 'second')),
        token: fc.option(keys, { nil: undefined }),
        service: fc.constantFrom('postgres', 'vpc', 'tag', 'sts'),
        text: fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.json()),
        asText: fc.boolean(),
        timestamp: timestamps,
      }),
      ({ secretKey, token, service, text, asText, timestamp }) => {
        const body = Buffer.from(text);
        const host = `${service}.tencentcloudapi.com`;
        const credentials = {
          secretId: 'AKIDEXAMPLE',
          secretKey: new Secret(secretKey),
          ...(token === undefined ? {} : { token: new Secret(token) }),
        };
        const pair = JSON.stringify([secretKey, token]);
        const signer = signers.get(pair) ?? createSigner(credentials);
        signers.set(pair, signer);
        const headers = signer.sign(
          {
            host,
            service,
            action: 'A',
            version: 'V',
            region: 'ap-guangzhou',
            // Text is signed as the UTF-8 that it becomes.
            body: asText ? body.toString('utf8') : body,
          },
          timestamp,
        );
        const expected: unknown = sdkSign.default.sign3({
          method: 'POST',
          url: `https://${host}/`,
          payload: body,
          timestamp,
          service,
          secretId: 'AKIDEXAMPLE',
          secretKey,
          multipart: false,
          boundary: '',
          headers: { 'Content-Type': 'application/json' },
        });
        assert.equal(headers['authorization'], expected);
        assert.equal(headers['x-tc-token'], token);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('one changed byte of the body changes the signature', () => {
  const signer = createSigner({ secretId: 'AKIDEXAMPLE', secretKey: new Secret('K') });
  const sign = (body: Uint8Array): string =>
    signer.sign({ host: 'h', service: 's', action: 'A', version: 'V', region: '', body }, 1700000000)[
      'authorization'
    ] ?? '';
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (body, position) => {
      const changed = body.slice();
      const index = position % body.length;
      changed[index] = ((changed[index] ?? 0) + 1) % 256;
      assert.notEqual(sign(changed), sign(body));
    }),
  );
});
