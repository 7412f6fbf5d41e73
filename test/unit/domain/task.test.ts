import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskStanding } from '../../../src/domain/task.ts';

test('a task stands where the service says, and goes on while it says anything else', () => {
  for (const [status, standing] of [
    ['Success', 'succeeded'],
    [' success ', 'succeeded'],
    ['Fail', 'failed'],
    ['WaitSwitch', 'waiting'],
    ['Pause', 'waiting'],
    ['Running', 'open'],
    ['something new', 'open'],
  ] as const) {
    assert.equal(taskStanding({ status }), standing, status);
  }
});
