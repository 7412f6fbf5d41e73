import type { TreeModel } from './elements.ts';
import { locate } from './locate.ts';
import { createSort } from './members.ts';
import { childrenOf, rootNodes, sameNode, type TreeNode } from './nodes.ts';
import type { TreeState } from './treeState.ts';

/** The view "Instances" as data. Rows are found by the id of their instance. */
export function createInstanceModel(state: () => TreeState): TreeModel<TreeNode> {
  const sort = createSort();
  return {
    roots: (limit) => rootNodes(state(), limit, sort),
    childrenOf,
    same: sameNode,
    isList: ({ kind }) => kind === 'group' || kind === 'instance',
    locate: (instanceId) => locate(rootNodes(state(), Infinity, sort), instanceId),
  };
}
