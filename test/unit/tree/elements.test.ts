import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KnownContents } from '../../../src/domain/contents.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { describeNode } from '../../../src/tree/describeNode.ts';
import { createElements, pageSize, type TreeElement } from '../../../src/tree/elements.ts';
import { createInstanceModel } from '../../../src/tree/instanceModel.ts';
import type { NodeView } from '../../../src/tree/nodeView.ts';
import type { TreeNode } from '../../../src/tree/nodes.ts';
import type { TreeState } from '../../../src/tree/treeState.ts';
import { instanceWith } from '../../support/instances.ts';
import { anyState, listOf, operationWith, stateWith } from '../../support/treeStates.ts';
import { anyContents, withContents } from './contentsStates.ts';

type Element = TreeElement<TreeNode>;
type Elements = ReturnType<typeof elementsOf>;

const a = instanceWith({ id: 'postgres-a', name: 'a' });
const b = instanceWith({ id: 'postgres-b', name: 'b' });

function stateOf(...instances: Instance[]): TreeState {
  return stateWith({ regions: [{ region: 'ap-guangzhou', instances }] });
}

function setUp(first: TreeState) {
  const world = { state: first };
  return { world, elements: elementsOf(() => world.state) };
}

function elementsOf(state: () => TreeState) {
  return createElements(createInstanceModel(state));
}

function first(elements: readonly Element[]): Element {
  const [element] = elements;
  assert.ok(element !== undefined);
  return element;
}

test('a changed instance keeps its element, which then shows what is new', () => {
  const { world, elements } = setUp(stateOf(a, b));
  const [rowA, rowB] = elements.roots();
  assert.ok(rowA !== undefined && rowB !== undefined);
  world.state = stateOf(a, { ...b, status: 'restarting' });
  assert.deepEqual(elements.update(), [rowB]);
  assert.ok(rowB.node.kind === 'instance');
  assert.equal(rowB.node.instance.status, 'restarting');
  assert.equal(elements.roots()[0], rowA);
});

test('nothing is redrawn when nothing changed', () => {
  const { world, elements } = setUp(stateOf(a, b));
  elements.roots();
  world.state = structuredClone(world.state);
  assert.deepEqual(elements.update(), []);
});

test('the whole tree is redrawn when a row comes, goes or moves', () => {
  const { world, elements } = setUp(stateOf(a, b));
  elements.roots();
  for (const next of [stateOf(a), stateOf(a, b), stateOf({ ...a, name: 'z' }, b), stateWith({ signedIn: false })]) {
    world.state = next;
    assert.equal(elements.update(), 'all');
    elements.roots();
    assert.deepEqual(elements.update(), []);
  }
});

test('children keep their elements, know their parent, and follow it when it changes', () => {
  const { world, elements } = setUp(stateOf(a));
  const row = first(elements.roots());
  const before = elements.childrenOf(row);
  assert.ok(before.every((child) => child.parent === row));
  world.state = stateOf({ ...a, status: 'restarting' });
  elements.update();
  const after = elements.childrenOf(row);
  assert.ok(after.every((child, index) => child === before[index]));
  assert.ok(after.some(({ node }) => node.kind === 'fact' && node.fact.value === 'Restarting'));
});

test('an instance is found by its id, before and after it was shown, and as the create it still is', () => {
  const { world, elements } = setUp(stateOf(a, b));
  const found = elements.find('postgres-b');
  assert.ok(found !== undefined);
  assert.equal(elements.roots()[1], found);
  assert.equal(elements.find('postgres-c'), undefined);
  world.state = stateWith({ operations: [operationWith({ instanceId: 'postgres-c' })] });
  assert.equal(elements.find('postgres-c')?.node.kind, 'operation');
});

test('finding a row does not hide a change that was not drawn yet', () => {
  const { world, elements } = setUp(stateOf(a));
  const row = first(elements.roots());
  world.state = stateOf({ ...a, status: 'restarting' });
  assert.equal(elements.find('postgres-a'), row);
  assert.deepEqual(elements.update(), [row]);
  world.state = stateOf(a, b);
  elements.find('postgres-b');
  assert.equal(elements.update(), 'all');
});

test('a row that went and came back is a new one', () => {
  const { world, elements } = setUp(stateOf(a));
  const row = first(elements.roots());
  const child = first(elements.childrenOf(row));
  world.state = stateOf();
  elements.update();
  world.state = stateOf(a);
  elements.update();
  const again = first(elements.roots());
  assert.notEqual(again, row);
  assert.notEqual(first(elements.childrenOf(again)), child);
});

/** With what instances hold, and with replicas that have their primary in the list now and then. */
const anyFullState = fc.tuple(anyState, anyContents).map(([state, contents]) => withContents(state, contents));

function shown(elements: Elements, rows: readonly Element[]): unknown[] {
  return rows.map((row) => [{ ...row.node, state: undefined }, shown(elements, elements.childrenOf(row))]);
}

test('after any change the elements show what a tree built anew would show', () => {
  fc.assert(
    fc.property(anyFullState, anyFullState, (before, after) => {
      const { world, elements } = setUp(before);
      shown(elements, elements.roots());
      world.state = after;
      elements.update();
      const anew = elementsOf(() => after);
      assert.deepEqual(shown(elements, elements.roots()), shown(anew, anew.roots()));
    }),
  );
});

/** Draws as VS Code does: a row's text when it is told to, and then everything below it. */
function createViewer(elements: Elements) {
  const below = new Map<Element | undefined, readonly Element[]>();
  const drawn = new Map<Element, NodeView>();
  function drawBelow(parent?: Element): void {
    const rows = parent === undefined ? elements.roots() : elements.childrenOf(parent);
    below.set(parent, rows);
    rows.forEach(draw);
  }
  function draw(row: Element): void {
    drawn.set(row, describeNode(row.node));
    drawBelow(row);
  }
  const picture = (parent?: Element): unknown[] =>
    (below.get(parent) ?? []).map((row) => [drawn.get(row), picture(row)]);
  return { draw, drawBelow, picture };
}

test('drawing only the rows that an update names leaves no row out of date', () => {
  fc.assert(
    fc.property(anyFullState, anyFullState, fc.boolean(), (before, after, sameAccounts) => {
      const { world, elements } = setUp(before);
      const viewer = createViewer(elements);
      viewer.drawBelow();
      // Two states at random have hardly a row in common.
      world.state = sameAccounts ? { ...after, accounts: before.accounts, arrangement: before.arrangement } : after;
      const changed = elements.update();
      if (changed === 'all') viewer.drawBelow();
      else changed.forEach(viewer.draw);
      const anew = createViewer(elementsOf(() => world.state));
      anew.drawBelow();
      assert.deepEqual(viewer.picture(), anew.picture());
    }),
  );
});

const many = Array.from({ length: 10_000 }, (_, index) =>
  instanceWith({
    id: `postgres-${String(index)}`,
    name: `pg-${String(index)}`,
    region: `region-${String(index % 100)}`,
  }),
);

/** All of them as the service would answer anew: equal, and other objects. */
function again(changedAt: number): Instance[] {
  return many.map((one, index) => (index === changedAt ? { ...one, status: 'restarting' } : { ...one }));
}

test('of ten thousand instances the one that changed is drawn anew', () => {
  const { world, elements } = setUp(listOf(many));
  let rows = elements.roots();
  while (rows.at(-1)?.node.kind === 'more') {
    elements.showMore('');
    rows = elements.roots();
  }
  assert.equal(rows.length, many.length);
  world.state = listOf(again(7_000));
  const changed = elements.update();
  assert.ok(changed !== 'all');
  assert.deepEqual(
    changed.map(({ node }) => node.id),
    ['instance/postgres-7000'],
  );
  assert.equal(changed[0], rows[7_000]);
});

test('a change in a group is drawn for that row alone, and in a group that was never opened not at all', () => {
  const { world, elements } = setUp(listOf(many, { groupBy: 'region' }));
  const groups = elements.roots();
  assert.equal(groups.length, 100);
  const group = groups.find(({ node }) => node.kind === 'group' && node.group.label === 'region-7');
  assert.ok(group !== undefined);
  const rows = elements.childrenOf(group);
  world.state = listOf(again(107), { groupBy: 'region' });
  assert.deepEqual(elements.update(), [rows[1]]);
  world.state = listOf(
    many.map((one, index) => (index === 208 ? { ...one, status: 'restarting' } : one)),
    { groupBy: 'region' },
  );
  assert.deepEqual(elements.update(), [rows[1]], 'the first change is undone, and the second is in no open group');
});

test('a group is drawn anew when a row comes, goes or moves in it', () => {
  const { world, elements } = setUp(listOf([a, b], { groupBy: 'region' }));
  const group = first(elements.roots());
  elements.childrenOf(group);
  world.state = listOf([{ ...a, name: 'z' }, b], { groupBy: 'region' });
  assert.deepEqual(elements.update(), [group]);
  elements.childrenOf(group);
  world.state = listOf([b], { groupBy: 'region' });
  assert.deepEqual(elements.update(), [group]);
});

test('a long list ends in a row that shows as many again', () => {
  const { elements } = setUp(listOf(many));
  const counts: number[] = [];
  for (let press = 0; press < 7; press += 1) {
    const rows = elements.roots();
    counts.push(rows.length);
    const last = rows.at(-1)?.node;
    if (last?.kind === 'more') assert.equal(elements.showMore(last.list), 'all');
  }
  assert.equal(counts[0], pageSize + 1);
  assert.deepEqual(counts, [201, 401, 801, 1_601, 3_201, 6_401, 10_000]);
});

test('a long group shows more on its own', () => {
  const { elements } = setUp(listOf(many, { groupBy: 'status' }));
  const group = first(elements.roots());
  const last = elements.childrenOf(group).at(-1)?.node;
  assert.ok(last?.kind === 'more');
  assert.deepEqual([last.list, last.next, last.left], [group.node.id, pageSize, many.length - pageSize]);
  assert.deepEqual(elements.showMore(last.list), [group]);
  assert.equal(elements.childrenOf(group).length, 2 * pageSize + 1);
});

test('a row that is found far down a list is then shown', () => {
  const { elements } = setUp(listOf(many));
  elements.roots();
  const found = elements.find('postgres-5000');
  assert.equal(elements.update(), 'all');
  assert.ok(found !== undefined && elements.roots().includes(found));
});

test('a row is found in its group, which needs not be open', () => {
  const { elements } = setUp(listOf(many, { groupBy: 'region' }));
  const found = elements.find('postgres-107');
  assert.ok(found?.parent !== undefined);
  assert.equal(found.parent, elements.roots()[7]);
  assert.ok(elements.childrenOf(found.parent).includes(found));
});

test('time alone changes only the rows that tell it', () => {
  const closing = operationWith({
    kind: 'closePublic',
    state: 'scheduled',
    instanceId: 'postgres-a',
    dueAt: stateWith().now + 90_000,
  });
  const open = { ...a, addresses: [{ kind: 'public', host: 'h', port: 1, status: 'opened' }] };
  const at = (later: number): TreeState => {
    const state = { ...listOf([open, b]), operations: [closing] };
    return { ...state, now: state.now + later };
  };
  const { world, elements } = setUp(at(0));
  const rowA = first(elements.roots());
  world.state = at(29_000);
  assert.deepEqual(elements.update(), []);
  world.state = at(31_000);
  assert.deepEqual(elements.update(), [rowA]);
});

const copy = instanceWith({ id: 'postgres-copy', name: 'copy', primaryId: 'postgres-a' });

test('a replica stands below its primary, is found there, and changes without it', () => {
  for (const groupBy of ['nothing', 'region'] as const) {
    const list = (...instances: Instance[]): TreeState => listOf(instances, { groupBy });
    const { world, elements } = setUp(list(a, b, copy));
    const found = elements.find('postgres-copy');
    assert.ok(found?.parent?.node.kind === 'instance');
    assert.equal(found.parent.node.instance.id, 'postgres-a');
    assert.equal(found.parent, elements.find('postgres-a'));
    assert.equal(elements.find('postgres-b')?.parent, found.parent.parent);
    const rows = elements.roots();
    if (groupBy === 'region') elements.childrenOf(first(rows));
    assert.equal(first(elements.childrenOf(found.parent)), found);
    world.state = list(a, b, { ...copy, status: 'restarting' });
    assert.deepEqual(elements.update(), [found]);
    world.state = list(a, b);
    assert.deepEqual(elements.update(), [found.parent]);
    assert.equal(elements.find('postgres-copy'), undefined);
  }
});

test('a list that arrives is drawn in its folder alone', () => {
  const shop = { ...a, offering: 'provisioned' };
  const { world, elements } = setUp(stateOf(shop));
  const [databases, accounts] = elements.childrenOf(first(elements.roots()));
  assert.ok(databases?.node.kind === 'databases' && accounts?.node.kind === 'accounts');
  elements.childrenOf(databases);
  const known = (contents: KnownContents): TreeState => ({
    ...stateOf(shop),
    contents: new Map([['postgres-a', contents]]),
  });
  world.state = known({ databases: { kind: 'loading' } });
  assert.deepEqual(elements.update(), [], 'it was shown as loading from the first');
  world.state = known({ databases: { kind: 'rows', rows: [{ name: 'orders' }] } });
  assert.deepEqual(elements.update(), [databases]);
  assert.deepEqual(
    elements.childrenOf(databases).map(({ node }) => node.id),
    ['instance/postgres-a/databases/name/orders'],
  );
});
