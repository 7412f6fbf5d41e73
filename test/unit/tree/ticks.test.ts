import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeNode } from '../../../src/tree/describeNode.ts';
import { rootNodes } from '../../../src/tree/nodes.ts';
import { nextActivityTick, nextCountdown } from '../../../src/tree/ticks.ts';
import { elapsedWords } from '../../../src/tree/timeWords.ts';
import { instanceWith } from '../../support/instances.ts';
import { listOf, operationWith } from '../../support/treeStates.ts';

test('nothing that waits for its time, nothing to follow', () => {
  assert.equal(nextCountdown([], 0), undefined);
  assert.equal(nextCountdown([operationWith({ state: 'working', dueAt: 9_000 })], 0), undefined);
  assert.equal(nextCountdown([operationWith({ kind: 'delete', state: 'scheduled', dueAt: 1_000 })], 1_000), undefined);
});

test('deletions are followed by the second, closings by the minute, the soonest first', () => {
  const deletion = operationWith({ kind: 'delete', state: 'scheduled', dueAt: 6_400 });
  const closing = operationWith({ kind: 'closePublic', state: 'scheduled', dueAt: 90_000 });
  assert.equal(nextCountdown([deletion], 0), 400);
  assert.equal(nextCountdown([closing], 0), 30_000);
  assert.equal(nextCountdown([closing, deletion], 400), 1_000);
});

test('the words of a countdown change when the time is up and not before', () => {
  const open = instanceWith({ addresses: [{ kind: 'public', host: 'h', port: 1, status: 'opened' }] });
  fc.assert(
    fc.property(fc.constantFrom('delete', 'closePublic'), fc.integer({ min: 1, max: 119_000 }), (kind, left) => {
      const operation = operationWith({ kind, state: 'scheduled', instanceId: open.id, dueAt: left });
      const words = (now: number): string | undefined => {
        const [row] = rootNodes({ ...listOf([open]), operations: [operation], now });
        return row === undefined ? undefined : describeNode(row).description;
      };
      const wait = nextCountdown([operation], 0);
      assert.ok(wait !== undefined);
      assert.equal(words(wait - 1), words(0));
      assert.notEqual(words(wait), words(0));
    }),
  );
});

test('what is under way is followed as well where durations are told', () => {
  assert.equal(nextActivityTick([operationWith({ startedAt: 0, state: 'done' })], 1_000), undefined);
  assert.equal(nextActivityTick([operationWith({ startedAt: 0 })], 12_000), 3_000);
  assert.equal(nextActivityTick([operationWith({ startedAt: 0 })], -5), 5_000);
});

test('the durations of many operations are told anew once a second at most', () => {
  const many = Array.from({ length: 1_000 }, (_, n) => operationWith({ id: String(n), startedAt: n * 7 }));
  assert.equal(nextActivityTick(many, 20_000), 1_000);
  const deletion = operationWith({ kind: 'delete', state: 'scheduled', dueAt: 20_400 });
  assert.equal(nextActivityTick([...many, deletion], 20_000), 400);
});

test('durations are told briefly', () => {
  assert.deepEqual(
    [-5, 0, 999, 45_000, 60_000, 80_000, 3_599_000, 3_600_000, 3_900_000, 90_000_000].map(elapsedWords),
    ['0 s', '0 s', '0 s', '45 s', '1 min', '1 min 20 s', '59 min 59 s', '1 h', '1 h 5 min', '25 h'],
  );
});
