import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  databaseOf,
  instanceAround,
  instanceOf,
  instancesOf,
  listOf,
  operationOf,
  operationsOf,
  requestIdOf,
  scheduledOf,
  serverAccountOf,
} from '../../../src/commands/target.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import type { OperationView } from '../../../src/domain/operation.ts';
import { activityNodes } from '../../../src/tree/activity.ts';
import { childrenOf, rootNodes } from '../../../src/tree/nodes.ts';
import { instanceWith } from '../../support/instances.ts';
import { listOf as listWith, operationWith, stateWith } from '../../support/treeStates.ts';

/** The row of an instance, as the tree hands it to a command. */
function rowOf(instance: Instance, ...operations: OperationView[]): unknown {
  return { node: rootNodes({ ...listWith([instance]), operations })[0] };
}

function createRow(operation: OperationView): unknown {
  return { node: rootNodes(stateWith({ operations: [operation] }))[0] };
}

function activityRow(operation: OperationView): unknown {
  return { node: activityNodes({ operations: [operation], now: 0 })[0] };
}

const a = instanceWith({ id: 'postgres-a' });
const b = instanceWith({ id: 'postgres-b' });

test('a command finds the instance of its row', () => {
  assert.equal(instanceOf(rowOf(a)), a);
  for (const other of [createRow(operationWith()), { node: { kind: 'loading', id: 'l' } }, {}, null, undefined, 'x']) {
    assert.equal(instanceOf(other), undefined);
  }
});

test('a command for several rows finds the instance of each, once', () => {
  const [rowA, rowB] = [rowOf(a), rowOf(b)];
  assert.deepEqual(instancesOf(rowA, [rowB, rowA, rowOf(b), createRow(operationWith())]), [b, a]);
  assert.deepEqual(instancesOf(rowA, undefined), [a]);
});

test('a row outside of the selection is meant alone', () => {
  assert.deepEqual(instancesOf(rowOf(a), [rowOf(b)]), [a]);
});

test('an operation is found on its row in either view', () => {
  const operation = operationWith();
  assert.equal(operationOf(createRow(operation)), operation);
  assert.equal(operationOf(activityRow(operation)), operation);
  assert.equal(operationOf(rowOf(a, operationWith({ instanceId: a.id }))), undefined);
  const rows = [activityRow(operation), activityRow(operationWith({ id: 'op-2' }))];
  assert.deepEqual(
    operationsOf(rows[0], rows).map(({ id }) => id),
    ['op-1', 'op-2'],
  );
});

test('what waits for its time is found on the row of the instance and on its own', () => {
  const deletion = operationWith({ kind: 'delete', state: 'scheduled', instanceId: a.id });
  const closing = operationWith({ id: 'op-2', kind: 'closePublic', state: 'scheduled', instanceId: a.id });
  const rows = [rowOf(a, deletion, closing), rowOf(b), activityRow(deletion)];
  assert.deepEqual(scheduledOf(rows[0], undefined, 'delete'), [deletion]);
  assert.deepEqual(scheduledOf(rows[0], undefined, 'closePublic'), [closing]);
  assert.deepEqual(scheduledOf(rows[1], undefined, 'delete'), []);
  assert.deepEqual(scheduledOf(rows[2], undefined, 'delete'), [deletion]);
  assert.deepEqual(scheduledOf(activityRow({ ...deletion, state: 'working' }), undefined, 'delete'), []);
});

test('a request id is found on the operation, in its failure, and on the instance that it made', () => {
  assert.equal(requestIdOf(createRow(operationWith({ requestId: 'r-1' }))), 'r-1');
  const explanation = { kind: 'input', meaning: '', next: [], requestId: 'r-2' } as const;
  assert.equal(requestIdOf(activityRow(operationWith({ state: 'failed', explanation }))), 'r-2');
  assert.equal(requestIdOf(rowOf({ ...a, createRequestId: 'r-3' })), 'r-3');
  assert.equal(requestIdOf(rowOf(a, operationWith({ instanceId: a.id, requestId: 'r-4' }))), 'r-4');
  assert.equal(requestIdOf(rowOf(a, operationWith({ kind: 'delete', instanceId: a.id, requestId: 'r-5' }))), undefined);
});

test('the row at the end of a long list tells which list it is', () => {
  const rows = rootNodes(listWith([a, b]), 1);
  assert.equal(listOf({ node: rows.at(-1) }), '');
  assert.equal(listOf(rowOf(a)), undefined);
});

test('a folder, a database and an account lead to their instance, and to themselves', () => {
  const shop = instanceWith({ offering: 'provisioned' });
  const database = { name: 'shop', owner: 'admin' };
  const account = { name: 'admin', type: 'normal', ready: true };
  const contents = new Map([
    [
      shop.id,
      {
        databases: { kind: 'rows', rows: [database] },
        accounts: { kind: 'rows', rows: [account] },
      } as const,
    ],
  ]);
  const [row] = rootNodes({ ...listWith([shop]), contents });
  assert.ok(row !== undefined);
  const folders = childrenOf(row).filter(({ kind }) => kind === 'databases' || kind === 'accounts');
  const inside = folders.flatMap((folder) => childrenOf(folder));
  const found = [...folders, ...inside].map((node) => [
    node.kind,
    instanceAround({ node })?.id,
    databaseOf({ node })?.name,
    serverAccountOf({ node })?.name,
  ]);
  assert.deepEqual(found.toSorted(), [
    ['account', shop.id, undefined, 'admin'],
    ['accounts', shop.id, undefined, undefined],
    ['database', shop.id, 'shop', undefined],
    ['databases', shop.id, undefined, undefined],
  ]);
  assert.equal(instanceAround(rowOf(shop)), shop);
  for (const other of [createRow(operationWith()), {}, undefined]) {
    assert.deepEqual(
      [instanceAround(other), databaseOf(other), serverAccountOf(other)],
      [undefined, undefined, undefined],
    );
  }
});
