import { isDeepStrictEqual } from 'node:util';
import { childrenOf, rootNodes, type TreeNode, type TreeState } from './nodes.ts';

/**
 * A row as VS Code holds it: the object stays the same while the row does, and `node` is always what is known now.
 * Commands of the row's menu get it as their argument.
 */
export interface TreeElement {
  readonly node: TreeNode;
  /** Absent on the first level. */
  readonly parent?: TreeElement;
}

/** Keeps the identity of rows by their id. */
export interface Elements {
  roots(): TreeElement[];
  childrenOf(element: TreeElement): TreeElement[];
  /** The row of an instance, or of the create that has no instance yet. */
  find(instanceId: string): TreeElement | undefined;
  /** Takes the state as it is now. `'all'`: rows came, went or moved; else the first-level rows that changed. */
  update(): 'all' | readonly TreeElement[];
}

interface Entry extends TreeElement {
  node: TreeNode;
}

export function createElements(state: () => TreeState): Elements {
  const entries = new Map<string, Entry>();
  let shown: readonly string[] = [];

  function adopt(node: TreeNode, parent: TreeElement | undefined): TreeElement {
    const known = entries.get(node.id);
    if (known !== undefined) {
      known.node = node;
      return known;
    }
    const entry: Entry = parent === undefined ? { node } : { node, parent };
    entries.set(node.id, entry);
    return entry;
  }

  function forget(roots: ReadonlySet<string>): void {
    for (const [id, entry] of entries) {
      if (!roots.has(rootOf(entry).node.id)) entries.delete(id);
    }
  }

  function roots(): TreeElement[] {
    const nodes = rootNodes(state());
    shown = nodes.map((node) => node.id);
    return nodes.map((node) => adopt(node, undefined));
  }

  return {
    roots,

    childrenOf: (element) => childrenOf(element.node).map((node) => adopt(node, element)),

    find(instanceId) {
      const node = rootNodes(state()).find((one) => instanceIdOf(one) === instanceId);
      // A row that is shown is left as it is: `update` has yet to say that it changed.
      return node === undefined ? undefined : (entries.get(node.id) ?? adopt(node, undefined));
    },

    update() {
      const before = new Map([...entries].map(([id, entry]) => [id, entry.node]));
      const shownBefore = shown;
      const now = roots();
      if (!isDeepStrictEqual(shown, shownBefore)) {
        forget(new Set(shown));
        return 'all';
      }
      return now.filter(({ node }) => !isDeepStrictEqual(before.get(node.id), node));
    },
  };
}

function rootOf(element: TreeElement): TreeElement {
  return element.parent === undefined ? element : rootOf(element.parent);
}

function instanceIdOf(node: TreeNode): string | undefined {
  if (node.kind === 'instance') return node.instance.id;
  return node.kind === 'operation' ? node.operation.instanceId : undefined;
}
