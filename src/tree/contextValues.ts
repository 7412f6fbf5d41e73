import { operationKinds, operationStates, type OperationView } from '../domain/operation.ts';
import type { StatusGroup } from '../domain/status.ts';
import { statusGroup } from '../domain/status.ts';
import type { TreeNode } from './nodes.ts';
import type { Standing } from './standing.ts';

/**
 * What the menus of package.json match on: words with dots between them, always in this order.
 *
 *     instance . usable | making | busy | gone | unknown          the group of its status
 *              . closed | open | timed | changing                 public access; `timed` is open and closes by itself
 *              [ . undo | deleting ]                              a deletion that can be undone, or that is under way
 *              [ . requestId ]                                    there is one to copy
 *
 *     operation . create | delete | openPublic | closePublic      in the view "Activity", and a create without instance
 *               . scheduled | sending | settling | working | done | failed | unsettled
 *               [ . requestId ]
 *
 * Every other row has the one word of its kind. Expressions for `when` clauses, each to be read as a whole word:
 *
 *     /^instance\./                                               any instance
 *     /^instance\.usable\b/                                       one that takes connections
 *     /^instance\.(?!.*\.(undo|deleting))/                        one that is not being deleted
 *     /^instance\.usable\.closed(?!.*\.(undo|deleting))/          public access can be opened
 *     /^instance\.\w+\.(open|timed)\b/                            public access can be closed
 *     /^instance\..*\.undo\b/                                     its deletion can be undone
 *     /^operation\.\w+\.(done|failed|unsettled)\b/                it can be dismissed
 *     /\.requestId$/                                              a request id can be copied
 */
export function contextValue(node: TreeNode): string {
  switch (node.kind) {
    case 'instance': {
      const { instance, operations, standing } = node;
      const requestId = instance.createRequestId ?? createOf(operations)?.requestId;
      return dotted(
        'instance',
        statusGroup(instance.status),
        accessWord(standing),
        deletionWord(standing),
        requestId === undefined ? '' : 'requestId',
      );
    }
    case 'operation':
      return operationContext(node.operation);
    default:
      return node.kind;
  }
}

export function operationContext({ kind, state, requestId, explanation }: OperationView): string {
  return dotted('operation', kind, state, (requestId ?? explanation?.requestId) === undefined ? '' : 'requestId');
}

/** The create that an instance came from, while that is known. */
export function createOf(operations: readonly OperationView[]): OperationView | undefined {
  return operations.find(({ kind }) => kind === 'create');
}

type AccessWord = 'closed' | 'open' | 'timed' | 'changing';

function accessWord({ access }: Standing): AccessWord {
  switch (access.kind) {
    case 'closed':
    case 'timed':
    case 'open':
    case 'changing':
      return access.kind;
    case 'stillOpen':
      return 'open';
    case 'opening':
    case 'closing':
      return 'changing';
  }
}

function deletionWord({ deletion }: Standing): '' | 'undo' | 'deleting' {
  switch (deletion.kind) {
    case 'none':
    case 'unsettled':
      return '';
    case 'scheduled':
      return 'undo';
    case 'deleting':
      return 'deleting';
  }
}

function dotted(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join('.');
}

const groups: readonly StatusGroup[] = ['usable', 'making', 'busy', 'gone', 'unknown'];
const accesses: readonly AccessWord[] = ['closed', 'open', 'timed', 'changing'];
const ends = ['', 'requestId'] as const;

/** Every value that a row of either view can have. */
export const contextValues: readonly string[] = [
  ...groups.flatMap((group) =>
    accesses.flatMap((access) =>
      ['', 'undo', 'deleting'].flatMap((deletion) =>
        ends.map((end) => dotted('instance', group, access, deletion, end)),
      ),
    ),
  ),
  ...operationKinds.flatMap((kind) =>
    operationStates.flatMap((state) => ends.map((end) => dotted('operation', kind, state, end))),
  ),
  ...['group', 'more', 'fact', 'address', 'tags', 'tag', 'accountProblem', 'failure', 'loading'],
];
