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

const wrongSettings: Readonly<Record<string, unknown>> = {
  site: 3,
  endpoint: { to: 'nowhere' },
  'defaults.region': 7,
  'defaults.tags': ['env'],
  versions: 'ten',
  'poll.interval': 'often',
  'delete.undoSeconds': 'a while',
  'psql.path': ['psql'],
};

/** The editor's own settings that a signed request obeys. */
const networkSettings = [
  'http.proxy',
  'http.noProxy',
  'http.proxySupport',
  'http.proxyStrictSSL',
  'http.systemCertificates',
];

/** Writes each of the wrong settings, or takes them out again. */
async function setWrongSettings(valueOf: (value: unknown) => unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration('tencentdbPostgres');
  for (const [key, value] of Object.entries(wrongSettings)) {
    await settings.update(key, valueOf(value), vscode.ConfigurationTarget.Global);
  }
}

export const cases: Cases = {
  // The first case, as an extension activates only once.
  'the extension activates, also with settings of the wrong type': async () => {
    await setWrongSettings((value) => value);
    try {
      await extension().activate();
      assert.equal(extension().isActive, true);
    } finally {
      await setWrongSettings(() => undefined);
    }
  },

  'every command of the manifest is registered': async () => {
    await extension().activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  },

  'every view of the manifest opens, also one that nobody has signed in for': async () => {
    await vscode.commands.executeCommand('workbench.view.extension.tencentdbPostgres');
    for (const view of manifest.contributes.views.tencentdbPostgres) {
      await vscode.commands.executeCommand(`${view.id}.focus`);
    }
  },

  'a workspace cannot say where signed requests go, which program runs, or what is asked before money is spent':
    async () => {
      const own = Object.entries(manifest.contributes.configuration.properties)
        .filter(([, { scope }]) => scope !== 'window')
        .map(([key]) => key);
      assert.ok(own.includes('tencentdbPostgres.endpoint'));
      for (const key of [...own, ...networkSettings]) {
        const written = vscode.workspace.getConfiguration().update(key, '', vscode.ConfigurationTarget.Workspace);
        await assert.rejects(async () => written, key);
      }
    },

  'a tab about an instance that nobody knows, such as one of an account that was left, says so': async () => {
    await extension().activate();
    const path = '/100000000001/ap-guangzhou/postgres-1a2b3c4d/left.jsonc';
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'tencentdb-postgres', path }));
    assert.match(document.getText(), /^\/\/ Nothing is known about "left": .+\n$/u);
    assert.equal(document.languageId, 'jsonc');
  },

  'every setting of the manifest has its default': () => {
    for (const [key, { default: expected }] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.deepEqual(vscode.workspace.getConfiguration().inspect(key)?.defaultValue, expected, key);
    }
  },
};
