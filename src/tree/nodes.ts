import * as l10n from '@vscode/l10n';
import type { Explanation } from '../domain/explanation.ts';
import type { Instance, NetworkAddress } from '../domain/instance.ts';
import type { OperationState, OperationView } from '../domain/operation.ts';
import type { RegionState } from '../domain/regionState.ts';
import { statusGroup, type StatusGroup } from '../domain/status.ts';
import type { Tag } from '../domain/tag.ts';
import { instanceFacts, operationFacts, type Fact } from './facts.ts';

/** A row. Nodes are data: no calls, no timers. `id` is unique in the tree and stays while the row means the same. */
export type TreeNode =
  | {
      readonly kind: 'instance';
      readonly id: string;
      readonly instance: Instance;
      /** The create that it came from, while that is known. */
      readonly operation?: OperationView;
    }
  /** A create without an instance to show for it. */
  | { readonly kind: 'operation'; readonly id: string; readonly operation: OperationView }
  | { readonly kind: 'fact'; readonly id: string; readonly fact: Fact }
  | { readonly kind: 'address'; readonly id: string; readonly address: NetworkAddress }
  | { readonly kind: 'group'; readonly id: string; readonly label: string; readonly children: readonly TreeNode[] }
  | { readonly kind: 'tag'; readonly id: string; readonly tag: Tag }
  /** A refresh that failed, in every region where it failed for the same reason. */
  | {
      readonly kind: 'failure';
      readonly id: string;
      readonly regions: readonly string[];
      readonly explanation: Explanation;
    }
  /** With a region: it is being tried again. Without: nothing is known yet. */
  | { readonly kind: 'loading'; readonly id: string; readonly region?: string };

/** All that the tree shows, of the account in use. */
export interface TreeState {
  readonly signedIn: boolean;
  /** True while the local simulator stands in for the service. */
  readonly simulator: boolean;
  readonly regions: readonly RegionState[];
  readonly operations: readonly OperationView[];
  /** Regions whose list is being read at this moment. */
  readonly refreshing: ReadonlySet<string>;
}

/** The rows of the first level: trouble first, then instances and creates by name. Empty when signed out. */
export function rootNodes(state: TreeState): TreeNode[] {
  if (!state.signedIn) return [];
  // By id, since VS Code refuses the whole tree when two rows have the same.
  const instances = new Map(state.regions.flatMap((region) => region.instances).map((one) => [one.id, one]));
  const creates = new Map(state.operations.map((one) => [one.id, one]));
  const origins = new Map(state.operations.map((one) => [one.instanceId, one]));

  const named = [
    ...[...instances.values()].map((instance) => ({
      name: instance.name,
      node: instanceNode(instance, origins.get(instance.id)),
    })),
    ...[...creates.values()]
      .filter((operation) => operation.instanceId === undefined || !instances.has(operation.instanceId))
      .map((operation) => ({ name: operation.name, node: operationNode(operation) })),
  ];
  named.sort((a, b) => byName(a.name, b.name) || (a.node.id < b.node.id ? -1 : 1));

  const rows = [...troubleNodes(state), ...named.map(({ node }) => node)];
  return rows.length === 0 && firstLoad(state) ? [{ kind: 'loading', id: 'loading' }] : rows;
}

let collator: Intl.Collator | undefined;

/** Numbers in names are compared as numbers. Made when first needed: it costs more than loading all the rest. */
function byName(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(a, b);
}

/** The rows below a row. */
export function childrenOf(node: TreeNode): TreeNode[] {
  switch (node.kind) {
    case 'instance':
      return instanceChildren(node.id, node.instance);
    case 'operation':
      return operationFacts(node.operation).map((fact) => factNode(node.id, fact));
    case 'group':
      return [...node.children];
    case 'fact':
    case 'address':
    case 'tag':
    case 'failure':
    case 'loading':
      return [];
  }
}

/** What the menus of package.json match on. */
export function contextValue(node: TreeNode): string {
  switch (node.kind) {
    case 'instance':
      return withSuffix(`instance.${statusGroup(node.instance.status)}`, node.instance.createRequestId);
    case 'operation':
      return withSuffix(`operation.${node.operation.state}`, node.operation.requestId);
    default:
      return node.kind;
  }
}

/** Menus offer to copy a request id only where there is one. */
function withSuffix(value: string, requestId: string | undefined): string {
  return requestId === undefined ? value : `${value}.requestId`;
}

const groups: readonly StatusGroup[] = ['usable', 'making', 'busy', 'gone', 'unknown'];
const states: readonly OperationState[] = ['sending', 'settling', 'making', 'failed', 'unsettled'];

/** Every value that `contextValue` can give. */
export const contextValues: readonly string[] = [
  ...groups.flatMap((group) => [`instance.${group}`, `instance.${group}.requestId`]),
  ...states.flatMap((state) => [`operation.${state}`, `operation.${state}.requestId`]),
  ...['fact', 'group', 'address', 'tag', 'failure', 'loading'],
];

function instanceNode(instance: Instance, operation: OperationView | undefined): TreeNode {
  const id = `instance/${instance.id}`;
  return operation === undefined ? { kind: 'instance', id, instance } : { kind: 'instance', id, instance, operation };
}

function operationNode(operation: OperationView): TreeNode {
  return { kind: 'operation', id: `operation/${operation.id}`, operation };
}

function factNode(parent: string, fact: Fact): TreeNode {
  return { kind: 'fact', id: `${parent}/${fact.name}`, fact };
}

function instanceChildren(parent: string, instance: Instance): TreeNode[] {
  const facts = instanceFacts(instance).map((fact) => factNode(parent, fact));
  const addresses = instance.addresses.map((address, index): TreeNode => ({
    kind: 'address',
    id: `${parent}/address/${String(index)}`,
    address,
  }));
  return [...facts, ...addresses, tagsNode(`${parent}/tags`, instance.tags)];
}

function tagsNode(id: string, tags: readonly Tag[]): TreeNode {
  if (tags.length === 0)
    return { kind: 'fact', id, fact: { name: 'tags', label: l10n.t('Tags'), value: l10n.t('None') } };
  const children = tags.map((tag, index): TreeNode => ({ kind: 'tag', id: `${id}/${String(index)}`, tag }));
  return { kind: 'group', id, label: l10n.t('Tags'), children };
}

/** One row for each reason of failure, and one for each failed region that is being tried again. */
function troubleNodes(state: TreeState): TreeNode[] {
  const retried: TreeNode[] = [];
  const reasons = new Map<string, { regions: string[]; explanation: Explanation }>();
  for (const { region, failure } of state.regions) {
    if (failure === undefined) continue;
    if (state.refreshing.has(region)) {
      retried.push({ kind: 'loading', id: `loading/${region}`, region });
      continue;
    }
    const reason = `${failure.kind}: ${failure.meaning}`;
    const known = reasons.get(reason);
    if (known === undefined) reasons.set(reason, { regions: [region], explanation: failure });
    else known.regions.push(region);
  }
  const failures = [...reasons.values()].map(({ regions, explanation }): TreeNode => ({
    kind: 'failure',
    id: `failure/${regions.join('/')}`,
    regions,
    explanation,
  }));
  return [...failures, ...retried];
}

/** True while a region is read of which nothing was ever known. */
function firstLoad(state: TreeState): boolean {
  const known = new Set(state.regions.filter((one) => one.refreshedAt !== undefined).map((one) => one.region));
  return [...state.refreshing].some((region) => !known.has(region));
}
