/**
 * As much of the module `vscode` as `src/tree/treeView.ts` uses: a view that is always seen and that asks, as the
 * editor does, for the rows of the first level, for what is below those that are open, and for how each looks.
 */
interface Provider {
  readonly onDidChangeTreeData: (listener: (changed: readonly unknown[] | undefined) => void) => unknown;
  getTreeItem(element: unknown): Promise<unknown>;
  getChildren(element?: unknown): Promise<readonly unknown[]>;
}

/** Rows of the first level that are open. */
const opened = 5;

export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;
  constructor(label: string, collapsibleState: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;
  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

/** What was asked of the trees. */
export const drawn = { all: 0, rows: 0 };

async function draw(provider: Provider, parent: unknown, depth: number): Promise<void> {
  const rows = await provider.getChildren(parent);
  for (const [at, row] of rows.entries()) {
    await provider.getTreeItem(row);
    drawn.rows += 1;
    if (depth === 0 && at < opened) await draw(provider, row, depth + 1);
  }
}

async function drawAgain(provider: Provider, changed: readonly unknown[] | undefined): Promise<void> {
  if (changed === undefined) {
    drawn.all += 1;
    await draw(provider, undefined, 0);
    return;
  }
  for (const row of changed) {
    await provider.getTreeItem(row);
    drawn.rows += 1;
  }
}

export const window = {
  createTreeView(_id: string, { treeDataProvider }: { readonly treeDataProvider: Provider }) {
    let last: Promise<unknown> = drawAgain(treeDataProvider, undefined);
    treeDataProvider.onDidChangeTreeData((changed) => {
      last = last.then(() => drawAgain(treeDataProvider, changed));
    });
    return {
      visible: true,
      onDidChangeVisibility: () => ({ dispose: () => undefined }),
      reveal: () => Promise.resolve(),
      dispose: () => undefined,
    };
  },
};
