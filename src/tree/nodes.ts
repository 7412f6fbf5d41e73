import * as l10n from '@vscode/l10n';
import { isDeepStrictEqual } from 'node:util';
import type { KnownContents } from '../domain/contents.ts';
import type { Instance, NetworkAddress } from '../domain/instance.ts';
import type { OperationView } from '../domain/operation.ts';
import type { Tag } from '../domain/tag.ts';
import type { GroupBy } from './arrangement.ts';
import { contentsChildren, folderNodes, type ContentsNode } from './contentsNodes.ts';
import { instanceFacts, operationFacts, type Fact } from './facts.ts';
import { groupsOf, type Group } from './groups.ts';
import { createSort, filteredMembers, type InstanceMember, type Member, type Sort } from './members.ts';
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
  | ContentsNode
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
  /** Its read-only replicas, which stand below it. */
  readonly replicas: readonly InstanceNode[];
  /** What is known of what it holds. */
  readonly contents?: KnownContents;
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
    case 'databases':
    case 'accounts':
      return contentsChildren(node);
    case 'fact':
    case 'address':
    case 'tag':
    case 'database':
    case 'account':
    case 'placeholder':
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
  return before.kind === 'instance' && now.kind === 'instance'
    ? isDeepStrictEqual(ownOf(before), ownOf(now))
    : isDeepStrictEqual(before, now);
}

/** All that the row itself shows and carries; its replicas and what it holds have rows of their own. */
function ownOf({ instance, operations, standing, place, project }: InstanceNode): unknown[] {
  return [instance, operations, standing, place, project];
}

/** @param prefix of the ids of the rows; empty on the first level */
function memberNodes(state: TreeState, prefix: string, members: readonly Member[], limit: number): TreeNode[] {
  const rows = members.slice(0, limit).map((member) => memberNode(state, prefix, member));
  const left = members.length - rows.length;
  if (left === 0) return rows;
  return [...rows, { kind: 'more', id: `${prefix}more`, list: prefix.slice(0, -1), next: Math.min(limit, left), left }];
}

/** @param prefix likewise */
export function memberNode(state: TreeState, prefix: string, member: Member): TreeNode {
  if (member.kind === 'instance') return instanceNode(state, prefix, member, placeOf(state, member.instance));
  const { operation } = member;
  return { kind: 'operation', id: `${prefix}${member.key}`, operation, place: placeOf(state, operation) };
}

function instanceNode(
  state: TreeState,
  prefix: string,
  { key, instance, operations, replicas }: InstanceMember,
  place: readonly string[],
): InstanceNode {
  const id = `${prefix}${key}`;
  const project = instance.projectId === undefined ? undefined : state.projects?.get(instance.projectId);
  const contents = state.contents?.get(instance.id);
  return {
    kind: 'instance',
    id,
    instance,
    operations,
    standing: standingOf(instance, operations, state.now),
    place,
    ...(project === undefined ? {} : { project }),
    replicas: replicas.map((replica) => instanceNode(state, `${id}/`, replica, placeBelow(instance, replica.instance))),
    ...(contents === undefined ? {} : { contents }),
  };
}

/** What the primary says already is left out. */
function placeBelow(primary: Instance, replica: Instance): string[] {
  return primary.region === replica.region ? [] : [replica.region];
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

function instanceChildren({ id, instance, project, replicas, contents = {} }: InstanceNode): TreeNode[] {
  const facts = instanceFacts(instance, project).map((fact) => factNode(id, fact));
  const addresses = instance.addresses.map((address, index): TreeNode => ({
    kind: 'address',
    id: `${id}/address/${String(index)}`,
    address,
  }));
  return [
    ...replicas,
    ...folderNodes(id, instance, contents),
    ...facts,
    ...addresses,
    tagsNode(`${id}/tags`, instance.tags),
  ];
}

function tagsNode(id: string, tags: readonly Tag[]): TreeNode {
  return tags.length === 0
    ? { kind: 'fact', id, fact: { name: 'tags', label: l10n.t('Tags'), value: l10n.t('None') } }
    : { kind: 'tags', id, tags };
}
