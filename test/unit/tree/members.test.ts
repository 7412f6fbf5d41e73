import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instance } from '../../../src/domain/instance.ts';
import type { SortBy } from '../../../src/tree/arrangement.ts';
import { countOf, createSort, filteredMembers, type Member } from '../../../src/tree/members.ts';
import type { TreeState } from '../../../src/tree/treeState.ts';
import { instanceWith } from '../../support/instances.ts';
import { anyState, listOf, operationWith } from '../../support/treeStates.ts';

function sorted(state: TreeState): string[] {
  return createSort()(filteredMembers(state).members, state.arrangement.sortBy).map(labelOf);
}

function labelOf(member: Member): string {
  return member.kind === 'instance' ? member.instance.name : member.operation.name;
}

function named(name: string, fields: Partial<Instance> = {}): Instance {
  return instanceWith({ id: `postgres-${name}`, name, ...fields });
}

test('by name, numbers are compared as numbers', () => {
  assert.deepEqual(sorted(listOf(['pg-10', 'pg-9', 'api'].map((name) => named(name)))), ['api', 'pg-9', 'pg-10']);
});

test('by creation, the newest stand first, what is being created above them and what has no date below', () => {
  const list = listOf(
    [
      named('old', { createdAt: '2024-01-01 00:00:00' }),
      named('undated'),
      named('new', { createdAt: '2025-01-01 00:00:00' }),
      named('also new', { createdAt: '2025-01-01 00:00:00' }),
    ],
    { sortBy: 'created' },
  );
  assert.deepEqual(sorted({ ...list, operations: [operationWith({ name: 'coming' })] }), [
    'coming',
    'also new',
    'new',
    'old',
    'undated',
  ]);
});

test('by status, trouble stands first and what is in the recycle bin or gone last', () => {
  const statuses = ['offline', 'isolated', 'running', 'odd', 'restarting', 'initing'];
  const list = listOf(
    statuses.map((status) => named(status, { status })),
    { sortBy: 'status' },
  );
  const operations = [operationWith({ name: 'broken', state: 'failed' })];
  assert.deepEqual(sorted({ ...list, operations }), [
    'broken',
    'initing',
    'restarting',
    'running',
    'odd',
    'isolated',
    'offline',
  ]);
});

test('what was sorted before has no say in the order', () => {
  const orders = fc.constantFrom<SortBy>('name', 'created', 'status');
  fc.assert(
    fc.property(fc.array(fc.tuple(anyState, orders), { maxLength: 4 }), anyState, orders, (earlier, state, by) => {
      const sort = createSort();
      for (const [one, order] of earlier) sort(filteredMembers(one).members, order);
      const { members } = filteredMembers(state);
      assert.deepEqual(sort(members, by), createSort()(members, by));
      // The same rows with something about them changed.
      const renamed = members.map((one) =>
        one.kind === 'instance' ? { ...one, instance: { ...one.instance, name: one.instance.name.slice(1) } } : one,
      );
      assert.deepEqual(sort(renamed, by), createSort()(renamed, by));
    }),
  );
});

test('what did not change is neither gathered nor compared again', () => {
  let looks = 0;
  const list = Array.from({ length: 50 }, (_, n) => {
    const instance = named(`shop-${String(n)}`);
    Object.defineProperty(instance, 'primaryId', { get: () => void (looks += 1), enumerable: true });
    return instance;
  });
  const state = { ...listOf(list), operations: [operationWith({ name: 'coming' })] };
  const first = filteredMembers(state).members;
  looks = 0;
  assert.equal(filteredMembers({ ...state, operations: [...state.operations], now: 7 }).members, first);
  assert.equal(looks, 0);
  const [instance, ...others] = list;
  assert.ok(instance);
  const renamed = { ...listOf([{ ...instance, name: 'other' }, ...others]), operations: state.operations };
  const second = filteredMembers(renamed).members;
  assert.notEqual(second, first);
  assert.equal(second[1], first[1], 'a member of whose instance nothing is new is the same');
  assert.deepEqual(createSort()(filteredMembers(state).members, 'name'), createSort()(first, 'name'));
});

test('a filter leaves what matches, and tells how many there are in all', () => {
  const list = listOf([named('shop'), named('search'), named('api')], { filter: 'sh' });
  const operations = [operationWith({ name: 'newshop' }), operationWith({ id: 'op-2', name: 'other' })];
  const { members, total } = filteredMembers({ ...list, operations });
  assert.deepEqual(members.map(labelOf).sort(), ['newshop', 'shop']);
  assert.equal(total, 5);
});

const primary = named('main', { id: 'postgres-main' });
const replica = (name: string, fields: Partial<Instance> = {}): Instance =>
  named(name, { primaryId: 'postgres-main', ...fields });

/** `name` or `name > replica, replica` */
function families(state: TreeState): string[] {
  return createSort()(filteredMembers(state).members, 'name').map((member) => {
    const below = member.kind === 'instance' ? member.replicas.map(({ instance }) => instance.name) : [];
    return below.length === 0 ? labelOf(member) : `${labelOf(member)} > ${below.join(', ')}`;
  });
}

test('replicas stand below their primary by name, and for themselves while the list has no primary', () => {
  const list = [replica('r-10'), primary, replica('r-9'), named('other')];
  assert.deepEqual(families(listOf(list)), ['main > r-9, r-10', 'other']);
  assert.deepEqual(families(listOf(list.filter((one) => one !== primary))), ['other', 'r-9', 'r-10']);
});

test('a replica of a replica, and instances that name each other, stand for themselves', () => {
  const second = named('second', { primaryId: 'postgres-first' });
  assert.deepEqual(families(listOf([primary, replica('first'), second])), ['main > first', 'second']);
  const circle = [named('a', { primaryId: 'postgres-b' }), named('b', { primaryId: 'postgres-a' })];
  assert.deepEqual(families(listOf(circle)), ['a', 'b']);
  assert.deepEqual(families(listOf([named('self', { primaryId: 'postgres-self' })])), ['self']);
});

test('a filter that matches a replica shows its primary with it, and one that matches the primary all its replicas', () => {
  const list = [primary, replica('copy'), replica('spare'), named('other')];
  assert.deepEqual(families(listOf(list, { filter: 'copy' })), ['main > copy, spare']);
  assert.deepEqual(families(listOf(list, { filter: 'postgres-main' })), ['main > copy, spare']);
  const { members, total } = filteredMembers(listOf(list, { filter: 'copy' }));
  assert.deepEqual([countOf(members), total], [3, 4]);
});

test('nobody is lost or listed twice, whoever names whom as primary', () => {
  const ids = fc.constantFrom('1', '2', '3', '4');
  fc.assert(
    fc.property(fc.array(fc.tuple(ids, fc.option(ids, { nil: undefined }))), (pairs) => {
      const list = pairs.map(([id, primaryId]) =>
        instanceWith({ id, ...(primaryId === undefined ? {} : { primaryId }) }),
      );
      const { members, total } = filteredMembers(listOf(list));
      const shown = members.flatMap((one) =>
        one.kind === 'instance' ? [one, ...one.replicas].map(({ instance }) => instance.id) : [],
      );
      assert.deepEqual(shown.sort(), [...new Set(list.map(({ id }) => id))].sort());
      assert.equal(total, shown.length);
    }),
  );
});
