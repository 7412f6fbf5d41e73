import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError, UnexpectedAnswerError } from '../../../src/domain/errors.ts';
import { mayHaveArrived, saysAbsent } from '../../../src/instances/failedWrite.ts';
import { countUnchanged } from '../../../src/instances/writeOnce.ts';
import { lost, offline, refusal } from './lifeWorld.ts';

test('only what provably never left, or was answered, counts as not arrived', () => {
  const garbled = new UnexpectedAnswerError({
    action: 'A',
    host: 'h',
    httpStatus: 502,
    problem: 'HTML',
    requestId: '',
  });
  for (const error of [lost, garbled, new CancelledError()]) assert.equal(mayHaveArrived(error), true, error.name);
  for (const error of [offline, refusal('InternalError'), new Error('disk')])
    assert.equal(mayHaveArrived(error), false);
});

test('an instance is absent when the service says so, and not for any other reason', () => {
  assert.equal(saysAbsent(refusal('InvalidParameterValue.InstanceNotExist')), true);
  for (const error of [refusal('ResourceUnavailable.InvalidInstanceStatus'), refusal('AccountNotExist'), lost]) {
    assert.equal(saysAbsent(error), false);
  }
});

test('what is unchanged is only believed after enough looks and enough time', () => {
  let time = 0;
  const look = (unchanged: () => boolean, every: number): boolean => {
    time += every;
    return unchanged();
  };
  const fast = countUnchanged(() => time);
  assert.deepEqual(
    Array.from({ length: 6 }, () => look(fast, 12_000)),
    [false, false, false, false, true, true],
  );
  const slow = countUnchanged(() => time);
  assert.deepEqual(
    Array.from({ length: 4 }, () => look(slow, 300_000)),
    [false, false, false, true],
  );
});
