import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CancelledError,
  ConfigurationError,
  isCancelled,
  KeysUnavailableError,
  NetworkError,
  NotSignedInError,
  ServiceError,
  toError,
  UnexpectedAnswerError,
} from '../../../src/domain/errors.ts';

const cause = new Error('below');

test('each failure reads in one line for the log, under a name that a bundle does not change', () => {
  const errors = [
    new ServiceError({ action: 'A', region: 'r', code: 'C.D', message: 'words', requestId: 'q' }),
    new NetworkError({ action: 'A', reason: 'dns', host: 'h', mayHaveArrived: false, detail: 'not found' }, { cause }),
    new UnexpectedAnswerError(
      { action: 'A', host: 'h', httpStatus: 502, problem: 'no JSON', requestId: '' },
      { cause },
    ),
    new NotSignedInError(),
    new KeysUnavailableError({ kind: 'sdkFile' }, { kind: 'missing' }, { cause }),
    new ConfigurationError('wrong proxy', { setting: 'http.proxy' }),
    new CancelledError(),
  ];
  assert.deepEqual(errors.map(String), [
    'ServiceError: A failed: C.D: words',
    'NetworkError: A failed: dns: not found',
    'UnexpectedAnswerError: A got an unexpected answer (HTTP 502): no JSON',
    'NotSignedInError: Not signed in',
    'KeysUnavailableError: No keys from sdkFile: missing',
    'ConfigurationError: wrong proxy',
    'CancelledError: Cancelled',
  ]);
  assert.deepEqual(
    errors.map((error) => error.cause),
    [undefined, cause, cause, undefined, cause, undefined, undefined],
  );
});

test('an end is told from a failure, whoever ended it', () => {
  const abort: unknown = AbortSignal.abort().reason;
  assert.ok(isCancelled(abort));
  assert.ok(isCancelled(new CancelledError()));
  for (const other of [new Error('AbortError'), { name: 'AbortError' }, undefined]) assert.ok(!isCancelled(other));
});

test('whatever was thrown is an error', () => {
  assert.equal(toError(cause), cause);
  assert.equal(toError('words').message, 'words');
  assert.equal(toError(undefined).message, 'undefined');
});
