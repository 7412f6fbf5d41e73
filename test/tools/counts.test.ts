import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, inWords, readCounts, stageCounts } from './counts.ts';

const closing = (pass: number, fail: number, skipped = 0, cancelled = 0) =>
  [
    `ℹ tests ${String(pass + fail + skipped + cancelled)}`,
    'ℹ suites 0',
    `ℹ pass ${String(pass)}`,
    `ℹ fail ${String(fail)}`,
    `ℹ cancelled ${String(cancelled)}`,
    `ℹ skipped ${String(skipped)}`,
    'ℹ todo 0',
    'ℹ duration_ms 12.5',
    '',
  ].join('\n');

test('reads the closing lines of a run, coloured or not', () => {
  assert.deepEqual(readCounts(`✔ a test\n${closing(3, 1, 2)}`), { passed: 3, failed: 1, skipped: 2 });
  assert.deepEqual(readCounts('\u001b[34mℹ pass 7\u001b[39m\n'), { passed: 7, failed: 0, skipped: 0 });
});

test('reads TAP as well', () => {
  assert.deepEqual(readCounts('1..2\n# tests 2\n# pass 2\n# fail 0\n'), { passed: 2, failed: 0, skipped: 0 });
});

test('adds up several runs of one program', () => {
  assert.deepEqual(readCounts(closing(3, 0) + closing(4, 1)), { passed: 7, failed: 1, skipped: 0 });
});

test('counts a cancelled test as failed', () => {
  assert.deepEqual(readCounts(closing(1, 0, 0, 2)), { passed: 1, failed: 2, skipped: 0 });
});

test('is not misled by such words in the middle of a line', () => {
  assert.deepEqual(readCounts('it says: ℹ pass 9\nℹ pass nine\nℹ pass 9 of 10\n'), {
    passed: 0,
    failed: 0,
    skipped: 0,
  });
});

test('a program that fails without a failed test counts as a failure', () => {
  assert.deepEqual(stageCounts({ code: 1, output: closing(5, 0) }), { passed: 5, failed: 1, skipped: 0 });
  assert.deepEqual(stageCounts({ code: 1, output: closing(5, 2) }), { passed: 5, failed: 2, skipped: 0 });
});

test('a stage in which nothing ran counts as a failure', () => {
  assert.deepEqual(stageCounts({ code: 0, output: '' }), { passed: 0, failed: 1, skipped: 0 });
  assert.deepEqual(stageCounts({ code: 0, output: closing(0, 0) }), { passed: 0, failed: 1, skipped: 0 });
});

test('a stage whose every test was skipped is not a failure', () => {
  assert.deepEqual(stageCounts({ code: 0, output: closing(0, 0, 1) }), { passed: 0, failed: 0, skipped: 1 });
});

test('sums up in the words of the last line', () => {
  const sum = add({ passed: 1, failed: 0, skipped: 2 }, { passed: 10, failed: 1, skipped: 0 });
  assert.equal(inWords(sum), '11 passed, 1 failed, 2 skipped');
});
