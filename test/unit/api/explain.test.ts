import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '../../../src/api/explain.ts';
import {
  ConfigurationError,
  KeysUnavailableError,
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

test('every broken way leads to the steps that can mend it', () => {
  const steps = {
    dns: ['checkNetwork', 'retry'],
    refused: ['retry', 'checkNetwork', 'openSettings'],
    tls: ['checkNetwork', 'openSettings'],
    proxy: ['openSettings', 'checkNetwork', 'retry'],
    timeout: ['retry', 'checkNetwork', 'openSettings'],
    reset: ['retry', 'checkNetwork'],
    other: ['checkNetwork', 'retry'],
  } as const;
  // The keys of a record are those that it was written with.
  for (const [reason, next] of Object.entries(steps) as [NetworkReason, readonly string[]][]) {
    const error = new NetworkError({ action: 'A', reason, host: 'h', mayHaveArrived: true, detail: 'd' });
    assert.deepEqual(explain(error).next, next, reason);
  }
});

test('keys that a source does not have are explained with how to renew them', () => {
  assert.deepEqual(explain(new KeysUnavailableError({ kind: 'sdkFile' }, { kind: 'missing' })), {
    kind: 'credentials',
    meaning: 'No keys from the SDK credentials file: There are no keys.',
    cause: 'Write new keys into the file. They are used at once.',
    next: ['retry'],
  });
});

test('what is not signed in, wrongly set or unheard of has its kind', () => {
  assert.equal(explain(new NotSignedInError()).kind, 'credentials');
  const wrong = explain(new ConfigurationError('x', { setting: 's' }));
  assert.deepEqual([wrong.kind, wrong.setting], ['input', 's']);
  assert.deepEqual(explain(new Error('a slip')), {
    kind: 'service',
    meaning: 'Something unexpected happened: a slip',
    next: ['retry'],
  });
});

test('an unexpected answer leads to whoever can find out about it', () => {
  const answer = (httpStatus: number, requestId: string) =>
    explain(new UnexpectedAnswerError({ action: 'A', host: 'h', problem: 'p', httpStatus, requestId }));
  assert.deepEqual(answer(200, '').next, ['retry', 'checkNetwork', 'openSettings']);
  assert.deepEqual(answer(200, 'r-1').next, ['retry', 'reportRequestId']);
  assert.equal(answer(502, '').kind, 'service');
  for (const status of [0, 200]) assert.match(answer(status, '').meaning, /cannot be understood: p/);
});

test('only a refused permission names its action', () => {
  assert.match(
    explain(serviceError('UnauthorizedOperation', 'no', 'r')).cause ?? '',
    /\. The action that was refused: A\./,
  );
  assert.doesNotMatch(explain(serviceError('InternalError', 'no', 'r')).cause ?? '', /refused/);
});
