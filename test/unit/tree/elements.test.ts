import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instance } from '../../../src/domain/instance.ts';
import { createElements, type TreeElement } from '../../../src/tree/elements.ts';
import type { TreeState } from '../../../src/tree/nodes.ts';
import { instanceWith } from '../../support/instances.ts';
import { anyState, operationWith, stateWith } from '../../support/treeStates.ts';

const a = instanceWith({ id: 'postgres-a', name: 'a' });
const b = instanceWith({ id: 'postgres-b', name: 'b' });

function stateOf(...instances: Instance[]): TreeState {
  return stateWith({ regions: [{ region: 'ap-guangzhou', instances }] });
}

function setUp(first: TreeState) {
  const world = { state: first };
  return { world, elements: createElements(() => world.state) };
}

function first(elements: readonly TreeElement[]): TreeElement {
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

test('after any change the elements show what a tree built anew would show', () => {
  const shown = (elements: ReturnType<typeof createElements>, rows: readonly TreeElement[]): unknown[] =>
    rows.map((row) => [row.node, shown(elements, elements.childrenOf(row))]);
  fc.assert(
    fc.property(anyState, anyState, (before, after) => {
      const { world, elements } = setUp(before);
      shown(elements, elements.roots());
      world.state = after;
      elements.update();
      const anew = createElements(() => after);
      assert.deepEqual(shown(elements, elements.roots()), shown(anew, anew.roots()));
    }),
  );
});
