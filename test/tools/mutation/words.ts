import type { Ignorer } from '@stryker-mutator/api/ignore';

/** What is read here of a node of the syntax tree. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly object?: Node;
  readonly property?: Node;
  readonly callee?: Node;
  readonly arguments?: readonly Node[];
}

/** `log.warn` as `['log', 'warn']` */
function parts({ type, name, object, property }: Node): readonly (string | undefined)[] {
  return type === 'MemberExpression' ? [object?.name, property?.name] : [name];
}

/**
 * Sentences are read by people, not by the program: an emptied one is no bug that a test of behaviour would find.
 * Only the text itself is left alone; what is put into its blanks is mutated like everything else.
 */
export const wordsIgnorer: Ignorer = {
  shouldIgnore(path) {
    // Stryker gives a path of Babel and declares nothing of it.
    const { node, parent } = path as { readonly node: Node; readonly parent?: Node };
    if (parent?.callee === undefined || parent.arguments?.[0] !== node) return undefined;
    const [object, member] = parts(parent.callee);
    if (object === 'l10n' && member === 't') return 'words for people, translated by this very text';
    if (object === 'log' && member !== undefined) return 'the text of a line in the log';
    return undefined;
  },
};
