import * as vscode from 'vscode';
import type { WindowFocus } from '../domain/windowFocus.ts';

export const windowFocus: WindowFocus = {
  focused: () => vscode.window.state.focused,
  onDidFocus: (listener) =>
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) listener();
    }),
};
