import * as vscode from 'vscode';
import { createElements, type TreeElement } from './elements.ts';
import { describeNode, type NodeView } from './nodeView.ts';
import type { TreeState } from './nodes.ts';

/** The rows of the view "Instances". */
export interface InstanceTree extends vscode.TreeDataProvider<TreeElement> {
  getParent(element: TreeElement): TreeElement | undefined;
  /** The row of an instance, to reveal it; `undefined` when there is none. */
  instanceNode(instanceId: string): TreeElement | undefined;
  dispose(): void;
}

/**
 * @param deps.state what is known now
 * @param deps.onDidChange calls back after anything in that state changed
 */
export function createInstanceTree(deps: {
  readonly state: () => TreeState;
  readonly onDidChange: (listener: () => void) => { dispose(): void };
}): InstanceTree {
  const elements = createElements(deps.state);
  const changes = new vscode.EventEmitter<TreeElement[] | undefined>();

  const subscription = deps.onDidChange(() => {
    const changed = elements.update();
    if (changed === 'all') changes.fire(undefined);
    else if (changed.length > 0) changes.fire([...changed]);
  });

  return {
    onDidChangeTreeData: changes.event,
    getTreeItem: (element) => treeItem(describeNode(element.node)),
    getChildren: (element) => (element === undefined ? elements.roots() : elements.childrenOf(element)),
    getParent: (element) => element.parent,
    instanceNode: (instanceId) => elements.find(instanceId),
    dispose() {
      subscription.dispose();
      changes.dispose();
    },
  };
}

const collapsible = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};

function treeItem(view: NodeView): vscode.TreeItem {
  const item = new vscode.TreeItem(view.label, collapsible[view.collapsible]);
  item.id = view.id;
  item.contextValue = view.contextValue;
  item.accessibilityInformation = { label: view.accessibilityLabel };
  if (view.description !== undefined) item.description = view.description;
  if (view.tooltip !== undefined) item.tooltip = view.tooltip;
  if (view.icon !== undefined) item.iconPath = icon(view.icon.id, view.icon.color);
  if (view.command !== undefined) item.command = { command: view.command.id, title: view.command.title };
  return item;
}

function icon(id: string, color: string | undefined): vscode.ThemeIcon {
  return color === undefined ? new vscode.ThemeIcon(id) : new vscode.ThemeIcon(id, new vscode.ThemeColor(color));
}
