import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instance } from '../../../src/domain/instance.ts';
import type { GroupBy } from '../../../src/tree/arrangement.ts';
import { describeNode } from '../../../src/tree/describeNode.ts';
import { childrenOf, rootNodes } from '../../../src/tree/nodes.ts';
import type { TreeState } from '../../../src/tree/treeState.ts';
import { instanceWith } from '../../support/instances.ts';
import { accountId, accountWith, listOf, operationWith, stateWith } from '../../support/treeStates.ts';

/** `label (description): names of the rows in it` */
function groups(state: TreeState): string[] {
  return rootNodes(state).map((node) => {
    const { label, description = '' } = describeNode(node);
    return `${label} (${description}): ${childrenOf(node)
      .map((child) => describeNode(child).label)
      .join(', ')}`;
  });
}

function grouped(groupBy: GroupBy, ...instances: Partial<Instance>[]): TreeState {
  return listOf(
    instances.map((fields, index) => instanceWith({ id: `postgres-${String(index)}`, ...fields })),
    { groupBy },
  );
}

test('by region, names in order and every group with its count', () => {
  const state = grouped(
    'region',
    { name: 'b', region: 'ap-guangzhou' },
    { name: 'a', region: 'ap-guangzhou' },
    { name: 'c', region: 'ap-beijing' },
  );
  assert.deepEqual(groups(state), ['ap-beijing (1): c', 'ap-guangzhou (2): a, b']);
});

test('a group says what its rows then need not', () => {
  const rows = (groupBy: GroupBy): (string | undefined)[] =>
    rootNodes(grouped(groupBy, {})).flatMap((node) => childrenOf(node).map((child) => describeNode(child).description));
  assert.deepEqual([rows('region'), rows('status')], [['Running'], ['Running · ap-guangzhou']]);
});

test('by project, with names where they are known and those without one last', () => {
  const state = grouped('project', { name: 'a' }, { name: 'b', projectId: 0 }, { name: 'c', projectId: 77 });
  assert.deepEqual(groups({ ...state, projects: new Map([[77, 'Backend']]) }), [
    'Backend (1): c',
    'Default project (1): b',
    'No project given (1): a',
  ]);
  assert.deepEqual(groups(state)[0], '77 (1): c');
});

test('by status in words, what settles first and what is gone last, spellings of one status together', () => {
  const state = grouped(
    'status',
    { name: 'a', status: 'isolated' },
    { name: 'g', status: 'offline' },
    { name: 'b', status: 'running' },
    { name: 'c', status: ' Running ' },
    { name: 'd', status: 'initing' },
    { name: 'e', status: 'Half Asleep' },
  );
  const operations = [operationWith({ name: 'f', state: 'failed' })];
  assert.deepEqual(groups({ ...state, operations }), [
    'Not created (1): f',
    'Initializing (1): d',
    'Running (2): b, c',
    'Half Asleep (1): e',
    'In the recycle bin (1): a',
    'Offline (1): g',
  ]);
});

test('by kind, with its name, and one that is not known as it came', () => {
  const state = grouped(
    'kind',
    { name: 'a', offering: 'serverless' },
    { name: 'b', offering: 'provisioned' },
    { name: 'c', offering: 'of/tomorrow' },
  );
  assert.deepEqual(groups({ ...state, operations: [operationWith({ name: 'd' })] }), [
    'of/tomorrow (1): c',
    'Pay-as-you-go (1): b',
    'Serverless (2): a, d',
  ]);
});

test('by the value of a tag, those without it last', () => {
  const tag = (value: string) => ({ tags: [{ key: 'env', value }] });
  const state = grouped(
    { tag: 'env' },
    { name: 'a', ...tag('prod') },
    { name: 'b' },
    { name: 'c', ...tag('dev/1') },
    { name: 'd', ...tag('') },
    { name: 'e', ...tag('prod') },
  );
  assert.deepEqual(groups(state), ['dev/1 (1): c', 'Empty value (1): d', 'prod (2): a, e', 'Without tag "env" (1): b']);
});

test('by account, with where the keys come from, and an account without instances as well', () => {
  const state = stateWith({
    accounts: [
      accountWith({
        label: 'dev',
        source: 'from tccli profile "dev", expires 14:20',
        regions: [{ region: 'ap-guangzhou', instances: [instanceWith({ name: 'a' })] }],
      }),
      accountWith({ accountId: '2', label: 'prod' }),
    ],
    arrangement: { groupBy: 'account', sortBy: 'name', filter: '' },
  });
  assert.deepEqual(groups(state), ['dev (1 · from tccli profile "dev", expires 14:20): a', 'prod (0): ']);
  const [first] = rootNodes(state);
  assert.ok(first !== undefined);
  assert.equal(describeNode(first).accessibilityLabel, 'dev, 1 instance, from tccli profile "dev", expires 14:20');
  const filtered = { ...state, arrangement: { ...state.arrangement, filter: 'a' } };
  assert.equal(groups(filtered).length, 1, 'a filter leaves no empty groups');
});

test('with several accounts in one list every row says whose it is', () => {
  const of = (id: string, account: string): Instance => instanceWith({ id, accountId: account });
  const state = stateWith({
    accounts: [
      accountWith({ label: 'dev', regions: [{ region: 'ap-guangzhou', instances: [of('postgres-1', accountId)] }] }),
      accountWith({
        accountId: '2',
        label: 'prod',
        regions: [{ region: 'ap-guangzhou', instances: [of('postgres-2', '2')] }],
      }),
    ],
  });
  assert.deepEqual(
    rootNodes(state).map((node) => describeNode(node).description),
    ['Running · dev · ap-guangzhou', 'Running · prod · ap-guangzhou'],
  );
});

test('groups keep their id whatever is in them, and none is taken for another', () => {
  const ids = (state: TreeState): string[] => rootNodes(state).map(({ id }) => id);
  const tag = (value: string) => ({ tags: [{ key: 'env', value }] });
  const [first, second] = [grouped({ tag: 'env' }, tag('a/b')), grouped({ tag: 'env' }, tag('a/b'), tag('a%2Fb'))];
  assert.deepEqual(ids(second).length, 2);
  assert.ok(ids(second).includes(ids(first)[0] ?? ''));
});
