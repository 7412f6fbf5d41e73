import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationKinds } from '../../src/domain/operation.ts';
import type { Operation } from '../../src/instances/operation.ts';
import { brokenPromise, type Evidence } from './promise.ts';

const operation: Operation = {
  ...{ id: 'operation-1', kind: 'rename', accountId: '100000000001', offering: 'provisioned', name: 'shop' },
  ...{ region: 'ap-guangzhou', zone: 'ap-guangzhou-3', state: 'done', startedAt: 1, instanceId: 'postgres-aaaa1111' },
};

/** A change that was made once and is on record as done. */
const kept: Evidence = {
  kind: 'rename',
  operations: [operation],
  worked: 1,
  existing: ['postgres-aaaa1111'],
  known: ['postgres-aaaa1111'],
  deniesInstance: false,
};

const inState = (state: Operation['state']): Pick<Evidence, 'operations'> => ({
  operations: [{ ...operation, state }],
});

test('a promise that was kept is not called broken', () => {
  assert.equal(brokenPromise(kept), undefined);
  assert.equal(brokenPromise({ ...kept, ...inState('failed'), worked: 0 }), undefined);
  assert.equal(brokenPromise({ ...kept, operations: [], worked: 0 }), undefined);
  assert.equal(brokenPromise({ ...kept, password: 'kept' }), undefined);
});

test('each way to break it is seen', () => {
  const broken: readonly [Partial<Evidence>, RegExp][] = [
    [{ worked: 2 }, /done 2 times/],
    [{ kind: 'create', existing: ['a', 'b'], known: ['a', 'b'] }, /2 instances/],
    [{ known: [] }, /not known/],
    [{ operations: [operation, operation] }, /2 operations/],
    [{ operations: [] }, /nothing is on record/],
    [{ worked: 0 }, /as done, and it was not/],
    [inState('failed'), /as failed, and it was done/],
    [inState('working'), /left open \(working\)/],
    [inState('scheduled'), /left open \(scheduled\)/],
    [inState('unsettled'), /left unsettled/],
    [{ password: 'notKept' }, /password that was sent is lost/],
  ];
  for (const [change, words] of broken) assert.match(brokenPromise({ ...kept, ...change }) ?? '', words);
});

test('only what leaves nothing to be read may stay unsettled', () => {
  const may = operationKinds.filter((kind) => brokenPromise({ ...kept, kind, ...inState('unsettled') }) === undefined);
  assert.deepEqual(may, ['restart', 'resetPassword']);
});

test('a service that denies the instance is believed where that is what was wanted, and nowhere else', () => {
  const denied = { ...kept, worked: 0, known: [], deniesInstance: true };
  assert.equal(brokenPromise({ ...denied, kind: 'delete' }), undefined);
  assert.match(brokenPromise({ ...denied, kind: 'rename' }) ?? '', /not known/);
});
