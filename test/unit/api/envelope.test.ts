import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod';
import { openEnvelope } from '../../../src/api/envelope.ts';
import type { Answered } from '../../../src/api/envelope.ts';
import { ServiceError, UnexpectedAnswerError } from '../../../src/domain/errors.ts';

const schema = z.object({ DBInstanceId: z.string().min(1) });
const call = { action: 'DoIt', region: 'ap-guangzhou', host: 'postgres.example' };

function open(body: string | Uint8Array, status = 200): Answered<z.infer<typeof schema>> {
  return openEnvelope({ status, body: Buffer.from(body) }, schema, call);
}

function unexpected(facts: Partial<Pick<UnexpectedAnswerError, 'problem' | 'requestId' | 'httpStatus'>>) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof UnexpectedAnswerError, String(error));
    const { problem, requestId, httpStatus } = error;
    assert.deepEqual({ problem, requestId, httpStatus, ...facts }, { problem, requestId, httpStatus });
    assert.equal(error.host, call.host);
    return true;
  };
}

test('a success gives the fields of the action and the request id, and ignores what it does not know', () => {
  const body = '{"Response":{"DBInstanceId":"postgres-1","RequestId":"r-1","New":{"a":[1]}},"More":1}';
  assert.deepEqual(open(body), { value: { DBInstanceId: 'postgres-1' }, requestId: 'r-1' });
});

test('a warning about retirement comes with the success', () => {
  const body = '{"Response":{"DBInstanceId":"p","RequestId":"r","DeprecatedWarning":"going offline"}}';
  assert.equal(open(body).deprecated, 'going offline');
  assert.ok(!('deprecated' in open(body.replace('going offline', ''))));
});

test('an error of the service keeps its code, words, action, region and request id', () => {
  const body =
    '{"Response":{"Error":{"Code":"InvalidParameter.InstanceNameExist","Message":"taken"},"RequestId":"r-2","DBInstanceId":"x"}}';
  assert.throws(
    () => open(body),
    (error) => {
      assert.ok(error instanceof ServiceError);
      const { action, region, code, serviceMessage, requestId } = error;
      assert.deepEqual(
        { action, region, code, serviceMessage, requestId },
        {
          action: 'DoIt',
          region: 'ap-guangzhou',
          code: 'InvalidParameter.InstanceNameExist',
          serviceMessage: 'taken',
          requestId: 'r-2',
        },
      );
      return true;
    },
  );
});

test('an error without words or request id is still an error of the service', () => {
  assert.throws(
    () => open('{"Response":{"Error":{"Code":"InternalError"}}}'),
    (error) => error instanceof ServiceError && error.requestId === '' && error.serviceMessage === '',
  );
});

test('the HTTP status is looked at first, and a request id is kept all the same', () => {
  const body = '{"Response":{"DBInstanceId":"postgres-1","RequestId":"r-3"}}';
  for (const status of [201, 302, 401, 502]) {
    assert.throws(() => open(body, status), unexpected({ httpStatus: status, requestId: 'r-3' }));
  }
  assert.throws(() => open('<html>sign in</html>', 302), unexpected({ httpStatus: 302, requestId: '' }));
});

test('what is not the documented shape is named without its content', () => {
  assert.throws(() => open(''), unexpected({ problem: 'the answer is empty' }));
  assert.throws(() => open('<html>hunter2</html>'), unexpected({ problem: 'the answer is not JSON' }));
  assert.throws(() => open('{"Response":{"DBInst'), unexpected({ problem: 'the answer is not JSON' }));
  assert.throws(
    () => open('{"Response":{"DBInstanceId":"p"}}'),
    unexpected({ problem: 'Response.RequestId is missing' }),
  );
  assert.throws(
    () => open('{"Response":{"DBInstanceId":7,"RequestId":"r-4"}}'),
    unexpected({ problem: 'DBInstanceId: Invalid input: expected string, received number', requestId: 'r-4' }),
  );
  assert.throws(() => open('{"Response":{"DBInstanceId":"","RequestId":"r-5"}}'), unexpected({ requestId: 'r-5' }));
  for (const body of ['null', '1', '[]', '{}', '{"Response":null}', '{"Response":[]}', '{"Response":{"Error":7}}']) {
    assert.throws(() => open(body), unexpected({ requestId: '' }), body);
  }
});

test('an answer nested without end is refused like any other', () => {
  assert.throws(() => open('['.repeat(1_000_000)), UnexpectedAnswerError);
  assert.throws(
    () => open(`{"Response":{"RequestId":"r","DBInstanceId":${'['.repeat(100_000)}`),
    UnexpectedAnswerError,
  );
});

test('any bytes, any JSON and any envelope end in an answer or in one of the two kinds of error', () => {
  const text = fc.oneof(fc.string(), fc.constant('secret-of-the-answer'));
  const leaf = fc.oneof(text, fc.integer(), fc.constant(null), fc.boolean(), fc.array(text), fc.dictionary(text, text));
  const envelope = fc
    .record(
      {
        Response: fc.oneof(
          leaf,
          fc.record(
            {
              Error: fc.oneof(leaf, fc.record({ Code: leaf, Message: leaf }, { requiredKeys: [] })),
              RequestId: leaf,
              DeprecatedWarning: leaf,
              DBInstanceId: leaf,
            },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: [] },
    )
    .map((value) => Buffer.from(JSON.stringify(value)));
  const bodies = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.json().map((json) => Buffer.from(json)),
    envelope,
  );
  fc.assert(
    fc.property(bodies, fc.constantFrom(200, 200, 200, 500), (body, status) => {
      try {
        const answered = openEnvelope({ status, body }, schema, call);
        assert.notEqual(answered.requestId, '');
      } catch (error) {
        if (error instanceof ServiceError) return;
        assert.ok(error instanceof UnexpectedAnswerError, String(error));
        assert.ok(!error.message.includes('secret-of-the-answer'), error.message);
      }
    }),
    { numRuns: 2_000 },
  );
});
