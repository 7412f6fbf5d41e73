import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '../../../src/api/explain.ts';
import {
  ConfigurationError,
  NetworkError,
  NotSignedInError,
  ServiceError,
  UnexpectedAnswerError,
} from '../../../src/domain/errors.ts';
import type { NetworkReason } from '../../../src/domain/errors.ts';

function serviceError(code: string, message: string, requestId: string): ServiceError {
  return new ServiceError({ action: 'A', region: 'r', code, message, requestId });
}

test('an error of the service comes with our explanation, its words and its request id', () => {
  const explanation = explain(serviceError('InvalidParameter.InstanceNameExist', 'name  exists', 'r-1'));
  assert.equal(explanation.kind, 'input');
  assert.equal(explanation.field, 'name');
  assert.equal(explanation.serviceWords, 'InvalidParameter.InstanceNameExist: name  exists');
  assert.equal(explanation.requestId, 'r-1');
});

test('an error without words or request id leaves them out', () => {
  const explanation = explain(serviceError('InternalError', '', ''));
  assert.equal(explanation.serviceWords, 'InternalError');
  assert.ok(!('requestId' in explanation));
});

test('words from outside are made plain and short', () => {
  const explanation = explain(serviceError('X', `a\u0000\n\u202Eb${'c'.repeat(10_000)}`, 'r'));
  assert.ok((explanation.serviceWords ?? '').length < 1_000);
  assert.doesNotMatch(explanation.serviceWords ?? '', /[\p{Cc}\p{Cf}]/u);
  assert.ok(explain(new Error('x'.repeat(10_000))).meaning.length < 1_000);
});

test('every broken way has words that name the host, a cause and a next step', () => {
  const reasons: NetworkReason[] = ['dns', 'refused', 'tls', 'proxy', 'timeout', 'reset', 'other'];
  const meanings = reasons.map((reason) => {
    const { kind, meaning, cause, next } = explain(
      new NetworkError({ action: 'A', reason, host: 'postgres.example', mayHaveArrived: true, detail: 'd' }),
    );
    assert.equal(kind, 'network');
    assert.ok(meaning.includes('postgres.example') && cause !== undefined && next.length > 0, reason);
    return meaning;
  });
  assert.equal(new Set(meanings).size, reasons.length);
});

test('an unexpected answer is told by its status, or by what is wrong with it, and keeps its request id', () => {
  const facts = { action: 'A', host: 'postgres.example', problem: 'the answer is not JSON' };
  const ofStatus = explain(new UnexpectedAnswerError({ ...facts, httpStatus: 502, requestId: '' }));
  assert.ok(ofStatus.meaning.includes('502') && !('requestId' in ofStatus));
  const ofShape = explain(new UnexpectedAnswerError({ ...facts, httpStatus: 200, requestId: 'r-1' }));
  assert.ok(ofShape.meaning.includes('the answer is not JSON'));
  assert.equal(ofShape.requestId, 'r-1');
  assert.ok(ofShape.next.includes('reportRequestId'));
});

test('a missing sign-in and a wrong setting lead to where they are mended', () => {
  assert.deepEqual(explain(new NotSignedInError()).next, ['signIn']);
  const wrong = explain(new ConfigurationError('This cannot work.', { setting: 'tencentdbPostgres.endpoint' }));
  assert.deepEqual([wrong.meaning, wrong.next], ['This cannot work.', ['openSettings']]);
});

test('a refused permission names the action that it is missing for', () => {
  const denied = new ServiceError({
    action: 'DescribeAccounts',
    region: 'r',
    code: 'OperationDenied.CamDeniedError',
    message: 'no',
    requestId: 'r-1',
  });
  const { kind, cause } = explain(denied);
  assert.equal(kind, 'permission');
  assert.match(cause ?? '', /DescribeAccounts/);
});
