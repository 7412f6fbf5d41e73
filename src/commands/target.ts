import type { Instance } from '../domain/instance.ts';
import type { OperationView } from '../domain/operation.ts';
import type { TreeElement } from '../tree/elements.ts';

/** The tree hands its row to a command of the row's menu; our own code hands an instance. */
export function instanceOf(argument: unknown): Instance | undefined {
  const node = nodeOf(argument);
  return node?.kind === 'instance' ? node.instance : undefined;
}

export function operationOf(argument: unknown): OperationView | undefined {
  const node = nodeOf(argument);
  if (node?.kind === 'operation') return node.operation;
  return node?.kind === 'instance' ? node.operation : undefined;
}

function nodeOf(argument: unknown): TreeElement['node'] | undefined {
  if (typeof argument !== 'object' || argument === null || !('node' in argument)) return undefined;
  // VS Code calls these commands with rows of our own tree only; they are hidden from the palette.
  return (argument as TreeElement).node;
}

/** The request that made an instance, or that a create was sent with. */
export function requestIdOf(argument: unknown): string | undefined {
  return operationOf(argument)?.requestId ?? instanceOf(argument)?.createRequestId;
}
