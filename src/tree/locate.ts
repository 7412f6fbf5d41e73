import type { Place } from './elements.ts';
import type { InstanceMember, Member } from './members.ts';
import { memberNode, type TreeNode } from './nodes.ts';

/** The way to the instance, or to the create that it still is. */
export function locate(roots: readonly TreeNode[], instanceId: string): readonly Place<TreeNode>[] | undefined {
  for (const [index, node] of roots.entries()) {
    const way = wayTo(instanceId, node, index);
    if (way !== undefined) return way;
  }
  return undefined;
}

function wayTo(instanceId: string, node: TreeNode, index: number): readonly Place<TreeNode>[] | undefined {
  if (instanceIdOf(node) === instanceId) return [{ node, index }];
  if (node.kind === 'instance') {
    const at = node.replicas.findIndex(({ instance }) => instance.id === instanceId);
    const replica = node.replicas[at];
    return replica === undefined
      ? undefined
      : [
          { node, index },
          { node: replica, index: at },
        ];
  }
  if (node.kind !== 'group') return undefined;
  const { members } = node.group;
  const at = members.findIndex(
    (member) =>
      instanceIdOf(member) === instanceId || replicasOf(member).some(({ instance }) => instance.id === instanceId),
  );
  const member = members[at];
  if (member === undefined) return undefined;
  const below = wayTo(instanceId, memberNode(node.state, `${node.id}/`, member), at) ?? [];
  return [{ node, index }, ...below];
}

function replicasOf(member: Member): readonly InstanceMember[] {
  return member.kind === 'instance' ? member.replicas : [];
}

function instanceIdOf(row: TreeNode | Member): string | undefined {
  if (row.kind === 'instance') return row.instance.id;
  return row.kind === 'operation' ? row.operation.instanceId : undefined;
}
