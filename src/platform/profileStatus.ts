import * as vscode from 'vscode';
import { inRow, inTree } from '../domain/places.ts';

/** What is said of a profile. */
export interface ProfileView {
  readonly text: string;
  readonly tooltip: string;
  /** Its keys cannot be used at the moment. */
  readonly problem: boolean;
}

/** The profile in use, in the status bar; a click switches it. */
export interface ProfileStatus {
  /** `undefined` hides it. */
  show(view: ProfileView | undefined): void;
  dispose(): void;
}

/** @param command what a click runs */
export function createProfileStatus(name: string, command: string): ProfileStatus {
  const item = vscode.window.createStatusBarItem('tencentdbPostgres.profile', vscode.StatusBarAlignment.Right, 10);
  item.name = name;
  item.command = command;
  return {
    show(view) {
      if (view === undefined) {
        item.hide();
        return;
      }
      item.text = `$(${view.problem ? 'warning' : 'account'}) ${inRow(view.text)}`;
      const tooltip = inTree(view.tooltip);
      item.tooltip = tooltip;
      item.accessibilityInformation = { label: tooltip };
      if (view.problem) item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
      else item.backgroundColor = undefined;
      item.show();
    },
    dispose() {
      item.dispose();
    },
  };
}
