import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskFailed, wentAnotherWay } from '../../../src/instances/changeWords.ts';

test('what the service took has its request id, and who reports it finds it there', () => {
  const { next, requestId } = wentAnotherWay('req-1');
  assert.deepEqual([next, requestId], [['retry', 'reportRequestId'], 'req-1']);
  assert.deepEqual(wentAnotherWay(undefined).next, ['retry']);
  assert.ok(!('requestId' in wentAnotherWay(undefined)));
});

test('the words of the service are kept where there are any', () => {
  assert.equal(taskFailed('no room', undefined).serviceWords, 'no room');
  for (const none of ['', undefined]) assert.ok(!('serviceWords' in taskFailed(none, undefined)));
});
