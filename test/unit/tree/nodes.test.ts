import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Explanation } from '../../../src/domain/explanation.ts';
import { childrenOf, contextValue, contextValues, rootNodes, type TreeNode } from '../../../src/tree/nodes.ts';
import { instanceWith } from '../../support/instances.ts';
import { anyState, operationWith, stateWith } from '../../support/treeStates.ts';

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
  assert.deepEqual(row, {
    kind: 'instance',
    id: 'instance/postgres-aaaa1111',
    instance: instanceWith(),
    operation,
  });
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
    'failure/ap-guangzhou/ap-beijing',
    'failure/ap-shanghai',
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
  assert.deepEqual(roots, [{ kind: 'loading', id: 'loading/ap-guangzhou', region: 'ap-guangzhou' }]);
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
    ['id', 'status', 'zone', 'tags'].map((name) => `${parent}/${name}`),
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
  const names = ['id', 'status', 'zone', 'version', 'kernelVersion', 'charset', 'project', 'network', 'created'];
  assert.deepEqual(
    ids(childrenOf(full)),
    [...names, 'address/0', 'address/1', 'tags'].map((name) => `${parent}/${name}`),
  );
  const tags = childrenOf(full).at(-1);
  assert.ok(tags !== undefined);
  assert.deepEqual(childrenOf(tags), [{ kind: 'tag', id: `${parent}/tags/0`, tag: { key: 'team', value: 'shop' } }]);
});

test('context values follow the status group of an instance and the state of a create', () => {
  const values = (state: Parameters<typeof stateWith>[0]): string[] => rootNodes(stateWith(state)).map(contextValue);
  const statuses = ['running', 'Limited Run', 'initing', 'job running', 'isolated', 'never heard of'];
  const instances = statuses.map((status, index) => instanceWith({ id: `postgres-${String(index)}`, status }));
  assert.deepEqual(values({ regions: [{ region: 'ap-guangzhou', instances }] }), [
    'instance.usable',
    'instance.usable',
    'instance.making',
    'instance.busy',
    'instance.gone',
    'instance.unknown',
  ]);
  assert.deepEqual(
    values({ operations: [operationWith({ state: 'failed' }), operationWith({ id: 'op-2', requestId: 'r-1' })] }),
    ['operation.failed', 'operation.making.requestId'],
  );
});

test('in any state every id is unique and every context value is a listed one', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      const nodes = allNodes(rootNodes(state));
      assert.equal(new Set(ids(nodes)).size, nodes.length);
      for (const node of nodes) assert.ok(contextValues.includes(contextValue(node)));
    }),
  );
});

test('the list of context values names each once', () => {
  assert.equal(new Set(contextValues).size, contextValues.length);
  assert.equal(contextValues.length, 10 + 10 + 6);
});
