import ts from 'typescript';

/** A place in the source at which it waits. */
export interface Site {
  /** `src/instances/journal.ts:123:5`, lines and columns from 1. */
  readonly point: string;
  /** The same without numbers, for lists that outlive an edit: `src/instances/journal.ts write: folder.write(…)`. */
  readonly name: string;
}

export interface Instrumented {
  readonly text: string;
  readonly sites: readonly Site[];
}

const callbacks: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

/** The most of an expression that a name repeats. */
const longest = 60;

/**
 * The source with every `await`, `for await`, and every callback of a promise telling `points.ts` when it is passed.
 * What it does stays the same, and so do its lines.
 * @param file path from the root of the project, with slashes
 * @param runtime what to import `points.ts` as
 */
export function instrumented(source: string, file: string, runtime: string): Instrumented {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const sites: Site[] = [];
  const edits: { readonly at: number; readonly text: string }[] = [];

  function wrap(node: ts.Node, what: ts.Node, call: string): void {
    const { line, character } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    const point = `${file}:${String(line + 1)}:${String(character + 1)}`;
    const words = what.getText(tree).replace(/\s+/gu, ' ');
    const text = words.length > longest ? `${words.slice(0, longest - 1)}…` : words;
    if (!sites.some((site) => site.point === point)) sites.push({ point, name: `${file} ${homeOf(node)}: ${text}` });
    edits.push({ at: what.getStart(tree), text: `${call}(${JSON.stringify(point)}, ` });
    edits.push({ at: what.getEnd(), text: ')' });
  }

  function visit(node: ts.Node): void {
    if (ts.isAwaitExpression(node)) {
      wrap(node, node.expression, '__points.awaited');
    } else if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) {
      wrap(node, node.expression, '__points.awaitedEach');
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name } = node.expression;
      const given = callbacks.has(name.text) ? node.arguments.filter((argument) => !isNothing(argument)) : [];
      for (const argument of given) wrap(argument, argument, '__points.called');
    }
    ts.forEachChild(node, visit);
  }

  visit(tree);
  // From the end, so that what is before stays where it is. Of what begins at one place the outermost was found first,
  // and is put in last.
  const order = edits.map((edit, index) => ({ ...edit, index })).sort((a, b) => b.at - a.at || b.index - a.index);
  let text = source;
  for (const edit of order) text = text.slice(0, edit.at) + edit.text + text.slice(edit.at);
  return { text: `import * as __points from ${JSON.stringify(runtime)}; ${text}`, sites };
}

function isNothing(node: ts.Expression): boolean {
  return ts.isIdentifier(node) && node.text === 'undefined';
}

/** The nearest thing around it that has a name. */
function homeOf(node: ts.Node): string {
  const home = ts.findAncestor(node.parent, (at): at is Named => isNamed(at));
  return home === undefined ? 'at the top' : home.name.text;
}

type Named = (ts.FunctionDeclaration | ts.MethodDeclaration | ts.VariableDeclaration | ts.PropertyAssignment) & {
  readonly name: ts.Identifier;
};

function isNamed(node: ts.Node): node is Named {
  const mayBe =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isPropertyAssignment(node);
  return mayBe && node.name !== undefined && ts.isIdentifier(node.name);
}
