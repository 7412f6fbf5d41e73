import * as vscode from 'vscode';
import type { SqlExtensions } from '../domain/sqlExtensions.ts';

/** The other extensions of this window. */
export const sqlExtensions: SqlExtensions = {
  isInstalled: (id) => vscode.extensions.getExtension(id) !== undefined,
  openLink: async ({ authority, path, query }) =>
    vscode.env.openExternal(vscode.Uri.from({ scheme: vscode.env.uriScheme, authority, path, query })),
  async changeSetting(section, key, change) {
    const configuration = vscode.workspace.getConfiguration(section);
    const own = configuration.inspect<unknown>(key)?.globalValue;
    await configuration.update(key, change(own), vscode.ConfigurationTarget.Global);
  },
  run: async (command) => {
    await vscode.commands.executeCommand(command);
  },
  search: async (text) => {
    await vscode.commands.executeCommand('workbench.extensions.search', text);
  },
};
