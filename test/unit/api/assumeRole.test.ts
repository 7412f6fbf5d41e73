import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as z from 'zod';
import { createAssumeRole } from '../../../src/api/assumeRole.ts';
import type { Action, Call, Client } from '../../../src/api/client.ts';
import { openEnvelope } from '../../../src/api/envelope.ts';
import { ServiceError, UnexpectedAnswerError } from '../../../src/domain/errors.ts';
import { answerOf, connectionTo, never, refusalOf } from './support.ts';

const role = { roleArn: 'qcs::cam::uin/100000000001:roleName/dba', sessionName: 'tencentdb-postgres' };
const connection = connectionTo('http://127.0.0.1:1');
const keys = { TmpSecretId: 'AKIDTMP', TmpSecretKey: 'hidden-key', Token: 'hidden-token' };
const good = { Credentials: keys, ExpiredTime: 1_700_000_000, Expiration: '2023-11-14T22:13:20Z' };

/** A client whose service always gives this answer. */
function answering(body: string): Client & { readonly calls: { action: Action<unknown>; call: Call }[] } {
  const calls: { action: Action<unknown>; call: Call }[] = [];
  return {
    calls,
    clock: { now: Date.now, ahead: () => 0 },
    call<T>(action: Action<T>, call: Call) {
      calls.push({ action, call });
      const name = { action: action.name, region: call.region, host: 'sts.test' };
      const schema: z.ZodType<T> = action.schema;
      return Promise.resolve().then(() => openEnvelope({ status: 200, body: Buffer.from(body) }, schema, name));
    },
  };
}

test('a role is assumed for two hours, with the keys that were given', async () => {
  const client = answering(answerOf(good));
  const { credentials, expiresAt } = await createAssumeRole(client)(connection, role, never());
  assert.deepEqual(
    [credentials.secretId, credentials.secretKey.reveal(), credentials.token?.reveal(), expiresAt],
    ['AKIDTMP', 'hidden-key', 'hidden-token', 1_700_000_000_000],
  );
  const [{ action, call } = assert.fail('Nothing was called.')] = client.calls;
  assert.deepEqual([action.service, action.version, action.name], ['sts', '2018-08-13', 'AssumeRole']);
  assert.equal(call.connection, connection);
  assert.deepEqual(call.parameters, {
    RoleArn: role.roleArn,
    RoleSessionName: 'tencentdb-postgres',
    DurationSeconds: 7_200,
  });
});

test('what it gives prints no secret', async () => {
  const assumed = await createAssumeRole(answering(answerOf(good)))(connection, role, never());
  assert.doesNotMatch(JSON.stringify(assumed), /hidden/);
});

test('an answer without all of the keys or without their end is told by the path', async () => {
  for (const [answer, path] of [
    [{ ...good, Credentials: { ...keys, Token: '' } }, 'Credentials.Token'],
    [{ ...good, Credentials: null }, 'Credentials'],
    [{ ...good, ExpiredTime: '1700000000' }, 'ExpiredTime'],
    [{ ...good, ExpiredTime: 0 }, 'ExpiredTime'],
  ] as const) {
    await assert.rejects(createAssumeRole(answering(answerOf(answer)))(connection, role, never()), (error) => {
      assert.ok(error instanceof UnexpectedAnswerError);
      assert.ok(error.problem.startsWith(`${path}: `), error.problem);
      assert.doesNotMatch(error.message, /hidden/);
      return true;
    });
  }
});

test('a refusal of the service is passed on', async () => {
  const client = answering(refusalOf('UnauthorizedOperation'));
  await assert.rejects(createAssumeRole(client)(connection, role, never()), ServiceError);
});
