import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayPass, retryRead } from '../../../src/api/retry.ts';
import { CancelledError, NetworkError, ServiceError, UnexpectedAnswerError } from '../../../src/domain/errors.ts';
import type { NetworkReason } from '../../../src/domain/errors.ts';
import { createTestSleep, never } from './support.ts';

const service = (code: string): Error =>
  new ServiceError({ action: 'A', region: 'r', code, message: '', requestId: 'i' });
const network = (reason: NetworkReason): Error =>
  new NetworkError({ action: 'A', reason, host: 'h', mayHaveArrived: true, detail: '' });
const status = (httpStatus: number): Error =>
  new UnexpectedAnswerError({ action: 'A', host: 'h', httpStatus, problem: '', requestId: '' });

test('what may pass by itself is tried again, everything else is not', () => {
  const passing = [
    service('RequestLimitExceeded'),
    service('RequestLimitExceeded.UinLimitExceeded'),
    service('InternalError.DBError'),
    service('ServiceUnavailable'),
    service('FailedOperation.OperateFrequencyLimitedError'),
    network('reset'),
    network('refused'),
    network('dns'),
    status(429),
    status(502),
    status(503),
    status(504),
  ];
  const staying = [
    service('AuthFailure.SignatureFailure'),
    service('LimitExceeded'),
    service('FailedOperation'),
    service('InternalErrors'),
    network('tls'),
    network('proxy'),
    network('timeout'),
    status(200),
    status(302),
    status(404),
    new CancelledError(),
    new TypeError('a fault of ours'),
  ];
  for (const error of passing) assert.ok(mayPass(error), error.message);
  for (const error of staying) assert.ok(!mayPass(error), error.message);
});

test('a read is tried three times at most, after random waits below a growing limit', async () => {
  const { sleep, waits } = createTestSleep();
  const retried: string[] = [];
  let tries = 0;
  const read = (): Promise<never> => {
    tries += 1;
    return Promise.reject(service(`InternalError.Try${String(tries)}`));
  };
  const options = {
    sleep,
    random: () => 0.999,
    signal: never(),
    onRetry: (error: Error) => retried.push(error.message),
  };
  await assert.rejects(retryRead(read, options), /Try3/);
  assert.equal(tries, 3);
  assert.deepEqual(waits, [499, 999]);
  assert.equal(retried.length, 2);
  waits.length = 0;
  await assert.rejects(retryRead(read, { ...options, random: () => 0 }));
  assert.deepEqual(waits, [0, 0]);
});

test('a read that works the second time gives its answer', async () => {
  let tries = 0;
  const read = (): Promise<string> => {
    tries += 1;
    return tries === 1 ? Promise.reject(network('reset')) : Promise.resolve('answer');
  };
  const options = { sleep: createTestSleep().sleep, random: () => 0.5, signal: never(), onRetry: () => undefined };
  assert.equal(await retryRead(read, options), 'answer');
});

test('an abort ends the waiting between two tries', async () => {
  const abort = new AbortController();
  let tries = 0;
  const read = (): Promise<never> => {
    tries += 1;
    abort.abort();
    return Promise.reject(network('reset'));
  };
  const options = { sleep: createTestSleep().sleep, random: () => 0.5, signal: abort.signal, onRetry: () => undefined };
  await assert.rejects(retryRead(read, options), CancelledError);
  assert.equal(tries, 1);
});
