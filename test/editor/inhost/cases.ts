import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Cases } from './results.ts';
import manifest from '../../../package.json' with { type: 'json' };

const id = `${manifest.publisher}.${manifest.name}`;

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension<unknown>(id);
  assert.ok(found, `${id} is not installed`);
  return found;
}

export const cases: Cases = {
  'the extension activates': async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  },

  'every command of the manifest is registered': async () => {
    await extension().activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  },

  'the view of instances opens': async () => {
    await vscode.commands.executeCommand('workbench.view.extension.tencentdbPostgres');
    await vscode.commands.executeCommand('tencentdbPostgres.instances.focus');
  },

  'every setting of the manifest has its default': () => {
    for (const [key, { default: expected }] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.deepEqual(vscode.workspace.getConfiguration().inspect(key)?.defaultValue, expected, key);
    }
  },
};
