import type { Instance } from '../domain/instance.ts';
import { hasEnded, type OperationView } from '../domain/operation.ts';
import { statusGroup, type StatusGroup } from '../domain/status.ts';
import type { SortBy } from './arrangement.ts';
import { filterOf } from './filter.ts';
import type { TreeState } from './treeState.ts';

/** What stands in the list: an instance with what is being done to it, or a create that has no instance yet. */
export type Member =
  | {
      readonly kind: 'instance';
      /** Unique among the members. */
      readonly key: string;
      readonly instance: Instance;
      readonly operations: readonly OperationView[];
    }
  | { readonly kind: 'operation'; readonly key: string; readonly operation: OperationView };

const nothingGoesOn: readonly OperationView[] = [];

/** Everything that the list could show, in no order. */
function everyMember(state: TreeState): Member[] {
  // By id, since VS Code refuses the whole tree when two rows have the same.
  const members = new Map<string, Member>();
  const operations = byInstance(state.operations);
  for (const { regions } of state.accounts) {
    for (const { instances } of regions) {
      for (const instance of instances) {
        const key = instanceKey(instance.id);
        members.set(key, {
          kind: 'instance',
          key,
          instance,
          operations: operations.get(instance.id) ?? nothingGoesOn,
        });
      }
    }
  }
  for (const operation of state.operations) {
    const { id, kind, instanceId } = operation;
    if (kind !== 'create' || operation.state === 'done') continue;
    if (instanceId !== undefined && members.has(instanceKey(instanceId))) continue;
    members.set(`operation/${id}`, { kind: 'operation', key: `operation/${id}`, operation });
  }
  return [...members.values()];
}

export function instanceKey(instanceId: string): string {
  return `instance/${instanceId}`;
}

function byInstance(operations: readonly OperationView[]): ReadonlyMap<string, readonly OperationView[]> {
  const known = new Map<string, OperationView[]>();
  for (const operation of operations) {
    if (operation.instanceId === undefined) continue;
    const others = known.get(operation.instanceId);
    if (others === undefined) known.set(operation.instanceId, [operation]);
    else others.push(operation);
  }
  return known;
}

/** What the filter shows, and how many there are without it. */
export function filteredMembers(state: TreeState): { readonly members: Member[]; readonly total: number } {
  const every = everyMember(state);
  const { filter } = state.arrangement;
  if (filter.trim() === '') return { members: every, total: every.length };
  const shows = filterOf(filter);
  const members = every.filter((member) => {
    if (member.kind === 'instance') return shows(member.instance);
    const { name, instanceId = '' } = member.operation;
    return shows({ name, id: instanceId, tags: [] });
  });
  return { members, total: every.length };
}

/** Puts members in order. */
export type Sort = (members: readonly Member[], by: SortBy) => Member[];

/**
 * A sort that starts from the order it gave last: most changes leave it as it is, and the others leave the list nearly
 * in order, which takes about as many comparisons as it has members. The result does not depend on the order before.
 */
export function createSort(): Sort {
  let last: readonly Member[] = [];
  let lastBy: SortBy | undefined;
  return (members, by) => {
    const left = new Map(members.map((member) => [member.key, member]));
    const sorted: Member[] = [];
    for (const { key } of last) {
      const member = left.get(key);
      if (member === undefined) continue;
      sorted.push(member);
      left.delete(key);
    }
    sorted.push(...left.values());
    const before = last;
    const inOrder =
      by === lastBy && sorted.length === before.length && sorted.every((one, index) => ranksAs(one, before[index]));
    if (!inOrder) sorted.sort(comparison[by]);
    last = sorted;
    lastBy = by;
    return sorted;
  };
}

/** True when nothing has changed that an order looks at. */
function ranksAs(member: Member, before: Member | undefined): boolean {
  if (member.kind === 'instance' && before?.kind === 'instance' && member.instance === before.instance) return true;
  return (
    before?.key === member.key &&
    nameOf(before) === nameOf(member) &&
    createdAt(before) === createdAt(member) &&
    urgency(before) === urgency(member)
  );
}

type Comparison = (a: Member, b: Member) => number;

const byName: Comparison = (a, b) => compareTexts(nameOf(a), nameOf(b)) || (a.key < b.key ? -1 : 1);

const comparison: Readonly<Record<SortBy, Comparison>> = {
  name: byName,
  created: (a, b) => descending(createdAt(a), createdAt(b)) || byName(a, b),
  status: (a, b) => urgency(a) - urgency(b) || byName(a, b),
};

let collator: Intl.Collator | undefined;

/** Numbers in texts are compared as numbers. Made when first needed: it costs more than loading all the rest. */
export function compareTexts(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(a, b);
}

function nameOf(member: Member): string {
  return member.kind === 'instance' ? member.instance.name : member.operation.name;
}

/** The service writes times so that their order is that of their text. What is being created is newer than all. */
function createdAt(member: Member): string {
  return member.kind === 'instance' ? (member.instance.createdAt ?? '') : '~';
}

function descending(a: string, b: string): number {
  return a === b ? 0 : a < b ? 1 : -1;
}

const urgencies: Readonly<Record<StatusGroup, number>> = { making: 1, busy: 2, usable: 3, unknown: 4, gone: 5 };

/** Trouble first, then what settles, then what is as it should be. */
function urgency(member: Member): number {
  if (member.kind === 'instance') return urgencies[statusGroup(member.instance.status)];
  return hasEnded(member.operation) || member.operation.state === 'unsettled' ? 0 : urgencies.making;
}
