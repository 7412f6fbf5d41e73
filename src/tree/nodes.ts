import * as l10n from '@vscode/l10n';
import { isDeepStrictEqual } from 'node:util';
import type { Instance, NetworkAddress } from '../domain/instance.ts';
import type { OperationView } from '../domain/operation.ts';
import type { Tag } from '../domain/tag.ts';
import type { GroupBy } from './arrangement.ts';
import { instanceFacts, operationFacts, type Fact } from './facts.ts';
import { groupsOf, type Group } from './groups.ts';
import { createSort, filteredMembers, type Member, type Sort } from './members.ts';
import { standingOf, type Standing } from './standing.ts';
import { accountLabel, type TreeState } from './treeState.ts';
import { isFirstLoad, troubleNodes, type LoadingNode, type TroubleNode } from './trouble.ts';

/** A row. Nodes are data: no calls, no timers. `id` is unique in the tree and stays while the row means the same. */
export type TreeNode =
  | InstanceNode
  | OperationNode
  | GroupNode
  | MoreNode
  | FactNode
  | { readonly kind: 'address'; readonly id: string; readonly address: NetworkAddress }
  | { readonly kind: 'tags'; readonly id: string; readonly tags: readonly Tag[] }
  | { readonly kind: 'tag'; readonly id: string; readonly tag: Tag }
  | TroubleNode
  | LoadingNode;

export interface InstanceNode {
  readonly kind: 'instance';
  readonly id: string;
  readonly instance: Instance;
  /** What was and is being done to it. */
  readonly operations: readonly OperationView[];
  readonly standing: Standing;
  /** What tells it from the others of the list: its account, its region, or nothing where the group says it. */
  readonly place: readonly string[];
  /** The name of its project, where it is known. */
  readonly project?: string;
}

/** A create without an instance to show for it. */
export interface OperationNode {
  readonly kind: 'operation';
  readonly id: string;
  readonly operation: OperationView;
  readonly place: readonly string[];
}

/** Instances and creates that have something in common. */
export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly group: Group;
  readonly state: TreeState;
}

/** Stands for the rows of a list that are not shown yet. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  /** The id of the row whose list it ends; empty for the first level. */
  readonly list: string;
  /** How many rows it brings. */
  readonly next: number;
  readonly left: number;
}

export interface FactNode {
  readonly kind: 'fact';
  readonly id: string;
  readonly fact: Fact;
}

/**
 * The rows of the first level: trouble first, then the list as it is arranged. Empty when signed out.
 * @param limit the most instances and creates to show
 */
export function rootNodes(state: TreeState, limit = Infinity, sort: Sort = createSort()): TreeNode[] {
  if (!state.signedIn) return [];
  const { groupBy, sortBy } = state.arrangement;
  const { members, total } = filteredMembers(state);
  const sorted = sort(members, sortBy);
  const list =
    groupBy === 'nothing'
      ? memberNodes(state, '', sorted, limit)
      : groupsOf(state, sorted, groupBy).map((group): TreeNode => ({
          kind: 'group',
          id: `group/${group.key}`,
          group,
          state,
        }));
  const rows = [...troubleNodes(state), ...list];
  return rows.length === 0 && total === 0 && isFirstLoad(state) ? [{ kind: 'loading', id: 'loading' }] : rows;
}

/**
 * The rows below a row.
 * @param limit the most instances and creates to show
 */
export function childrenOf(node: TreeNode, limit = Infinity): TreeNode[] {
  switch (node.kind) {
    case 'instance':
      return instanceChildren(node);
    case 'operation':
      return operationFacts(node.operation).map((fact) => factNode(node.id, fact));
    case 'group':
      return memberNodes(node.state, `${node.id}/`, node.group.members, limit);
    case 'tags':
      return node.tags.map((tag, index) => ({ kind: 'tag', id: `${node.id}/${String(index)}`, tag }));
    case 'fact':
    case 'address':
    case 'tag':
    case 'more':
    case 'accountProblem':
    case 'failure':
    case 'loading':
      return [];
  }
}

/** True when both rows read the same, look the same and carry the same. */
export function sameNode(before: TreeNode, now: TreeNode): boolean {
  if (before.kind === 'group' && now.kind === 'group') {
    const [a, b] = [before.group, now.group];
    return a.label === b.label && a.note === b.note && a.members.length === b.members.length;
  }
  // What did not change is the same object mostly, and so compared at once.
  return isDeepStrictEqual(before, now);
}

/** The instance with its group and its place in the list, counted with the rows of the first level or of the group. */
export function locate(
  roots: readonly TreeNode[],
  instanceId: string,
): { readonly group?: TreeNode; readonly node: TreeNode; readonly index: number } | undefined {
  const index = roots.findIndex((node) => instanceIdOf(node) === instanceId);
  const node = roots[index];
  if (node !== undefined) return { node, index };
  for (const group of roots) {
    if (group.kind !== 'group') continue;
    const at = group.group.members.findIndex((member) => instanceIdOf(member) === instanceId);
    const member = group.group.members[at];
    if (member !== undefined) return { group, node: memberNode(group.state, `${group.id}/`, member), index: at };
  }
  return undefined;
}

function instanceIdOf(row: TreeNode | Member): string | undefined {
  if (row.kind === 'instance') return row.instance.id;
  return row.kind === 'operation' ? row.operation.instanceId : undefined;
}

/** @param prefix of the ids of the rows; empty on the first level */
function memberNodes(state: TreeState, prefix: string, members: readonly Member[], limit: number): TreeNode[] {
  const rows = members.slice(0, limit).map((member) => memberNode(state, prefix, member));
  const left = members.length - rows.length;
  if (left === 0) return rows;
  return [...rows, { kind: 'more', id: `${prefix}more`, list: prefix.slice(0, -1), next: Math.min(limit, left), left }];
}

function memberNode(state: TreeState, prefix: string, member: Member): TreeNode {
  const id = `${prefix}${member.key}`;
  if (member.kind === 'operation') {
    const { operation } = member;
    return { kind: 'operation', id, operation, place: placeOf(state, operation) };
  }
  const { instance, operations } = member;
  const project = instance.projectId === undefined ? undefined : state.projects?.get(instance.projectId);
  return {
    kind: 'instance',
    id,
    instance,
    operations,
    standing: standingOf(instance, operations, state.now),
    place: placeOf(state, instance),
    ...(project === undefined ? {} : { project }),
  };
}

function placeOf(state: TreeState, { accountId, region }: { accountId: string; region: string }): string[] {
  const by: GroupBy = state.arrangement.groupBy;
  return [
    ...(state.accounts.length > 1 && by !== 'account' ? [accountLabel(state, accountId)] : []),
    ...(by === 'region' ? [] : [region]),
  ];
}

function factNode(parent: string, fact: Fact): FactNode {
  return { kind: 'fact', id: `${parent}/${fact.name}`, fact };
}

function instanceChildren({ id, instance, project }: InstanceNode): TreeNode[] {
  const facts = instanceFacts(instance, project).map((fact) => factNode(id, fact));
  const addresses = instance.addresses.map((address, index): TreeNode => ({
    kind: 'address',
    id: `${id}/address/${String(index)}`,
    address,
  }));
  return [...facts, ...addresses, tagsNode(`${id}/tags`, instance.tags)];
}

function tagsNode(id: string, tags: readonly Tag[]): TreeNode {
  return tags.length === 0
    ? { kind: 'fact', id, fact: { name: 'tags', label: l10n.t('Tags'), value: l10n.t('None') } }
    : { kind: 'tags', id, tags };
}
