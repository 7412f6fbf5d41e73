import { isReplica } from '../domain/instance.ts';
import type { Capability, Offering } from '../domain/offerings/offering.ts';
import { findOffering, offerings } from '../domain/offerings/offerings.ts';
import { operationKinds, operationStates, type OperationView } from '../domain/operation.ts';
import { statusGroup, type StatusGroup } from '../domain/status.ts';
import type { TreeNode } from './nodes.ts';
import type { Standing } from './standing.ts';

/**
 * What the menus of package.json match on: words with dots between them, always in this order.
 *
 *     instance . usable | making | busy | binned | gone | unknown the group of its status
 *              . closed | open | timed | changing                 public access; `timed` is open and closes by itself
 *              [ . undo | deleting ]                              a deletion that can be undone, or that is under way
 *              [ . protected ]                                    it refuses to be deleted
 *              [ . replica ]                                      it follows another one and is only read
 *              [ . delete ] [ . recycleBin ] [ . rename ]         what its kind can do, each a word of its own;
 *              [ . restart ] [ . resize ] [ . contents ]          of a kind that this version does not know: none
 *              [ . publicAccess ] [ . deletionProtection ]
 *              [ . securityGroups ] [ . toldPassword ]
 *              [ . requestId ]                                    there is one to copy
 *
 *     operation . create | delete | openPublic | …                in the view "Activity", and a create without instance;
 *                                                                 the kinds of operation.ts
 *               . scheduled | sending | settling | working | done | failed | unsettled
 *               [ . candidates ]                                a person can say which instance it has made
 *               [ . requestId ]
 *
 * Every other row has the one word of its kind; `databases` and `accounts` are the folders of `database` and `account`.
 * Expressions for `when` clauses, each to be read as a whole word:
 *
 *     /^instance\./                                               any instance
 *     /^instance\.usable\b/                                       one that takes connections
 *     /^instance\.usable\b.*\.restart\b/                          one that can be restarted
 *     /^instance\.binned\b.*\.recycleBin\b/                       it can be restored or destroyed
 *     /^instance\.(?!.*\.(undo|deleting))/                        one that is not being deleted
 *     /^instance\.(?!.*\.(undo|deleting)).*\.delete\b/            it can be deleted at once
 *     /^instance\.(?!.*\.protected\b).*\.deletionProtection\b/   protection can be turned on
 *     /^instance\..*\.protected\b.*\.deletionProtection\b/       protection can be turned off
 *     /^instance\.usable\.closed(?!.*\.(undo|deleting))/          public access can be opened
 *     /^instance\.\w+\.(open|timed)\b/                            public access can be closed
 *     /^instance\..*\.undo\b/                                     its deletion can be undone
 *     /^operation\.\w+\.(done|failed|unsettled)\b/                it can be dismissed
 *     /^operation\.create\.unsettled\.candidates\b/              it can be asked which instance it is
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
        instance.deletionProtection === true ? 'protected' : '',
        isReplica(instance) ? 'replica' : '',
        ...abilityWords(findOffering(instance.offering)),
        requestId === undefined ? '' : 'requestId',
      );
    }
    case 'operation':
      return operationContext(node.operation);
    default:
      return node.kind;
  }
}

/** What menus go by, in the order in which it stands. */
const abilities = [
  'delete',
  'recycleBin',
  'rename',
  'restart',
  'resize',
  'contents',
  'publicAccess',
  'deletionProtection',
  'securityGroups',
  'toldPassword',
] as const satisfies readonly Capability[];

function abilityWords(offering: Offering | undefined): string[] {
  return abilities.filter((ability) => offering?.can(ability) ?? false);
}

export function operationContext({ kind, state, candidates, requestId, explanation }: OperationView): string {
  const isAsked = candidates !== undefined;
  return dotted(
    'operation',
    kind,
    state,
    isAsked ? 'candidates' : '',
    (requestId ?? explanation?.requestId) === undefined ? '' : 'requestId',
  );
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

const groups: readonly StatusGroup[] = ['usable', 'making', 'busy', 'binned', 'gone', 'unknown'];
const accesses: readonly AccessWord[] = ['closed', 'open', 'timed', 'changing'];
const deletions = ['', 'undo', 'deleting'] as const;
const others = [
  'group',
  'more',
  'fact',
  'address',
  'tags',
  'tag',
  'databases',
  'accounts',
  'database',
  'account',
  'placeholder',
  'accountProblem',
  'failure',
  'loading',
] as const;

/** Every value that a row of either view can have. Nobody needs them while the extension runs. */
export const contextValues: readonly string[] = /* @__PURE__ */ everyContextValue();

function everyContextValue(): string[] {
  const instances = combined([
    ['instance'],
    groups,
    accesses,
    deletions,
    ['', 'protected'],
    ['', 'replica'],
    [undefined, ...offerings].map((offering) => dotted(...abilityWords(offering))),
    ['', 'requestId'],
  ]);
  const operations = combined([['operation'], operationKinds, operationStates, ['', 'candidates'], ['', 'requestId']]);
  return [...instances, ...operations, ...others];
}

/** Every way to take one word of each list. */
function combined(lists: readonly (readonly string[])[]): string[] {
  return lists.reduce<string[]>((begun, words) => begun.flatMap((one) => words.map((word) => dotted(one, word))), ['']);
}
