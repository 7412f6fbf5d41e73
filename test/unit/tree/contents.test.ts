import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KnownContents } from '../../../src/domain/contents.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { contextValue } from '../../../src/tree/contextValues.ts';
import { describeNode } from '../../../src/tree/describeNode.ts';
import { childrenOf, rootNodes, type TreeNode } from '../../../src/tree/nodes.ts';
import { instanceWith } from '../../support/instances.ts';
import { listOf } from '../../support/treeStates.ts';
import { withContents } from './contentsStates.ts';

function folders(fields: Partial<Instance> = {}, contents: KnownContents = {}): TreeNode[] {
  const [row] = rootNodes(withContents(listOf([instanceWith({ offering: 'provisioned', ...fields })]), contents));
  assert.ok(row !== undefined);
  return childrenOf(row).filter(({ kind }) => kind === 'databases' || kind === 'accounts');
}

/** `label (description)` of the rows in the folder. */
function rowsOf(kind: 'databases' | 'accounts', contents: KnownContents): string[] {
  const folder = folders({}, contents).find((one) => one.kind === kind);
  assert.ok(folder !== undefined);
  return childrenOf(folder).map((node) => {
    const { label, description = '' } = describeNode(node);
    return description === '' ? label : `${label} (${description})`;
  });
}

test('an instance whose kind has them opens to databases and accounts first', () => {
  const [row] = rootNodes(listOf([instanceWith({ offering: 'provisioned' })]));
  assert.ok(row !== undefined);
  assert.deepEqual(
    childrenOf(row)
      .slice(0, 3)
      .map((node) => [node.id, describeNode(node).label]),
    [
      ['instance/postgres-aaaa1111/databases', 'Databases'],
      ['instance/postgres-aaaa1111/accounts', 'Accounts'],
      ['instance/postgres-aaaa1111/id', 'ID'],
    ],
  );
  assert.deepEqual(folders({ offering: 'serverless' }), []);
  assert.deepEqual(folders({ offering: 'of-tomorrow' }), []);
});

test('an instance that cannot be used has no folders; one that is busy for a while keeps them', () => {
  for (const status of ['initing', 'isolated', 'offline', 'odd']) {
    assert.deepEqual(folders({ status }), [], status);
  }
  for (const status of ['limited run', 'restarting']) assert.equal(folders({ status }).length, 2);
});

test('a folder counts its rows once they are known', () => {
  const [databases, accounts] = folders({}, { databases: { kind: 'rows', rows: [{ name: 'a' }, { name: 'b' }] } });
  assert.ok(databases !== undefined && accounts !== undefined);
  assert.equal(describeNode(databases).accessibilityLabel, 'Databases, 2');
  assert.equal(describeNode(accounts).accessibilityLabel, 'Accounts');
  assert.deepEqual([databases, accounts].map(contextValue), ['databases', 'accounts']);
});

test('a folder says that it is loading, that there is nothing, or why not', () => {
  assert.deepEqual(rowsOf('databases', {}), ['Loading…']);
  assert.deepEqual(rowsOf('accounts', { accounts: { kind: 'loading' } }), ['Loading…']);
  assert.deepEqual(rowsOf('accounts', { accounts: { kind: 'rows', rows: [] } }), ['None']);
  const explanation = { kind: 'permission', meaning: 'You may not.', next: [], requestId: 'r-1' } as const;
  const refused: KnownContents = { databases: { kind: 'failed', explanation } };
  assert.deepEqual(rowsOf('databases', refused), ['Could not be listed (You may not.)']);
  const [folder] = folders({}, refused);
  assert.ok(folder !== undefined);
  const [row] = childrenOf(folder);
  assert.ok(row?.kind === 'placeholder');
  assert.equal(row.instance.id, 'postgres-aaaa1111');
  const { command, tooltip } = describeNode(row);
  assert.equal(command?.id, 'tencentdbPostgres.refreshContents');
  assert.match(tooltip ?? '', /Request ID: r-1/);
});

test('a database tells its owner and its encoding, as far as they are known', () => {
  assert.deepEqual(
    rowsOf('databases', {
      databases: { kind: 'rows', rows: [{ name: 'orders', owner: 'app', encoding: 'UTF8' }, { name: 'postgres' }] },
    }),
    ['orders (owner app · UTF8)', 'postgres'],
  );
});

test('an account tells its type in words, one that is not known as it came, and that it is being changed', () => {
  assert.deepEqual(
    rowsOf('accounts', {
      accounts: {
        kind: 'rows',
        rows: [
          { name: 'dba', type: 'tencentDBSuper', ready: true },
          { name: 'app', type: 'normal', ready: false },
          { name: 'x', type: 'Odd', ready: true },
        ],
      },
    }),
    ['dba (administrator)', 'app (ordinary account · being changed)', 'x (Odd)'],
  );
});

test('a row carries what commands need', () => {
  const database = { name: 'orders', owner: 'app' };
  const account = { name: 'app', type: 'normal', ready: true, remark: 'for the shop' };
  const [databases, accounts] = folders(
    {},
    { databases: { kind: 'rows', rows: [database] }, accounts: { kind: 'rows', rows: [account] } },
  );
  assert.ok(databases !== undefined && accounts !== undefined);
  const instance = instanceWith({ offering: 'provisioned' });
  assert.deepEqual(childrenOf(databases), [
    { kind: 'database', id: 'instance/postgres-aaaa1111/databases/name/orders', instance, database },
  ]);
  const [row] = childrenOf(accounts);
  assert.ok(row !== undefined);
  assert.deepEqual(row, { kind: 'account', id: 'instance/postgres-aaaa1111/accounts/name/app', instance, account });
  assert.equal(describeNode(row).tooltip, 'app\nordinary account\nfor the shop');
});

test('a name that the service lists twice is one row', () => {
  const rows = [
    { name: 'x', owner: 'a' },
    { name: 'x', owner: 'b' },
  ];
  assert.deepEqual(rowsOf('databases', { databases: { kind: 'rows', rows } }), ['x (owner b)']);
});
