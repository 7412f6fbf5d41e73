import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isManaged, passwordIn, subjectOf } from '../../../src/domain/changeOrder.ts';
import type { ChangeOrder } from '../../../src/domain/changeOrder.ts';
import { accountTypes } from '../../../src/domain/contents.ts';
import { Secret } from '../../../src/domain/secret.ts';

const password = new Secret('hunter2');
const account = { name: 'boss', type: accountTypes[0], password };
const database = { name: 'shop', owner: 'boss' };

test('what has a room of its own is not seen to as a change', () => {
  for (const kind of ['delete', 'openPublic', 'closePublic'] as const) assert.ok(!isManaged(kind), kind);
  for (const kind of ['rename', 'restart', 'resize', 'createAccount', 'isolate'] as const)
    assert.ok(isManaged(kind), kind);
});

test('the record of an order says what it is about, and never a password', () => {
  const subject = (order: ChangeOrder) => subjectOf(order);
  for (const kind of ['restart', 'isolate', 'restore', 'protect', 'unprotect'] as const)
    assert.equal(subject({ kind }), undefined, kind);
  assert.equal(subject({ kind: 'rename', name: 'shop' }), 'shop');
  assert.equal(subject({ kind: 'resetPassword', account: 'boss', password }), 'boss');
  assert.equal(subject({ kind: 'deleteAccount', account: 'boss' }), 'boss');
  assert.equal(subject({ kind: 'createAccount', account }), 'boss');
  assert.equal(subject({ kind: 'createDatabase', database }), 'shop');
  assert.equal(subject({ kind: 'deleteDatabase', database }), 'shop');
});

test('an order that brings a password says whose', () => {
  assert.deepEqual(passwordIn({ kind: 'resetPassword', account: 'boss', password }), { user: 'boss', password });
  assert.deepEqual(passwordIn({ kind: 'createAccount', account }), {
    user: 'boss',
    password,
  });
  assert.equal(passwordIn({ kind: 'restart' }), undefined);
});
