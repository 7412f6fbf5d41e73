import * as vscode from 'vscode';
import { inTerminal } from '../domain/places.ts';
import { Secret } from '../domain/secret.ts';
import type { Terminals } from '../domain/terminal.ts';

/**
 * Terminals that run a program itself, without a shell between: no shell profile has a say, and no history is written.
 * @param runsBesideScreen true when this extension runs where the person sits
 */
export function createTerminals(runsBesideScreen: boolean): Terminals {
  return {
    elsewhere: vscode.env.remoteName !== undefined && runsBesideScreen,
    open({ title, program, environment }, onEnd) {
      const env = Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]),
      );
      const terminal = vscode.window.createTerminal({
        name: inTerminal(title),
        shellPath: program,
        env,
        iconPath: new vscode.ThemeIcon('database'),
        // What is brought back after a reload is stored with its environment.
        isTransient: true,
      });
      const watching = vscode.window.onDidCloseTerminal((closed) => {
        if (closed !== terminal) return;
        watching.dispose();
        onEnd(closed.exitStatus?.code);
      });
      terminal.show();
    },
  };
}
