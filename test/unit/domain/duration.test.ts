import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { durationWords, publicAccessTimes, secondsWords } from '../../../src/domain/duration.ts';

const minute = 60_000;
const hour = 60 * minute;

test('a span reads in its two largest units, begun minutes counted', () => {
  for (const [milliseconds, words] of [
    [-5, 'less than a minute'],
    [59_999, 'less than a minute'],
    [minute, '1 minute'],
    [minute + 1, '2 minutes'],
    [59 * minute + 1, '1 hour'],
    [2 * hour + 5 * minute, '2 hours 5 minutes'],
    [24 * hour - 1, '1 day'],
    [25 * hour + 1, '1 day 2 hours'],
    [48 * hour, '2 days'],
  ] as const) {
    assert.equal(durationWords(milliseconds), words);
  }
  assert.deepEqual(publicAccessTimes.map(durationWords), ['30 minutes', '2 hours', '1 day']);
});

test('what is left never reads shorter than it is, and no longer than one more of the smallest unit said', () => {
  const units: Readonly<Record<string, number>> = { minute, hour, day: 24 * hour };
  fc.assert(
    fc.property(fc.integer({ min: minute, max: 90 * 24 * hour }), (milliseconds) => {
      const words = durationWords(milliseconds);
      const read = [...words.matchAll(/([0-9]+) (minute|hour|day)s?/g)].reduce(
        (sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? Number.NaN),
        0,
      );
      assert.ok(read >= milliseconds && read - milliseconds < (words.includes('day') ? 2 * hour : minute), words);
    }),
  );
});

test('spans that one waits through read in seconds', () => {
  assert.deepEqual([0, 999, 10_000, 119_000, 180_000].map(secondsWords), [
    '0 seconds',
    '1 second',
    '10 seconds',
    '119 seconds',
    '3 minutes',
  ]);
});

test('at its limits a span reads in the larger unit', () => {
  assert.equal(durationWords(24 * hour), '1 day');
  assert.equal(secondsWords(2 * minute - 1), '120 seconds');
  assert.equal(secondsWords(2 * minute), '2 minutes');
});
