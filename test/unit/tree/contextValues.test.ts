import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instance } from '../../../src/domain/instance.ts';
import { operationKinds, type OperationView } from '../../../src/domain/operation.ts';
import { contextValue, contextValues } from '../../../src/tree/contextValues.ts';
import { rootNodes } from '../../../src/tree/nodes.ts';
import { instanceWith } from '../../support/instances.ts';
import { operationWith, stateWith } from '../../support/treeStates.ts';

const open = { kind: 'public', host: 'db.example.org', port: 5432, status: 'opened' };

/** Of a kind that this version does not know, so that what its kind can do adds no words. */
function valueOf(fields: Partial<Instance>, ...operations: Partial<OperationView>[]): string {
  const state = stateWith({
    regions: [{ region: 'ap-guangzhou', instances: [instanceWith({ offering: 'of-tomorrow', ...fields })] }],
    operations: operations.map((one, index) =>
      operationWith({ id: String(index), instanceId: 'postgres-aaaa1111', dueAt: Infinity, ...one }),
    ),
  });
  const [row] = rootNodes(state);
  assert.ok(row !== undefined);
  return contextValue(row);
}

test('an instance tells its group of statuses', () => {
  const statuses = ['running', 'Limited Run', 'initing', 'job running', 'isolated', 'offline', 'never heard of'];
  assert.deepEqual(
    statuses.map((status) => valueOf({ status })),
    [
      'instance.usable.closed',
      'instance.usable.closed',
      'instance.making.closed',
      'instance.busy.closed',
      'instance.binned.closed',
      'instance.gone.closed',
      'instance.unknown.closed',
    ],
  );
});

test('an instance tells whether it is public, for a time or while that changes', () => {
  assert.equal(valueOf({ addresses: [open] }), 'instance.usable.open');
  assert.equal(valueOf({ addresses: [open] }, { kind: 'closePublic', state: 'scheduled' }), 'instance.usable.timed');
  assert.equal(valueOf({ addresses: [open] }, { kind: 'closePublic' }), 'instance.usable.changing');
  assert.equal(valueOf({ addresses: [open] }, { kind: 'closePublic', state: 'failed' }), 'instance.usable.open');
  assert.equal(valueOf({}, { kind: 'openPublic' }), 'instance.usable.changing');
  assert.equal(valueOf({ addresses: [{ ...open, status: 'opening' }] }), 'instance.usable.changing');
});

test('an instance tells whether it is being deleted and whether that can be undone', () => {
  assert.equal(valueOf({}, { kind: 'delete', state: 'scheduled' }), 'instance.usable.closed.undo');
  assert.equal(valueOf({}, { kind: 'delete', state: 'working' }), 'instance.usable.closed.deleting');
  assert.equal(valueOf({}, { kind: 'delete', state: 'failed' }), 'instance.usable.closed');
});

test('an instance tells that it is protected and that it is a replica', () => {
  assert.equal(valueOf({ deletionProtection: true }), 'instance.usable.closed.protected');
  assert.equal(valueOf({ deletionProtection: false }), 'instance.usable.closed');
  assert.equal(
    valueOf({ primaryId: 'postgres-p', deletionProtection: true }),
    'instance.usable.closed.protected.replica',
  );
  assert.equal(valueOf({ role: 'ReadOnly' }), 'instance.usable.closed.replica');
  assert.equal(valueOf({ role: 'primary' }), 'instance.usable.closed');
});

test('an instance tells what its kind can do, and nothing of a kind that is not known', () => {
  assert.equal(
    valueOf({ offering: 'serverless', createRequestId: 'r' }),
    'instance.usable.closed.delete.publicAccess.toldPassword.requestId',
  );
  assert.equal(
    valueOf({ offering: 'provisioned', deletionProtection: true, createRequestId: 'r' }),
    'instance.usable.closed.protected.recycleBin.rename.restart.resize.contents.publicAccess.deletionProtection' +
      '.securityGroups.requestId',
  );
  assert.equal(valueOf({}), 'instance.usable.closed');
});

test('a request id is told where there is one to copy', () => {
  assert.equal(valueOf({ createRequestId: 'r' }), 'instance.usable.closed.requestId');
  assert.equal(valueOf({}, { kind: 'create', requestId: 'r' }), 'instance.usable.closed.requestId');
  assert.equal(valueOf({}, { kind: 'openPublic', state: 'done', requestId: 'r' }), 'instance.usable.closed');
  const [row] = rootNodes(
    stateWith({
      operations: [
        operationWith({ state: 'failed', explanation: { kind: 'input', meaning: '', next: [], requestId: 'r' } }),
      ],
    }),
  );
  assert.ok(row !== undefined);
  assert.equal(contextValue(row), 'operation.create.failed.requestId');
});

test('a create tells that a person can say which instance it has made', () => {
  const operation = operationWith({ state: 'unsettled', candidates: ['postgres-1'], requestId: 'r' });
  const [row] = rootNodes(stateWith({ operations: [operation] }));
  assert.ok(row !== undefined);
  assert.equal(contextValue(row), 'operation.create.unsettled.candidates.requestId');
});

test('the list of context values names each once', () => {
  assert.equal(new Set(contextValues).size, contextValues.length);
  assert.equal(contextValues.length, 6 * 4 * 3 * 2 * 2 * 3 * 2 + operationKinds.length * 7 * 2 * 2 + 14);
});

const byUse = 'delete.publicAccess.toldPassword';
const ofClass = 'recycleBin.rename.restart.resize.contents.publicAccess.deletionProtection.securityGroups';

/** The expressions of the documentation in contextValues.ts, and what they have to tell apart. */
const expressions: readonly [RegExp, readonly string[], readonly string[]][] = [
  [/^instance\.usable\b/, ['instance.usable.closed', 'instance.usable.open.requestId'], ['instance.busy.open']],
  [
    /^instance\.usable\b.*\.restart\b/,
    [`instance.usable.closed.${ofClass}`, `instance.usable.open.protected.${ofClass}.requestId`],
    [`instance.usable.closed.${byUse}`, `instance.busy.closed.${ofClass}`, 'instance.usable.closed'],
  ],
  [
    /^instance\.binned\b.*\.recycleBin\b/,
    [`instance.binned.closed.${ofClass}`],
    [`instance.usable.closed.${ofClass}`, `instance.binned.closed.${byUse}`],
  ],
  [
    /^instance\.(?!.*\.(undo|deleting)).*\.delete\b/,
    [`instance.usable.closed.${byUse}`],
    [
      `instance.usable.closed.undo.${byUse}`,
      `instance.usable.closed.deleting.${byUse}`,
      `instance.usable.closed.${ofClass}`,
    ],
  ],
  [
    /^instance\.(?!.*\.protected\b).*\.deletionProtection\b/,
    [`instance.usable.closed.${ofClass}`],
    [`instance.usable.closed.protected.${ofClass}`, `instance.usable.closed.${byUse}`],
  ],
  [
    /^instance\..*\.protected\b.*\.deletionProtection\b/,
    [`instance.usable.closed.protected.${ofClass}`],
    [`instance.usable.closed.${ofClass}`, `instance.usable.closed.protected.${byUse}`],
  ],
  [
    /^instance\.(?!.*\.(undo|deleting))/,
    ['instance.usable.closed', 'instance.gone.timed.requestId'],
    ['instance.usable.closed.undo', 'instance.busy.open.deleting.requestId'],
  ],
  [
    /^instance\.usable\.closed(?!.*\.(undo|deleting))/,
    ['instance.usable.closed.requestId'],
    ['instance.usable.open', 'instance.usable.closed.deleting'],
  ],
  [/^instance\.\w+\.(open|timed)\b/, ['instance.busy.timed.undo'], ['instance.usable.changing']],
  [/^instance\..*\.undo\b/, ['instance.usable.open.undo.requestId'], ['instance.usable.open.deleting']],
  [
    /^operation\.\w+\.(done|failed|unsettled)\b/,
    ['operation.create.failed.requestId', 'operation.delete.done'],
    ['operation.create.working'],
  ],
  [
    /^operation\.create\.unsettled\.candidates\b/,
    ['operation.create.unsettled.candidates', 'operation.create.unsettled.candidates.requestId'],
    ['operation.create.unsettled.requestId', 'operation.create.failed'],
  ],
  [/\.requestId$/, ['operation.create.working.requestId', 'instance.gone.closed.requestId'], ['instance.gone.closed']],
];

for (const [expression, yes, no] of expressions) {
  test(`${String(expression)} tells the rows apart that it is meant for`, () => {
    for (const value of [...yes, ...no]) assert.ok(contextValues.includes(value), value);
    assert.deepEqual(
      yes.filter((value) => !expression.test(value)),
      [],
    );
    assert.deepEqual(
      no.filter((value) => expression.test(value)),
      [],
    );
  });
}
