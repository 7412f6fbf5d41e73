import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Explanation } from '../../../src/domain/explanation.ts';
import { contextValue, contextValues } from '../../../src/tree/contextValues.ts';
import { childrenOf, rootNodes, type TreeNode } from '../../../src/tree/nodes.ts';
import { instanceWith } from '../../support/instances.ts';
import { accountWith, anyState, listOf, operationWith, stateWith } from '../../support/treeStates.ts';
import { anyContents, withContents } from './contentsStates.ts';

const offline: Explanation = { kind: 'network', meaning: 'No way to the service.', next: ['retry'] };
const refused: Explanation = { kind: 'credentials', meaning: 'The key was refused.', next: ['signIn'] };

function allNodes(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.flatMap((node) => [node, ...allNodes(childrenOf(node))]);
}

function ids(nodes: readonly TreeNode[]): string[] {
  return nodes.map((node) => node.id);
}

test('signed out the tree is empty, whatever is known', () => {
  assert.deepEqual(
    rootNodes(
      stateWith({
        signedIn: false,
        regions: [{ region: 'ap-guangzhou', instances: [instanceWith()], failure: offline }],
        operations: [operationWith()],
        refreshing: new Set(['ap-guangzhou']),
      }),
    ),
    [],
  );
});

test('instances and creates stand together, by name, numbers as numbers', () => {
  const instances = ['pg-10', 'pg-9', 'api'].map((name) => instanceWith({ id: `postgres-${name}`, name }));
  const roots = rootNodes(
    stateWith({
      regions: [
        { region: 'ap-guangzhou', instances: instances.slice(0, 2) },
        { region: 'ap-beijing', instances: instances.slice(2) },
      ],
      operations: [operationWith({ id: 'op', name: 'pg-9b' })],
    }),
  );
  assert.deepEqual(ids(roots), [
    'instance/postgres-api',
    'instance/postgres-pg-9',
    'operation/op',
    'instance/postgres-pg-10',
  ]);
});

test('a create whose instance is known gives no row of its own, and the instance knows it', () => {
  const operation = operationWith({ instanceId: 'postgres-aaaa1111' });
  const regions = [{ region: 'ap-guangzhou', instances: [instanceWith()] }];
  const [row, ...others] = rootNodes(stateWith({ regions, operations: [operation] }));
  assert.deepEqual(others, []);
  assert.ok(row?.kind === 'instance');
  assert.equal(row.id, 'instance/postgres-aaaa1111');
  assert.deepEqual(row.operations, [operation]);
});

test('a create that is done gives no row: its instance does, or is gone', () => {
  assert.deepEqual(
    rootNodes(stateWith({ operations: [operationWith({ state: 'done', instanceId: 'postgres-x' })] })),
    [],
  );
});

test('what is done to an instance gives no row of its own', () => {
  const operations = (['delete', 'openPublic', 'closePublic'] as const).map((kind) =>
    operationWith({ id: kind, kind, instanceId: 'postgres-x' }),
  );
  assert.deepEqual(rootNodes(stateWith({ operations })), []);
});

test('a create whose instance is not listed yet keeps its row', () => {
  const operation = operationWith({ instanceId: 'postgres-later' });
  const regions = [{ region: 'ap-guangzhou', instances: [instanceWith()] }];
  assert.deepEqual(ids(rootNodes(stateWith({ regions, operations: [operation] }))), [
    'operation/op-1',
    'instance/postgres-aaaa1111',
  ]);
});

test('an instance that two regions answer with is one row', () => {
  const regions = ['ap-guangzhou', 'ap-beijing'].map((region) => ({ region, instances: [instanceWith()] }));
  assert.equal(rootNodes(stateWith({ regions })).length, 1);
});

test('a failed refresh stands over the last known list, one row for each reason', () => {
  const roots = rootNodes(
    stateWith({
      regions: [
        { region: 'ap-guangzhou', instances: [instanceWith()], failure: offline },
        { region: 'ap-beijing', instances: [], failure: { ...offline, requestId: 'r-2' } },
        { region: 'ap-shanghai', instances: [], failure: refused },
      ],
    }),
  );
  assert.deepEqual(ids(roots), [
    'failure/100000000001/ap-guangzhou/ap-beijing',
    'failure/100000000001/ap-shanghai',
    'instance/postgres-aaaa1111',
  ]);
});

test('a failed region that is being tried again spins instead', () => {
  const roots = rootNodes(
    stateWith({
      regions: [{ region: 'ap-guangzhou', instances: [], failure: offline }],
      refreshing: new Set(['ap-guangzhou']),
    }),
  );
  assert.deepEqual(roots, [{ kind: 'loading', id: 'loading/100000000001/ap-guangzhou', region: 'ap-guangzhou' }]);
});

test('the first load is a row of its own until something is known', () => {
  const refreshing = new Set(['ap-guangzhou']);
  assert.deepEqual(rootNodes(stateWith({ refreshing })), [{ kind: 'loading', id: 'loading' }]);
  assert.deepEqual(rootNodes(stateWith()), []);
  const unread = [{ region: 'ap-guangzhou', instances: [] }];
  assert.deepEqual(ids(rootNodes(stateWith({ refreshing, regions: unread }))), ['loading']);
  const known = [{ region: 'ap-guangzhou', instances: [], refreshedAt: 1 }];
  assert.deepEqual(rootNodes(stateWith({ refreshing, regions: known })), []);
  const full = [{ region: 'ap-beijing', instances: [instanceWith()] }];
  assert.deepEqual(ids(rootNodes(stateWith({ refreshing, regions: full }))), ['instance/postgres-aaaa1111']);
});

test('an instance opens to its facts, its addresses and its tags, and leaves out what the service left out', () => {
  const parent = 'instance/postgres-aaaa1111';
  const [sparse] = rootNodes(stateWith({ regions: [{ region: 'ap-guangzhou', instances: [instanceWith()] }] }));
  assert.ok(sparse !== undefined);
  assert.deepEqual(
    ids(childrenOf(sparse)),
    ['id', 'status', 'kind', 'zone', 'tags'].map((name) => `${parent}/${name}`),
  );

  const instance = instanceWith({
    version: '10.4',
    kernelVersion: 'v10.4_r1.1',
    charset: 'UTF8',
    projectId: 0,
    vpcId: 'vpc-1',
    subnetId: 'subnet-1',
    createdAt: '2025-11-24 11:02:03',
    addresses: [
      { kind: 'private', host: '10.0.0.4', port: 5432, status: 'opened' },
      { kind: 'public', host: '', port: 0, status: 'initing' },
    ],
    tags: [{ key: 'team', value: 'shop' }],
  });
  const [full] = rootNodes(stateWith({ regions: [{ region: 'ap-guangzhou', instances: [instance] }] }));
  assert.ok(full !== undefined);
  const names = [
    'id',
    'status',
    'kind',
    'zone',
    'version',
    'kernelVersion',
    'charset',
    'project',
    'network',
    'created',
  ];
  assert.deepEqual(
    ids(childrenOf(full)),
    [...names, 'address/0', 'address/1', 'tags'].map((name) => `${parent}/${name}`),
  );
  const tags = childrenOf(full).at(-1);
  assert.ok(tags !== undefined);
  assert.deepEqual(childrenOf(tags), [{ kind: 'tag', id: `${parent}/tags/0`, tag: { key: 'team', value: 'shop' } }]);
});

test('in any state every id is unique and every context value is a listed one', () => {
  fc.assert(
    fc.property(anyState, anyContents, (state, contents) => {
      const nodes = allNodes(rootNodes(withContents(state, contents)));
      assert.equal(new Set(ids(nodes)).size, nodes.length);
      for (const node of nodes) assert.ok(contextValues.includes(contextValue(node)));
    }),
  );
});

test('an account without keys has one row of its own, whatever fails in its regions', () => {
  const regions = [{ region: 'ap-guangzhou', instances: [instanceWith()], failure: offline }];
  const roots = rootNodes(
    stateWith({
      accounts: [
        accountWith({ label: 'dev', problem: refused, regions }),
        accountWith({
          accountId: '2',
          label: 'prod',
          regions: [{ region: 'ap-beijing', instances: [], failure: offline }],
        }),
      ],
    }),
  );
  assert.deepEqual(ids(roots), ['accountProblem/100000000001', 'failure/2/ap-beijing', 'instance/postgres-aaaa1111']);
  assert.ok(roots[1]?.kind === 'failure');
  assert.equal(roots[1].account, 'prod');
});

test('a filter that matches nothing leaves the list empty, and is not taken for a first load', () => {
  const state = listOf([instanceWith()], { filter: 'nowhere' });
  const [account = accountWith()] = state.accounts;
  assert.deepEqual(rootNodes({ ...state, accounts: [{ ...account, refreshing: new Set(['ap-beijing']) }] }), []);
});
