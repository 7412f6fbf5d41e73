/** What a tree shows, as data. */
export interface TreeModel<N extends { readonly id: string }> {
  /** The rows of the first level as they are now, at most so many of a long list. */
  roots(limit: number): readonly N[];
  /** The rows below a row, out of what the row holds. */
  childrenOf(node: N, limit: number): readonly N[];
  /** True when a row need not be drawn anew. */
  same(before: N, now: N): boolean;
  /** True for a row below which other rows may change while it stays the same. */
  isList(node: N): boolean;
  /** The way to the row with this key as it is now: the rows above it from the first level on, and itself last. */
  locate(key: string): readonly Place<N>[] | undefined;
}

/** A row and where it stands among the rows of its list. */
export interface Place<N> {
  readonly node: N;
  readonly index: number;
}

/**
 * A row as VS Code holds it: the object stays the same while the row does, and `node` is always what is known now.
 * Commands of the row's menu get it as their argument.
 */
export interface TreeElement<N> {
  readonly node: N;
  /** Absent on the first level. */
  readonly parent?: TreeElement<N>;
}

/** The rows to draw anew: everything, or only these with what is below them. */
export type Changed<N> = 'all' | readonly TreeElement<N>[];

/** Keeps the identity of rows by their id, and knows which of them were handed out. */
export interface Elements<N> {
  roots(): TreeElement<N>[];
  childrenOf(element: TreeElement<N>): TreeElement<N>[];
  /** A row to reveal. When its list has to be shown further for it, `update` says so. */
  find(key: string): TreeElement<N> | undefined;
  /** Takes the state as it is now. Rows that nobody asked for cost nothing. */
  update(): Changed<N>;
  /** Shows more of a long list: that below the row with this id, or the first level's for an empty id. */
  showMore(list: string): Changed<N>;
}

/** How many rows of a long list are shown at first. Each step shows as many again as there are. */
export const pageSize = 200;

/** The rows below one row, or those of the first level. */
interface Level<N> {
  limit: number;
  /** In the order in which they were handed out; `undefined` while nobody asked. */
  shown: readonly string[] | undefined;
  rows: Map<string, Entry<N>>;
}

interface Entry<N> extends TreeElement<N> {
  node: N;
  readonly parent?: Entry<N>;
  readonly level: Level<N>;
}

export function createElements<N extends { readonly id: string }>(model: TreeModel<N>): Elements<N> {
  const first = newLevel<N>();

  /** Rows that went are forgotten with all that was below them. */
  function handOut(level: Level<N>, nodes: readonly N[], parent: Entry<N> | undefined): Entry<N>[] {
    const entries = nodes.map((node) => {
      const entry = level.rows.get(node.id) ?? newEntry(node, parent);
      entry.node = node;
      return entry;
    });
    level.rows = new Map(entries.map((entry) => [entry.node.id, entry]));
    level.shown = nodes.map(({ id }) => id);
    return entries;
  }

  function entryOf(element: TreeElement<N>): Entry<N> | undefined {
    const level = element.parent === undefined ? first : entryOf(element.parent)?.level;
    return level?.rows.get(element.node.id);
  }

  function visit(level: Level<N>, nodes: readonly N[], changed: Entry<N>[]): void {
    for (const node of nodes) {
      const entry = level.rows.get(node.id);
      if (entry === undefined) continue;
      const same = model.same(entry.node, node);
      entry.node = node;
      // Whoever draws a row anew asks for the rows below it again.
      if (!same) changed.push(entry);
      else if (model.isList(node) && entry.level.shown !== undefined) {
        const children = model.childrenOf(node, entry.level.limit);
        if (isShown(entry.level, children)) visit(entry.level, children, changed);
        else changed.push(entry);
      }
    }
  }

  function update(): Changed<N> {
    const nodes = model.roots(first.limit);
    if (!isShown(first, nodes)) {
      handOut(first, nodes, undefined);
      return 'all';
    }
    const changed: Entry<N>[] = [];
    visit(first, nodes, changed);
    return changed;
  }

  return {
    roots: () => handOut(first, model.roots(first.limit), undefined),

    childrenOf(element) {
      const entry = entryOf(element);
      if (entry === undefined) return [];
      return handOut(entry.level, model.childrenOf(entry.node, entry.level.limit), entry);
    },

    find(key) {
      let found: Entry<N> | undefined;
      for (const { node, index } of model.locate(key) ?? []) {
        const level: Level<N> = found?.level ?? first;
        while (level.limit <= index) level.limit *= 2;
        found = adopt(level, node, found);
      }
      return found;
    },

    update,

    showMore(list) {
      const level = list === '' ? first : first.rows.get(list)?.level;
      if (level !== undefined) level.limit *= 2;
      return update();
    },
  };
}

function newLevel<N>(): Level<N> {
  return { limit: pageSize, shown: undefined, rows: new Map() };
}

function newEntry<N>(node: N, parent: Entry<N> | undefined): Entry<N> {
  return { node, level: newLevel(), ...(parent === undefined ? {} : { parent }) };
}

/** A row that is known is left as it is: `update` has yet to say that it changed. */
function adopt<N extends { readonly id: string }>(level: Level<N>, node: N, parent: Entry<N> | undefined): Entry<N> {
  const entry = level.rows.get(node.id) ?? newEntry(node, parent);
  level.rows.set(node.id, entry);
  return entry;
}

function isShown<N extends { readonly id: string }>({ shown }: Level<N>, nodes: readonly N[]): boolean {
  return shown !== undefined && shown.length === nodes.length && nodes.every(({ id }, index) => id === shown[index]);
}
