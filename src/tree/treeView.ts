import * as vscode from 'vscode';
import { inTree } from '../domain/places.ts';
import type { Sleep } from '../domain/ports.ts';
import type { Changed, Elements, TreeElement } from './elements.ts';
import type { NodeView } from './nodeView.ts';
import type { ViewHeader } from './viewHeader.ts';

/** What a view shows. */
export interface TreeParts<N extends { readonly id: string }> {
  readonly elements: Elements<N>;
  describe(node: N): NodeView;
  header(): ViewHeader;
  /** Told when the rows below a row are wanted, which may be what has to be asked for. */
  opened?(node: N): Promise<void>;
  /** Milliseconds until words change by time alone; `undefined`: never. */
  nextTick(): number | undefined;
}

/** A view of VS Code that shows a tree model and follows it. */
export interface TreeView<N> {
  readonly view: vscode.TreeView<TreeElement<N>>;
  /** Shows a row and selects it. Resolves to false when there is none, because of a filter for instance. */
  reveal(key: string): Promise<boolean>;
  /** @param list id of the row whose list is long; empty for the first level */
  showMore(list: string): void;
  dispose(): void;
}

/** How long changes are gathered before the rows follow, in milliseconds: a refresh brings one for every region. */
const gathering = 100;

/**
 * @param deps.id of the view in package.json
 * @param deps.load what the view shows; called when it is first seen, or has something to tell while it is not
 * @param deps.tells true while the view's badge says something, seen or not
 * @param deps.onDidChange calls back after anything in the model changed
 */
export function createTreeView<N extends { readonly id: string }>(deps: {
  readonly id: string;
  readonly load: () => Promise<TreeParts<N>>;
  readonly tells: () => boolean;
  readonly onDidChange: (listener: () => void) => { dispose(): void };
  readonly canSelectMany: boolean;
  readonly sleep: Sleep;
  readonly background: (work: Promise<unknown>) => void;
}): TreeView<N> {
  const { sleep, background } = deps;
  const changes = new vscode.EventEmitter<TreeElement<N>[] | undefined>();
  const ending = new AbortController();
  let ticking = new AbortController();
  let gathered = false;
  let loading: Promise<TreeParts<N>> | undefined;
  let loaded: TreeParts<N> | undefined;

  const load = (): Promise<TreeParts<N>> =>
    (loading ??= deps.load().then((parts) => {
      loaded = parts;
      return parts;
    }));

  const view = vscode.window.createTreeView<TreeElement<N>>(deps.id, {
    treeDataProvider: {
      onDidChangeTreeData: changes.event,
      getTreeItem: async (element) => treeItem((await load()).describe(element.node), element),
      async getChildren(element) {
        const parts = await load();
        if (element === undefined) return parts.elements.roots();
        if (parts.opened !== undefined) background(parts.opened(element.node));
        return parts.elements.childrenOf(element);
      },
      getParent: (element) => element.parent,
    },
    showCollapseAll: true,
    canSelectMany: deps.canSelectMany,
  });

  function draw(changed: Changed<N>): void {
    if (changed === 'all') changes.fire(undefined);
    else if (changed.length > 0) changes.fire([...changed]);
  }

  /** Looks at the state anew. */
  function update(): void {
    if (loaded !== undefined) show(loaded);
    else if (view.visible || deps.tells()) background(load().then(show));
  }

  function show(parts: TreeParts<N>): void {
    draw(parts.elements.update());
    const { title, description, message, badge } = shown(parts.header());
    if (view.title !== title) view.title = title;
    // The type does not take `undefined` for no description.
    if ((view.description ?? '') !== (description ?? '')) view.description = description ?? '';
    if ((view.message ?? '') !== (message ?? '')) view.message = message ?? '';
    if (view.badge?.value !== badge?.value || view.badge?.tooltip !== badge?.tooltip) view.badge = badge;
    tick(parts);
  }

  /** Calls back after a while, unless the view ends or the signal aborts before. */
  function later(milliseconds: number, signal: AbortSignal, act: () => void): void {
    sleep(milliseconds, AbortSignal.any([ending.signal, signal])).then(act, () => undefined);
  }

  /** Words that change by time alone are followed while somebody can see them. */
  function tick(parts: TreeParts<N>): void {
    ticking.abort();
    const wait = view.visible ? parts.nextTick() : undefined;
    if (wait === undefined || ending.signal.aborted) return;
    ticking = new AbortController();
    later(wait, ticking.signal, update);
  }

  function soon(): void {
    if (gathered) return;
    gathered = true;
    later(gathering, ending.signal, () => {
      gathered = false;
      update();
    });
  }

  const subscriptions = [deps.onDidChange(soon), view.onDidChangeVisibility(update)];
  return {
    view,
    async reveal(key) {
      const { elements } = await load();
      const element = elements.find(key);
      if (element === undefined) return false;
      // Where the list has to be shown further for it, that comes first.
      draw(elements.update());
      await view.reveal(element, { select: true, focus: true, expand: true });
      return true;
    },
    showMore(list) {
      if (loaded !== undefined) draw(loaded.elements.showMore(list));
    },
    dispose() {
      ending.abort();
      for (const subscription of subscriptions) subscription.dispose();
      view.dispose();
      changes.dispose();
    },
  };
}

const collapsible = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};

function shown({ title, description, message, badge }: ViewHeader): ViewHeader {
  return {
    title: inTree(title),
    ...(description === undefined ? {} : { description: inTree(description) }),
    ...(message === undefined ? {} : { message: inTree(message) }),
    ...(badge === undefined ? {} : { badge: { ...badge, tooltip: inTree(badge.tooltip) } }),
  };
}

function treeItem(view: NodeView, element: unknown): vscode.TreeItem {
  const item = new vscode.TreeItem(inTree(view.label), collapsible[view.collapsible]);
  item.id = view.id;
  item.contextValue = view.contextValue;
  item.accessibilityInformation = { label: inTree(view.accessibilityLabel) };
  if (view.description !== undefined) item.description = inTree(view.description);
  if (view.tooltip !== undefined) item.tooltip = inTree(view.tooltip);
  if (view.icon !== undefined) item.iconPath = icon(view.icon.id, view.icon.color);
  if (view.command !== undefined) {
    item.command = { command: view.command.id, title: view.command.title, arguments: [element] };
  }
  return item;
}

function icon(id: string, color: string | undefined): vscode.ThemeIcon {
  return color === undefined ? new vscode.ThemeIcon(id) : new vscode.ThemeIcon(id, new vscode.ThemeColor(color));
}
