import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { manifest, sources } from './manifest.ts';

test('the types of the editor are those of the oldest editor that is supported', () => {
  assert.equal(`^${manifest.devDependencies['@types/vscode'] ?? ''}`, manifest.engines.vscode);
});

test('it runs beside the person first, and on the far side where it must', () => {
  assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
});

test('it wakes after the editor has started, since a public address that is due must be closed then', () => {
  assert.deepEqual(manifest.activationEvents, ['onStartupFinished']);
});

test('it says what it can do in untrusted and in virtual workspaces', () => {
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  assert.equal(manifest.capabilities.virtualWorkspaces, true);
});

test('no link from outside reaches it: it takes none of the addresses that begin with the name of the editor', () => {
  const takers = [...sources()].filter(([, text]) => text.includes('registerUriHandler')).map(([path]) => path);
  assert.deepEqual(takers, []);
});

test('every file that the manifest names is there', () => {
  const { viewsContainers, views } = manifest.contributes;
  const icons = [...viewsContainers.activitybar, ...Object.values(views).flat()].map(({ icon }) => icon);
  for (const path of [manifest.main, manifest.icon, ...icons]) {
    assert.ok(existsSync(new URL(`../../${path}`, import.meta.url)), path);
  }
});
