import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ManagedKind } from '../../../src/domain/changeOrder.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { sizeText } from '../../../src/domain/size.ts';
import { evidenceOf, signOf, withChange } from '../../../src/instances/changeSigns.ts';
import { instanceWith } from '../../support/instances.ts';

const size = { cpu: 1, memoryGb: 2, storageGb: 50 };

/** What an instance in this status, and with these fields, says of a change. */
function sign(kind: ManagedKind, status: string, fields: Partial<Instance> = {}, subject?: string, seen = false) {
  return signOf(kind, subject, instanceWith({ status, ...fields }), seen);
}

test('an instance that is gone shows nothing of any change', () => {
  for (const kind of ['restart', 'resize', 'isolate', 'restore', 'rename', 'protect', 'createAccount'] as const)
    assert.equal(sign(kind, 'recycled'), 'ended', kind);
});

test('a restart is over when the instance runs again after it was seen restarting', () => {
  assert.equal(sign('restart', 'running'), 'before');
  assert.equal(sign('restart', 'restarting'), 'underWay');
  assert.equal(sign('restart', 'running', {}, undefined, true), 'done');
  assert.equal(sign('restart', 'isolated'), 'ended');
});

test('a new size is there when the instance runs with it', () => {
  const asked = sizeText(size);
  assert.equal(sign('resize', 'running', size, asked), 'done');
  assert.equal(sign('resize', 'running', { ...size, storageGb: 60 }, asked), 'before');
  assert.equal(sign('resize', 'expanding', size, asked), 'underWay');
  assert.equal(sign('resize', 'isolated', size, asked), 'ended');
  assert.equal(sign('resize', 'running', size, 'no size'), 'before');
  assert.equal(sign('resize', 'running', size), 'before');
});

test('the way into the recycle bin and out of it is told by the status', () => {
  assert.equal(sign('isolate', 'running'), 'before');
  assert.equal(sign('isolate', 'isolating'), 'underWay');
  assert.equal(sign('isolate', ' Isolated '), 'done');
  assert.equal(sign('restore', 'isolated'), 'before');
  assert.equal(sign('restore', 'disisolating'), 'underWay');
  assert.equal(sign('restore', 'running'), 'done');
});

test('a name and the protection are told by their fields', () => {
  assert.equal(sign('rename', 'running', { name: 'new' }, 'new'), 'done');
  assert.equal(sign('rename', 'running', { name: 'old' }, 'new'), 'before');
  assert.equal(sign('protect', 'running', { deletionProtection: true }), 'done');
  assert.equal(sign('protect', 'running'), 'before');
  assert.equal(sign('unprotect', 'running', { deletionProtection: true }), 'before');
  assert.equal(sign('unprotect', 'running', { deletionProtection: false }), 'done');
});

test('what happens inside an instance does not show on it', () => {
  for (const kind of ['createAccount', 'deleteAccount', 'createDatabase', 'deleteDatabase', 'resetPassword'] as const)
    assert.equal(sign(kind, 'running'), 'before', kind);
});

test('each kind of change is looked for where it shows', () => {
  for (const [evidence, kinds] of [
    ['status', ['restart', 'isolate', 'restore', 'resize']],
    ['field', ['rename', 'protect', 'unprotect']],
    ['contents', ['createAccount', 'deleteAccount', 'createDatabase', 'deleteDatabase', 'resetPassword']],
  ] as const) {
    for (const kind of kinds) assert.equal(evidenceOf(kind), evidence, kind);
  }
});

test('an instance shows a change of its fields as soon as the service has taken it', () => {
  const shop = instanceWith();
  assert.deepEqual(withChange('rename', 'new', shop), { ...shop, name: 'new' });
  assert.deepEqual(withChange('rename', undefined, shop), shop);
  assert.deepEqual(withChange('protect', undefined, shop), { ...shop, deletionProtection: true });
  assert.deepEqual(withChange('unprotect', undefined, shop), { ...shop, deletionProtection: false });
  assert.deepEqual(withChange('restart', undefined, shop), shop);
});
