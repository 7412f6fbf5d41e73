import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPace } from '../../../src/instances/pace.ts';
import type { Operation } from '../../../src/instances/operation.ts';
import { demoDelete } from '../../support/operations.ts';

const interval = 5_000;

function paceOf(known: readonly Operation[], random: () => number = () => 0.5) {
  return createPace({ journal: { all: () => known }, interval: () => interval, random });
}

function operations(count: number, fields: Parameters<typeof demoDelete>[0]): Operation[] {
  return Array.from({ length: count }, (_, n) => ({ ...demoDelete(fields), id: `op-${String(n)}`, startedAt: 1 }));
}

const resizes = (count: number): Operation[] => operations(count, { kind: 'resize', state: 'working' });

/** Numbers in [0, 1) that are the same on every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

test('what few people have under way is looked at as it is set', () => {
  const pace = paceOf([...resizes(25), ...operations(1_000, { kind: 'resize', state: 'done' })]);
  assert.equal(pace.task(), interval);
  assert.equal(pace.instance(), interval);
});

test('the more is under way, the longer it takes until the next look', () => {
  assert.equal(paceOf(resizes(100)).task(), 20_000);
  assert.equal(paceOf(resizes(100)).instance(), interval);
  assert.equal(paceOf(resizes(1_000)).instance(), 10_000);
  assert.equal(paceOf(operations(1_000, { state: 'working' })).task(), interval, 'a deletion has no task');
});

test('a thousand tasks that begin at the same moment are never looked at more than twenty times in a second', () => {
  for (const seed of [1, 2, 3]) {
    const pace = paceOf(resizes(1_000), chance(seed));
    const looks: number[] = [];
    for (let one = 0; one < 1_000; one += 1) {
      for (let at = pace.task(); at < 1_800_000; at += pace.task()) looks.push(at);
    }
    looks.sort((a, b) => a - b);
    let most = 0;
    let first = 0;
    for (const [last, at] of looks.entries()) {
      while ((looks[first] ?? at) <= at - 1_000) first += 1;
      most = Math.max(most, last - first + 1);
    }
    assert.ok(most <= 20, String(most));
    assert.ok(looks.length > 5_000);
  }
});
