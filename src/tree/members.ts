import type { Instance } from '../domain/instance.ts';
import { hasEnded, type OperationView } from '../domain/operation.ts';
import { statusGroup, type StatusGroup } from '../domain/status.ts';
import type { SortBy } from './arrangement.ts';
import { filterOf } from './filter.ts';
import type { TreeState } from './treeState.ts';

/** What stands in the list: an instance with what is being done to it, or a create that has no instance yet. */
export type Member = InstanceMember | OperationMember;

export interface InstanceMember {
  readonly kind: 'instance';
  /** Unique among the members. */
  readonly key: string;
  readonly instance: Instance;
  readonly operations: readonly OperationView[];
  /** Its read-only replicas, by name. They stand below it, and nowhere else. */
  readonly replicas: readonly InstanceMember[];
}

export interface OperationMember {
  readonly kind: 'operation';
  readonly key: string;
  readonly operation: OperationView;
}

const nothingGoesOn: readonly OperationView[] = [];
const none: readonly InstanceMember[] = [];

/** Instances are never changed, only replaced, so one about which nothing goes on is the same member each time. */
const quiet = new WeakMap<Instance, InstanceMember>();

function quietMember(instance: Instance): InstanceMember {
  const known = quiet.get(instance);
  if (known !== undefined) return known;
  const key = instanceKey(instance.id);
  const member = { kind: 'instance', key, instance, operations: nothingGoesOn, replicas: none } as const;
  quiet.set(instance, member);
  return member;
}

let last: { readonly parts: readonly unknown[]; readonly members: readonly Member[] } | undefined;

/**
 * Everything that the list could show, in no order. The last answer is kept: rows and header ask for the same, and of
 * ten thousand instances nothing has changed most of the time.
 */
function everyMember(state: TreeState): readonly Member[] {
  const lists = state.accounts.flatMap(({ regions }) => regions.map(({ instances }) => instances));
  const parts = [...lists, ...state.operations];
  const isSame = parts.length === last?.parts.length && parts.every((part, index) => part === last?.parts[index]);
  if (last === undefined || !isSame) last = { parts, members: gathered(state) };
  return last.members;
}

function gathered(state: TreeState): Member[] {
  // By id, since VS Code refuses the whole tree when two rows have the same.
  const members = new Map<string, Member>();
  const operations = byInstance(state.operations);
  for (const { regions } of state.accounts) {
    for (const { instances } of regions) {
      for (const instance of instances) {
        const member = quietMember(instance);
        const known = operations.get(instance.id);
        members.set(member.key, known === undefined ? member : { ...member, operations: known });
      }
    }
  }
  for (const operation of state.operations) {
    const { id, kind, instanceId } = operation;
    if (kind !== 'create' || operation.state === 'done') continue;
    if (instanceId !== undefined && members.has(instanceKey(instanceId))) continue;
    members.set(`operation/${id}`, { kind: 'operation', key: `operation/${id}`, operation });
  }
  return underPrimaries(members);
}

/** Replicas stand below their primary where the list has it, and else for themselves. */
function underPrimaries(members: ReadonlyMap<string, Member>): Member[] {
  const primaries = new Map<string, InstanceMember[]>();
  const others: Member[] = [];
  for (const member of members.values()) {
    const primary = primaryOf(member, members);
    // Instances that name each other would stand nowhere.
    if (member.kind === 'operation' || primary === undefined || primaryOf(primary, members) !== undefined) {
      others.push(member);
      continue;
    }
    const replicas = primaries.get(primary.key);
    if (replicas === undefined) primaries.set(primary.key, [member]);
    else replicas.push(member);
  }
  if (primaries.size === 0) return others;
  return others.map((member) => {
    const replicas = primaries.get(member.key);
    return member.kind === 'operation' || replicas === undefined
      ? member
      : { ...member, replicas: replicas.sort(byName) };
  });
}

function primaryOf(member: Member, members: ReadonlyMap<string, Member>): InstanceMember | undefined {
  if (member.kind === 'operation' || member.instance.primaryId === undefined) return undefined;
  const primary = members.get(instanceKey(member.instance.primaryId));
  return primary?.kind === 'instance' ? primary : undefined;
}

/** How many instances and creates these are, with the replicas below them. */
export function countOf(members: readonly Member[]): number {
  return members.reduce((sum, member) => sum + 1 + (member.kind === 'instance' ? member.replicas.length : 0), 0);
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

/** What the filter shows, and how many there are without it. A primary and its replicas are shown together. */
export function filteredMembers(state: TreeState): { readonly members: readonly Member[]; readonly total: number } {
  const every = everyMember(state);
  const { filter } = state.arrangement;
  const total = countOf(every);
  if (filter.trim() === '') return { members: every, total };
  const shows = filterOf(filter);
  const members = every.filter((member) => {
    if (member.kind === 'instance') {
      return shows(member.instance) || member.replicas.some(({ instance }) => shows(instance));
    }
    const { name, instanceId = '' } = member.operation;
    return shows({ name, id: instanceId, tags: [] });
  });
  return { members, total };
}

/** Puts members in order. */
export type Sort = (members: readonly Member[], by: SortBy) => Member[];

/**
 * A sort that starts from the order it gave last: most changes leave it as it is, which one look at each member tells,
 * and the others leave the list nearly in order, which takes about as many comparisons as it has members. The result
 * does not depend on the order before.
 */
export function createSort(): Sort {
  let before: readonly Member[] = [];
  let beforeBy: SortBy | undefined;
  /** Where in `before` each row of the order stands. */
  let places: readonly number[] = [];

  function start(members: readonly Member[]): Member[] {
    const left = new Map(members.map((member) => [member.key, member]));
    const known = places.flatMap((place) => {
      const key = before[place]?.key ?? '';
      const member = left.get(key);
      left.delete(key);
      return member ?? [];
    });
    return [...known, ...left.values()];
  }

  return (members, by) => {
    const isSame =
      by === beforeBy && members.length === before.length && members.every((one, at) => ranksAs(one, before[at]));
    if (!isSame) {
      const at = new Map(members.map((member, place) => [member, place]));
      places = start(members)
        .sort(comparison[by])
        .flatMap((member) => at.get(member) ?? []);
    }
    before = members;
    beforeBy = by;
    return places.flatMap((place) => members[place] ?? []);
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

const urgencies: Readonly<Record<StatusGroup, number>> = {
  making: 1,
  busy: 2,
  usable: 3,
  unknown: 4,
  binned: 5,
  gone: 6,
};

/** Trouble first, then what settles, then what is as it should be. */
function urgency(member: Member): number {
  if (member.kind === 'instance') return urgencies[statusGroup(member.instance.status)];
  return hasEnded(member.operation) || member.operation.state === 'unsettled' ? 0 : urgencies.making;
}
