import type { Database, ServerAccount } from '../domain/contents.ts';
import type { Instance } from '../domain/instance.ts';
import type { OperationKind, OperationView } from '../domain/operation.ts';
import type { ActivityNode } from '../tree/activity.ts';
import type { TreeElement } from '../tree/elements.ts';
import type { TreeNode } from '../tree/nodes.ts';

/**
 * What a command was called on. The editor hands it the row, and with several selected rows all of them beside it:
 * `argument` is the row, `selected` all rows or nothing.
 */
type Node = TreeNode | ActivityNode;

/** The instance of the row. */
export function instanceOf(argument: unknown): Instance | undefined {
  const node = nodeOf(argument);
  return node?.kind === 'instance' ? node.instance : undefined;
}

/** The instance of the row, or that of the folder, database or account which the row is. */
export function instanceAround(argument: unknown): Instance | undefined {
  const node = nodeOf(argument);
  switch (node?.kind) {
    case 'instance':
    case 'databases':
    case 'accounts':
    case 'database':
    case 'account':
    case 'placeholder':
      return node.instance;
    default:
      return undefined;
  }
}

/** The database of the row. */
export function databaseOf(argument: unknown): Database | undefined {
  const node = nodeOf(argument);
  return node?.kind === 'database' ? node.database : undefined;
}

/** The account of the row, which is one inside an instance. */
export function serverAccountOf(argument: unknown): ServerAccount | undefined {
  const node = nodeOf(argument);
  return node?.kind === 'account' ? node.account : undefined;
}

/** The instances of all selected rows, each once; that of the row alone when it is not one of them. */
export function instancesOf(argument: unknown, selected: unknown): Instance[] {
  const instances = rowsOf(argument, selected)
    .map(instanceOf)
    .filter((instance) => instance !== undefined);
  return [...new Map(instances.map((instance) => [instance.id, instance])).values()];
}

/** The operation of a row that shows one. */
export function operationOf(argument: unknown): OperationView | undefined {
  const node = nodeOf(argument);
  return node?.kind === 'operation' ? node.operation : undefined;
}

export function operationsOf(argument: unknown, selected: unknown): OperationView[] {
  return rowsOf(argument, selected)
    .map(operationOf)
    .filter((operation) => operation !== undefined);
}

/** The operations of this kind that wait for their time, of rows that show an operation or an instance. */
export function scheduledOf(argument: unknown, selected: unknown, kind: OperationKind): OperationView[] {
  return rowsOf(argument, selected).flatMap((row) => {
    const node = nodeOf(row);
    const operations = node?.kind === 'instance' ? node.operations : node?.kind === 'operation' ? [node.operation] : [];
    return operations.filter((one) => one.kind === kind && one.state === 'scheduled');
  });
}

/** The request of an operation, or the one that made an instance. */
export function requestIdOf(argument: unknown): string | undefined {
  const node = nodeOf(argument);
  if (node?.kind === 'operation') return node.operation.requestId ?? node.operation.explanation?.requestId;
  if (node?.kind !== 'instance') return undefined;
  return node.instance.createRequestId ?? node.operations.find(({ kind }) => kind === 'create')?.requestId;
}

/** The list that a row "Show more" ends: the id of the row above it, empty for the first level. */
export function listOf(argument: unknown): string | undefined {
  const node = nodeOf(argument);
  return node?.kind === 'more' ? node.list : undefined;
}

function rowsOf(argument: unknown, selected: unknown): readonly unknown[] {
  return Array.isArray(selected) && selected.includes(argument) ? selected : [argument];
}

function nodeOf(argument: unknown): Node | undefined {
  if (typeof argument !== 'object' || argument === null || !('node' in argument)) return undefined;
  // VS Code calls these commands with rows of our own trees only; they are hidden from the palette.
  return (argument as TreeElement<Node>).node;
}
