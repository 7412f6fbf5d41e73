import { createHmac, createSecretKey, hash } from 'node:crypto';
import sdk from 'tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js';
import { createSigner, credentialScope, deriveKeys, utcDate } from '../../src/api/signing.ts';
import { testCredentials } from '../support/cloudBundle.ts';
import { measurement } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import { interleave } from './rounds.ts';

const host = 'postgres.tencentcloudapi.com';
const service = 'postgres';
const firstSecond = 1_700_000_000;

/** Requests that differ, as real ones do, so that nothing can be looked up. */
const requests = Array.from({ length: 1_000 }, (_, index) => {
  const parameters = {
    Zone: 'ap-guangzhou-2',
    DBInstanceName: `pg-${String(index)}`,
    DBVersion: '10.4',
    DBCharset: 'UTF8',
    ProjectId: 0,
    VpcId: 'vpc-1a2b3c4d',
    SubnetId: 'subnet-1a2b3c4d',
    TagList: [{ TagKey: 'env', TagValue: 'test' }],
  };
  return { body: Buffer.from(JSON.stringify(parameters)), timestamp: firstSecond + index };
});

/** @returns microseconds for one request */
function perRequest(act: (body: Buffer, timestamp: number) => unknown): number {
  const start = performance.now();
  for (const { body, timestamp } of requests) act(body, timestamp);
  return ((performance.now() - start) * 1_000) / requests.length;
}

/** One create request whose body is serialised already: all three are given the same bytes. */
export async function benchSigning(): Promise<Measurement> {
  const signer = createSigner(testCredentials);
  const secretKey = testCredentials.secretKey.reveal();
  const dayKey = createSecretKey(deriveKeys(secretKey, utcDate(firstSecond), service).signing);
  const head = `POST\n/\n\ncontent-type:application/json\nhost:${host}\n\ncontent-type;host\n`;
  const scope = credentialScope(firstSecond, service);

  const series = await interleave(41, [
    {
      name: 'ours',
      run: () =>
        perRequest((body, timestamp) =>
          signer.sign(
            {
              host,
              service,
              action: 'CreateServerlessDBInstance',
              version: '2017-03-12',
              region: 'ap-guangzhou',
              body,
              language: 'en-US',
            },
            timestamp,
          ),
        ),
    },
    {
      // Two hashes and one keyed hash, of texts as long as the real ones, in the fastest form that Node has.
      name: 'crypto calls alone',
      run: () =>
        perRequest((body, timestamp) => {
          const canonical = hash('sha256', head + hash('sha256', body));
          return createHmac('sha256', dayKey)
            .update(`TC3-HMAC-SHA256\n${String(timestamp)}\n${scope}\n${canonical}`)
            .digest('hex');
        }),
    },
    {
      name: 'official SDK',
      run: () =>
        perRequest((payload, timestamp) =>
          sdk.default.sign3({
            method: 'POST',
            url: `https://${host}/`,
            payload,
            timestamp,
            service,
            secretId: testCredentials.secretId,
            secretKey,
            multipart: false,
            boundary: '',
            headers: { 'Content-Type': 'application/json' },
          }),
        ),
    },
  ]);
  return measurement('Signing one create request', 'µs', series, [
    { of: 'ours', to: 'crypto calls alone', how: 'ratio', target: { kind: 'at most', limit: 1.3 } },
    { of: 'official SDK', to: 'ours', how: 'ratio', target: { kind: 'at least', limit: 5 } },
  ]);
}
