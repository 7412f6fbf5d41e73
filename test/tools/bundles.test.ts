import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleProblems, bundleRules, inspectBundles } from './bundles.ts';
import type { BundleRule, Metafile } from './bundles.ts';

function rule(name: string): BundleRule {
  const found = bundleRules.find((each) => each.name === name);
  assert.ok(found);
  return found;
}

function metafile(
  name: string,
  facts: { inputs?: readonly string[]; requires?: readonly string[]; bytes?: number },
): ReadonlyMap<string, Metafile> {
  const inputs = Object.fromEntries((facts.inputs ?? []).map((path) => [path, { bytesInOutput: 1 }]));
  const imports = (facts.requires ?? []).map((path) => ({ path, external: true }));
  const output = { bytes: facts.bytes ?? 1, imports, inputs };
  return new Map([[name, { inputs, outputs: { [`dist/${name}.cjs`]: output } }]]);
}

test('a bundle with nothing forbidden in it has no problems', () => {
  const good = metafile('extension', {
    inputs: ['src/extension.ts', 'node_modules/zod/v4/mini/schemas.js', 'src/tree/treeView.ts'],
    requires: ['vscode', 'node:path', 'fs', 'fs/promises', './cloud.cjs', './domain.cjs'],
  });
  assert.deepEqual(bundleProblems(rule('extension'), good), []);
});

for (const name of ['extension', 'cloud', 'simulator']) {
  for (const path of ['node_modules/undici/index.js', 'node_modules/undici/lib/global.js']) {
    test(`${path} in the ${name} bundle is a problem`, () => {
      const problems = bundleProblems(rule(name), metafile(name, { inputs: [path] }));
      assert.equal(problems.length, 1);
      assert.match(problems.join(), new RegExp(`holds ${path}`));
    });
  }
}

test('narrow imports of undici are welcome in the cloud bundle and nowhere near activation', () => {
  const inputs = ['node_modules/undici/lib/dispatcher/agent.js'];
  assert.deepEqual(bundleProblems(rule('cloud'), metafile('cloud', { inputs })), []);
  assert.equal(bundleProblems(rule('extension'), metafile('extension', { inputs })).length, 1);
});

for (const name of ['extension', 'useCases', 'cloud', 'database']) {
  test(`a copy of the domain in the ${name} bundle is a problem: its classes would be others`, () => {
    const inputs = ['src/domain/errors.ts', 'node_modules/@vscode/l10n/dist/main.js'];
    assert.equal(bundleProblems(rule(name), metafile(name, { inputs })).length, 2);
  });
}

test('the domain bundle holds nothing but the domain', () => {
  const inputs = ['src/domain/errors.ts', 'node_modules/@vscode/l10n/dist/main.js'];
  assert.deepEqual(bundleProblems(rule('domain'), metafile('domain', { inputs })), []);
  assert.equal(bundleProblems(rule('domain'), metafile('domain', { inputs: ['src/tree/nodes.ts'] })).length, 1);
});

for (const path of [
  'src/api/cloud.ts',
  'src/useCases.ts',
  'src/database/session.ts',
  'src/simulator/main.ts',
  'node_modules/zod/v4/classic/schemas.js',
]) {
  test(`${path} in the activation bundle is a problem`, () => {
    assert.equal(bundleProblems(rule('extension'), metafile('extension', { inputs: [path] })).length, 1);
  });
}

test('the client of PostgreSQL is loaded by the first connection test, and not by the first command', () => {
  const inputs = ['src/database/session.ts'];
  assert.equal(bundleProblems(rule('useCases'), metafile('useCases', { inputs })).length, 1);
  assert.deepEqual(bundleProblems(rule('database'), metafile('database', { inputs })), []);
});

test('a bundle may not require what the package does not bring', () => {
  const problems = bundleProblems(rule('cloud'), metafile('cloud', { requires: ['vscode', 'node:tls', 'undici'] }));
  assert.equal(problems.length, 2);
});

test('a bundle over its budget is a problem', () => {
  const { budget } = rule('extension');
  assert.deepEqual(bundleProblems(rule('extension'), metafile('extension', { bytes: budget })), []);
  assert.deepEqual(bundleProblems(rule('extension'), metafile('extension', { bytes: budget + 1024 })), [
    'dist/extension.cjs weighs 67.0 KB; its budget is 66.0 KB.',
  ]);
});

test('what activation loads with its bundle counts towards the budget', () => {
  const both = new Map([...metafile('extension', { bytes: 40 * 1024 }), ...metafile('domain', { bytes: 27 * 1024 })]);
  assert.equal(bundleProblems(rule('extension'), both).length, 1);
  assert.deepEqual(bundleProblems(rule('domain'), both), []);
});

test('a metafile of something else is a problem', () => {
  assert.equal(bundleProblems(rule('extension'), metafile('cloud', {})).length, 1);
});

test('the bundles of the last build keep the rules', async () => {
  const { problems } = await inspectBundles();
  assert.deepEqual(problems, []);
});
