import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { createCloud } from '../../../src/api/cloud.ts';
import type { Cloud, CloudOptions } from '../../../src/api/cloud.ts';
import { canonicalRequest, deriveKeys, signature, stringToSign } from '../../../src/api/signing.ts';
import type { CreatePlan } from '../../../src/domain/createPlan.ts';
import type { Connection } from '../../../src/domain/credentials.ts';
import {
  CancelledError,
  ConfigurationError,
  NetworkError,
  NotSignedInError,
  ServiceError,
  UnexpectedAnswerError,
} from '../../../src/domain/errors.ts';
import { Secret } from '../../../src/domain/secret.ts';
import {
  answerOf,
  connectionTo,
  createTestLog,
  createTestSleep,
  directNetwork,
  never,
  refusalOf,
  startServer,
  testKey,
  testToken,
} from './support.ts';
import type { TestServer } from './support.ts';

const time = 1_700_000_000_123;
const plan: CreatePlan = {
  offering: 'serverless',
  region: 'ap-guangzhou',
  zone: 'ap-guangzhou-2',
  name: 'demo',
  version: '10.4',
  charset: 'utf-8',
  tags: [],
};

const account = { accountId: '100000000001', offering: 'serverless' };

interface Setup {
  readonly server: TestServer;
  readonly cloud: Cloud;
  readonly log: ReturnType<typeof createTestLog>;
  readonly waits: number[];
  readonly warnings: string[];
}

/** A cloud and the server it talks to; bodies are given in the order of the calls, the last one for all further. */
async function setUp(
  context: TestContext,
  bodies: readonly string[],
  options: Partial<CloudOptions> = {},
): Promise<Setup> {
  const server = await startServer((_, response, count) => {
    response.end(bodies[Math.min(count, bodies.length) - 1]);
  });
  const log = createTestLog();
  const warnings: string[] = [];
  const { sleep, waits } = createTestSleep();
  const cloud = createCloud({
    connection: () => Promise.resolve(connectionTo(server.origin)),
    language: 'en-US',
    network: () => directNetwork,
    timeout: () => 30_000,
    environment: {},
    clientName: 'tencentdb-postgres-vscode/0.1.0 (tests)',
    log,
    now: () => time,
    sleep,
    random: () => 0.5,
    onDeprecated: (action, warning) => warnings.push(`${action}: ${warning}`),
    onClockSkew: (warning) => warnings.push(warning),
    ...options,
  });
  context.after(async () => {
    await cloud.close();
    await server[Symbol.asyncDispose]();
  });
  return { server, cloud, log, waits, warnings };
}

function sentBodies(server: TestServer): unknown[] {
  return server.received.map(({ body }): unknown => JSON.parse(body.toString()));
}

test('a create request carries the plan, and the signature of exactly the bytes that arrived', async (context) => {
  const { server, cloud } = await setUp(context, [answerOf({ DBInstanceId: 'postgres-1' }, 'r-1')]);
  const full: CreatePlan = {
    ...plan,
    projectId: 0,
    network: { vpcId: 'vpc-1', subnetId: 'subnet-1' },
    tags: [{ key: 'umgebung', value: '生产 \u{1f418}' }],
  };
  assert.deepEqual(await cloud.instances(account).create({ plan: full }, never()), {
    instanceId: 'postgres-1',
    requestId: 'r-1',
  });

  const [received] = server.received;
  assert.ok(received !== undefined && server.received.length === 1);
  const { authorization, ...headers } = received.headers;
  assert.deepEqual(headers, {
    host: new URL(server.origin).host,
    connection: 'keep-alive',
    'content-type': 'application/json',
    'content-length': String(received.body.length),
    'x-tc-action': 'CreateServerlessDBInstance',
    'x-tc-version': '2017-03-12',
    'x-tc-timestamp': '1700000000',
    'x-tc-region': 'ap-guangzhou',
    'x-tc-language': 'en-US',
    'x-tc-requestclient': 'tencentdb-postgres-vscode0.1.0tests',
  });
  assert.deepEqual(JSON.parse(received.body.toString()), {
    Zone: 'ap-guangzhou-2',
    DBInstanceName: 'demo',
    DBVersion: '10.4',
    DBCharset: 'UTF8',
    ProjectId: 0,
    VpcId: 'vpc-1',
    SubnetId: 'subnet-1',
    TagList: [{ TagKey: 'umgebung', TagValue: '生产 \u{1f418}' }],
  });
  const canonical = canonicalRequest({
    method: 'POST',
    query: '',
    headers: { 'content-type': 'application/json', host: headers.host },
    body: received.body,
  });
  const { signing } = deriveKeys(testKey, '2023-11-14', 'postgres');
  const expected = signature(signing, stringToSign(canonical, 1_700_000_000, 'postgres'));
  assert.ok(authorization?.endsWith(`Signature=${expected}`));
});

test('the request for reading is the one that is sent', async (context) => {
  const { server, cloud } = await setUp(context, [answerOf({ DBInstanceId: 'postgres-1' })]);
  const { body, ...rest } = cloud.instances(account).request(plan);
  await cloud.instances(account).create({ plan }, never());
  assert.deepEqual(sentBodies(server), [body]);
  assert.deepEqual(rest, { action: 'CreateServerlessDBInstance', version: '2017-03-12', region: 'ap-guangzhou' });
  assert.deepEqual(
    Object.keys(body),
    ['Zone', 'DBInstanceName', 'DBVersion', 'DBCharset'],
    'nothing optional is made up',
  );
});

test('a create that may have had an effect, or would be refused again, is sent once', async (context) => {
  const bodies = [refusalOf('InternalError'), refusalOf('InvalidParameter'), 'not JSON', ''];
  for (const body of bodies) {
    const { server, cloud, waits } = await setUp(context, [body]);
    await assert.rejects(cloud.instances(account).create({ plan }, never()));
    assert.equal(server.received.length, 1, body);
    assert.deepEqual(waits, []);
  }
});

test('a create without an instance id in its answer is not taken for a success', async (context) => {
  for (const fields of [{}, { DBInstanceId: '' }, { DBInstanceId: null }]) {
    const { cloud } = await setUp(context, [answerOf(fields, 'r-9')]);
    await assert.rejects(
      cloud.instances(account).create({ plan }, never()),
      (error) => error instanceof UnexpectedAnswerError && error.requestId === 'r-9',
    );
  }
});

test('of 21 creates at once the last waits until a second has passed', async (context) => {
  let now = time;
  const { server, cloud, waits } = await setUp(context, [answerOf({ DBInstanceId: 'p' })], {
    now: () => now,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  });
  await Promise.all(Array.from({ length: 21 }, () => cloud.instances(account).create({ plan }, never())));
  assert.deepEqual(waits, [1_000]);
  assert.equal(server.received.length, 21);
});

test('a read is repeated while the failure may pass, and keeps its signature fresh', async (context) => {
  const { server, cloud, waits } = await setUp(context, [
    refusalOf('RequestLimitExceeded'),
    refusalOf('InternalError.SystemError'),
    answerOf({ TotalCount: 0, DBInstanceSet: null }),
  ]);
  assert.deepEqual(await cloud.instances(account).list('ap-guangzhou', never()), []);
  assert.equal(server.received.length, 3);
  assert.deepEqual(waits, [250, 500]);
});

test('an error of the service carries code, words and request id', async (context) => {
  const { cloud } = await setUp(context, [refusalOf('AuthFailure.SecretIdNotFound', 'no such key', 'r-7')]);
  await assert.rejects(cloud.instances(account).list('ap-guangzhou', never()), (error) => {
    assert.ok(error instanceof ServiceError);
    assert.deepEqual(
      [error.code, error.serviceMessage, error.requestId],
      ['AuthFailure.SecretIdNotFound', 'no such key', 'r-7'],
    );
    assert.ok(cloud.explain(error).next.includes('openKeysPage'));
    return true;
  });
});

test('nothing is sent without a sign-in, to a refused endpoint, or after an abort', async (context) => {
  const signedOut = await setUp(context, [''], { connection: () => Promise.reject(new NotSignedInError()) });
  await assert.rejects(signedOut.cloud.instances(account).list('ap-guangzhou', never()), NotSignedInError);
  const plain = await setUp(context, [''], {
    connection: () => Promise.resolve(connectionTo('http://postgres.example')),
  });
  await assert.rejects(plain.cloud.instances(account).create({ plan }, never()), ConfigurationError);
  const aborted = await setUp(context, ['']);
  await assert.rejects(aborted.cloud.instances(account).create({ plan }, AbortSignal.abort()), CancelledError);
  await assert.rejects(aborted.cloud.instances(account).list('ap-guangzhou', AbortSignal.abort()), CancelledError);
  assert.equal(aborted.server.received.length, 0);
});

test('the time limit of the settings ends a call', async (context) => {
  const hanging = await startServer(() => undefined);
  context.after(() => hanging[Symbol.asyncDispose]());
  const { cloud } = await setUp(context, [''], {
    timeout: () => 50,
    connection: () => Promise.resolve(connectionTo(hanging.origin)),
  });
  await assert.rejects(
    cloud.instances(account).create({ plan }, never()),
    (error) => error instanceof NetworkError && error.reason === 'timeout' && error.mayHaveArrived,
  );
  assert.equal(hanging.received.length, 1);
});

test('a warning about retirement is handed on with its action', async (context) => {
  const { cloud, warnings } = await setUp(context, [answerOf({ DeprecatedWarning: 'going offline' })]);
  await cloud.instances(account).list('ap-guangzhou', never());
  assert.deepEqual(warnings, ['DescribeServerlessDBInstances: going offline']);
});

test('keys and endpoint are read anew before every call', async (context) => {
  let connection: Connection = connectionTo('');
  const { server, cloud } = await setUp(context, [answerOf({})], { connection: () => Promise.resolve(connection) });
  const other = await startServer((_, response) => response.end(answerOf({})));
  context.after(() => other[Symbol.asyncDispose]());
  const { credentials, target } = connectionTo(server.origin);
  const connections: Connection[] = [
    { credentials, target },
    { credentials: { ...credentials, secretKey: new Secret(testKey) }, target },
    { credentials: { ...credentials, secretKey: new Secret('another') }, target },
    { credentials: { ...credentials, token: new Secret(testToken) }, target },
    { credentials: { ...credentials, token: new Secret('another') }, target },
    { credentials: { ...credentials, secretId: 'ANOTHER' }, target },
    connectionTo(other.origin),
  ];
  for (connection of connections) await cloud.instances(account).list('ap-guangzhou', never());
  const [first, same, key, token, otherToken, id] = server.received.map(({ headers }) => headers);
  assert.equal(first?.authorization, same?.authorization);
  assert.notEqual(first?.authorization, key?.authorization);
  assert.deepEqual(
    [first?.['x-tc-token'], token?.['x-tc-token'], otherToken?.['x-tc-token']],
    [undefined, testToken, 'another'],
  );
  assert.match(id?.authorization ?? '', /Credential=ANOTHER\//);
  assert.equal(other.received.length, 1);
  assert.equal(other.received[0]?.headers.host, new URL(other.origin).host);
});

test('the log names action, region, request id and time, and holds no key, token, password or body', async (context) => {
  const secret = 'database-password-of-the-tests';
  const rows = [{ DBInstanceId: 'postgres-1', DBAccountSet: [{ DBUser: 'u', DBPassword: secret }] }];
  const good = answerOf({ TotalCount: 1, DBInstanceSet: rows }, 'r-good');
  const bad = answerOf({ TotalCount: secret, DBInstanceSet: rows }, 'r-bad');
  const { server, cloud, log } = await setUp(
    context,
    [good, bad, refusalOf('InvalidParameter', secret, 'r-refused'), `${secret} is not JSON`],
    {
      connection: () => {
        const connection = connectionTo(server.origin);
        return Promise.resolve({
          ...connection,
          credentials: { ...connection.credentials, token: new Secret(testToken) },
        });
      },
    },
  );
  await cloud.instances(account).access('ap-guangzhou', 'postgres-1', never());
  for (let call = 0; call < 3; call += 1) await assert.rejects(cloud.instances(account).list('ap-guangzhou', never()));
  const text = log.lines.join('\n');
  assert.match(text, /DescribeServerlessDBInstances ap-guangzhou answered in 0 ms, request r-good/);
  for (const requestId of ['r-bad', 'r-refused']) assert.ok(text.includes(requestId), requestId);
  for (const hidden of [secret, testKey, testToken, 'TC3-HMAC']) assert.ok(!text.includes(hidden), hidden);
});

test('identity is asked of the token service with the keys it is given, not with those of the sign-in', async (context) => {
  const { server, cloud } = await setUp(
    context,
    [answerOf({ AccountId: '1000', UserId: '1001', Arn: 'qcs::cam::uin/1000:uin/1001', Type: 'CAMUser' })],
    { connection: () => Promise.reject(new NotSignedInError()) },
  );
  const identity = await cloud.identify(connectionTo(server.origin), never());
  assert.deepEqual(identity, {
    accountId: '1000',
    userId: '1001',
    arn: 'qcs::cam::uin/1000:uin/1001',
    type: 'CAMUser',
  });
  const { headers, body } = server.received[0] ?? {};
  assert.equal(headers?.['x-tc-action'], 'GetCallerIdentity');
  assert.equal(headers['x-tc-version'], '2018-08-13');
  assert.equal(headers['x-tc-region'], 'ap-guangzhou');
  assert.match(headers.authorization ?? '', /\/sts\/tc3_request/);
  assert.equal(body?.toString(), '{}');
});

test('closing ends what is under way', async (context) => {
  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const hanging = await startServer(() => {
    arrive();
  });
  context.after(() => hanging[Symbol.asyncDispose]());
  const { cloud } = await setUp(context, [''], { connection: () => Promise.resolve(connectionTo(hanging.origin)) });
  const outcome = assert.rejects(cloud.instances(account).list('ap-guangzhou', never()), CancelledError);
  await arrived;
  await cloud.close();
  await outcome;
});
