import assert from 'node:assert/strict';
import { test } from 'node:test';
import { furtherKills, killsOf, spread } from './kills.ts';
import type { Written } from './protocol.ts';

/** A point that begins to wait so often, at first and at last in these places, as `order` and `moment`. */
function pass(point: string, count: number, first: [number, number], last: [number, number] = first) {
  const place = ([order, moment]: [number, number]) => ({ order, moment });
  return { point, phase: 'begun', count, first: place(first), last: place(last) } satisfies Written['passes'][number];
}

const passes = [pass('a', 1, [0, 0]), pass('b', 1, [1, 0]), pass('c', 9, [2, 4], [7, 6]), pass('d', 2, [3, 5], [8, 6])];

test('one kill for each moment, at the last of its passes, for the first and the last time that a point is passed', () => {
  assert.deepEqual(
    killsOf(passes).map(({ at: { point, count }, keys }) => ({ point, count, keys })),
    [
      { point: 'b', count: 1, keys: ['a begun', 'b begun'] },
      { point: 'c', count: 1, keys: ['c begun'] },
      { point: 'd', count: 1, keys: ['d begun'] },
      { point: 'd', count: 2, keys: ['c begun', 'd begun'] },
    ],
  );
});

test('what another run has passed is killed from the first point on that it has not passed', () => {
  const killed = (known: readonly string[]) => furtherKills(passes, new Set(known)).map(({ at: { point } }) => point);
  assert.deepEqual(killed(['a begun', 'b begun', 'c begun']), ['d', 'd']);
  assert.deepEqual(killed(['a begun', 'b begun', 'c begun', 'd begun']), []);
  assert.deepEqual(killed([]), ['b', 'c', 'd', 'd']);
});

test('a few of many are spread over all of them', () => {
  const all = Array.from({ length: 10 }, (_, index) => index);
  assert.deepEqual(spread(all, 3), [1, 5, 8]);
  assert.deepEqual(spread(all, 20), all);
  assert.deepEqual(spread(all, 0), []);
});
