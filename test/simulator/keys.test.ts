import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import * as z from 'zod';
import { createKeyRing, isExpired } from '../../src/simulator/keyRing.ts';
import { createMetadata, metadataPath } from '../../src/simulator/metadata.ts';
import { call, codeOf, type RawCall, type RunningSimulator, startSimulator, until } from './support.ts';

const list: RawCall = { action: 'DescribeServerlessDBInstances' };
const expired = 'AuthFailure.TokenFailure';

const temporary = { secretId: 'AKIDtemporary', secretKey: 'temporary-secret', token: 'the-token' };

let simulator: RunningSimulator;
before(async () => {
  simulator = await startSimulator({ postgres: 'none', metadataRole: 'machine-role' });
});
after(async () => {
  await simulator.stop();
});
beforeEach(() => simulator.control.reset());

describe('keys by the control endpoint', () => {
  test('are accepted once added, refused once expired, and accepted again once renewed', async () => {
    const { control } = simulator;
    const ask = { ...list, ...temporary };
    assert.equal(await codeOf(simulator, ask), 'AuthFailure.SecretIdNotFound');
    await control.addKey(temporary);
    assert.equal(await codeOf(simulator, ask), 'none');
    await control.expire(temporary.secretId);
    assert.equal(await codeOf(simulator, ask), expired);
    await control.addKey({ ...temporary, token: 'renewed' });
    assert.equal(await codeOf(simulator, ask), expired, 'the old token stays refused');
    assert.equal(await codeOf(simulator, { ...ask, token: 'renewed' }), 'none');
  });

  test('belong to the account that was named, and go with a reset that brings the first ones back', async () => {
    const { control } = simulator;
    await control.addKey({ ...temporary, account: '100000000009' });
    const identity = { service: 'sts', version: '2018-08-13', action: 'GetCallerIdentity', ...temporary };
    assert.equal((await call(simulator, identity))['AccountId'], '100000000009');
    await control.expire(simulator.secretId);
    assert.equal(await codeOf(simulator, list), expired);
    await control.reset();
    assert.deepEqual(
      [await codeOf(simulator, list), await codeOf(simulator, { ...list, ...temporary })],
      ['none', 'AuthFailure.SecretIdNotFound'],
    );
  });

  test('are not in the state, nor in what a refusal says', async () => {
    const { control, endpoint } = simulator;
    await control.addKey(temporary);
    const state = await (await fetch(`${endpoint}/_simulator/state`)).text();
    assert.doesNotMatch(state, /AKID|temporary|the-token|secret/i);
    for (const bad of [{ account: '12' }, { secretId: 'a b' }, { secretKey: '' }, { colour: 'red' }]) {
      await assert.rejects(control.addKey({ ...temporary, ...bad }), (error: Error) => {
        assert.match(error.message, /The body must be/);
        assert.doesNotMatch(error.message, /temporary-secret|the-token/);
        return true;
      });
    }
    await assert.rejects(control.expire('AKIDnobody'), /There is no such key/);
  });
});

describe('AssumeRole', () => {
  const parameters = { RoleArn: 'qcs::cam::uin/100000000001:roleName/deployer', RoleSessionName: 'editor' };
  const assume = (change: Readonly<Record<string, unknown>> = {}): RawCall => ({
    service: 'sts',
    version: '2018-08-13',
    action: 'AssumeRole',
    body: { ...parameters, ...change },
  });
  const answerSchema = z
    .object({ Credentials: z.object({ TmpSecretId: z.string(), TmpSecretKey: z.string(), Token: z.string() }) })
    .transform(({ Credentials: { TmpSecretId, TmpSecretKey, Token } }) => ({
      secretId: TmpSecretId,
      secretKey: TmpSecretKey,
      token: Token,
    }));

  test('gives keys that stop working at their expiry', async () => {
    const key = answerSchema.parse(await call(simulator, assume({ DurationSeconds: 1 })));
    await until(
      () => codeOf(simulator, { ...list, ...key }),
      (code) => code === expired,
    );
    const lasting = answerSchema.parse(await call(simulator, assume({ DurationSeconds: 43_200 })));
    assert.equal(await codeOf(simulator, { ...list, ...lasting }), 'none');
    assert.notEqual(lasting.secretId, key.secretId);
    await simulator.control.expire(lasting.secretId);
    assert.equal(await codeOf(simulator, { ...list, ...lasting }), expired);
  });

  test('takes every documented way to name a role, and what else the action documents', async () => {
    for (const role of ['role/4611686018427397919', 'role/tencentcloudServiceRoleName/some-service']) {
      assert.equal(await codeOf(simulator, assume({ RoleArn: `qcs::cam::uin/100000000001:${role}` })), 'none');
    }
    const more = { Policy: '%7B%7D', ExternalId: 'ext-1', SourceIdentity: '1', Tags: [{ Key: 'a', Value: 'b' }] };
    assert.equal(await codeOf(simulator, assume(more)), 'none');
  });

  test('has the documented code for everything that it refuses', async () => {
    const param = 'InvalidParameter.ParamError';
    const table: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
      [param, { RoleArn: 'deployer' }],
      [param, { RoleArn: 'qcs::cam::uin/100000000001:user/deployer' }],
      [param, { RoleSessionName: 'x' }],
      [param, { RoleSessionName: 'two words' }],
      [param, { DurationSeconds: 0 }],
      ['InvalidParameter.OverTimeError', { DurationSeconds: 43_201 }],
      ['InvalidParameter', { DurationSeconds: '900' }],
      ['MissingParameter', { RoleArn: undefined }],
      ['UnauthorizedOperation', { RoleArn: 'qcs::cam::uin/100000000002:roleName/deployer' }],
    ];
    for (const [code, change] of table) {
      assert.equal(await codeOf(simulator, assume(change)), code, JSON.stringify(change));
    }
  });
});

describe('the metadata of a machine', () => {
  const keySchema = z.strictObject({
    TmpSecretId: z.string(),
    TmpSecretKey: z.string(),
    Token: z.string(),
    ExpiredTime: z.int(),
    Expiration: z.iso.datetime(),
    Code: z.literal('Success'),
  });

  test('names the role and gives a key of it that works, another one once that has expired', async () => {
    const get = async (path = ''): Promise<string> =>
      (await fetch(`${simulator.endpoint}${metadataPath}${path}`)).text();
    assert.equal(await get(), 'machine-role');
    const key = keySchema.parse(JSON.parse(await get('machine-role')));
    assert.deepEqual(keySchema.parse(JSON.parse(await get('machine-role'))), key);
    const ask = { ...list, secretId: key.TmpSecretId, secretKey: key.TmpSecretKey, token: key.Token };
    assert.equal(await codeOf(simulator, ask), 'none');
    await simulator.control.expire(key.TmpSecretId);
    assert.equal(await codeOf(simulator, ask), expired);
    const next = keySchema.parse(JSON.parse(await get('machine-role')));
    const again = { ...list, secretId: next.TmpSecretId, secretKey: next.TmpSecretKey, token: next.Token };
    assert.equal(await codeOf(simulator, again), 'none');
  });

  test('is not for web pages, other roles and other methods, and not there unless asked for', async () => {
    const status = async (simulated: RunningSimulator, path: string, init?: RequestInit): Promise<number> =>
      (await fetch(`${simulated.endpoint}${path}`, init)).status;
    assert.equal(await status(simulator, `${metadataPath}other-role`), 404);
    assert.equal(await status(simulator, metadataPath, { method: 'POST' }), 404);
    const headers = { origin: 'http://example.com' };
    assert.equal(await status(simulator, `${metadataPath}machine-role`, { headers }), 403);
    const plain = await startSimulator({ postgres: 'none' });
    try {
      assert.equal(await status(plain, metadataPath), 404);
    } finally {
      await plain.stop();
    }
  });

  test('stays with a key until its last ten minutes', () => {
    let time = 1_700_000_000_500;
    const texts = Array.from({ length: 6 }, (_, index) => `text-${String(index)}`).values();
    const ring = createKeyRing({ initial: [], now: () => time, randomText: () => texts.next().value ?? '' });
    const metadata = createMetadata('r', ring, () => time);
    const get = (): z.output<typeof keySchema> => {
      const answer = metadata(`${metadataPath}r`);
      return keySchema.parse(JSON.parse(answer !== undefined && 'body' in answer ? answer.body : ''));
    };
    const first = get();
    assert.deepEqual([first.ExpiredTime, first.Expiration], [1_700_007_200, '2023-11-15T00:13:20Z']);
    time = 1_700_006_599_999;
    assert.deepEqual(get(), first);
    time += 1;
    assert.notEqual(get().TmpSecretId, first.TmpSecretId);
    const [key] = ring.all();
    assert.ok(key && !isExpired(key, time), 'the old key works to its end');
  });
});
