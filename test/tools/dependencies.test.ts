import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bundleRules, readMetafile, type Metafile } from './bundles.ts';
import {
  licenceProblems,
  lockProblems,
  parseLock,
  parseManifest,
  pinProblems,
  readAdvisories,
  scriptProblems,
  shippedPaths,
  shippedProblems,
  type Lock,
} from './dependencies.ts';

const hash = `sha512-${'A'.repeat(86)}==`;

/** A lock file of these packages, each in order but for what is given. */
function lockOf(packages: Readonly<Record<string, object>>): Lock {
  const entries = Object.entries(packages).map(([name, fields]) => [
    `node_modules/${name}`,
    { version: '1.0.0', license: 'MIT', integrity: hash, ...fields },
  ]);
  const all: unknown = { '': { version: '0.1.0' }, ...Object.fromEntries(entries) };
  return parseLock(JSON.stringify({ lockfileVersion: 3, packages: all }));
}

const manifestOf = (fields: object) => parseManifest(JSON.stringify(fields));

function metafile(inputs: Readonly<Record<string, number>>): Metafile {
  const used = Object.entries(inputs).map(([path, bytesInOutput]) => [path, { bytesInOutput }] as const);
  return { inputs: {}, outputs: { 'dist/a.cjs': { bytes: 1, imports: [], inputs: Object.fromEntries(used) } } };
}

test('the dependencies of this project are in order', async () => {
  const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  const lock = parseLock(read('package-lock.json'));
  const manifest = parseManifest(read('package.json'));
  const shipped = shippedPaths(await Promise.all(bundleRules.map(({ name }) => readMetafile(name))));
  assert.ok(shipped.includes('node_modules/undici'));
  assert.deepEqual(pinProblems(manifest), []);
  assert.deepEqual(lockProblems(lock), []);
  assert.deepEqual(shippedProblems(lock, shipped), []);
  assert.deepEqual(licenceProblems(lock, shipped), []);
  assert.deepEqual(scriptProblems(lock, manifest), []);
});

test('a version that can move, and a dependency at run time, are problems', () => {
  const exact = { a: '1.2.3', '@b/c': '1.2.3-beta.4', d: 'npm:@e/f@1.2.3', g: 'npm:h@1.2.3' };
  assert.deepEqual(pinProblems(manifestOf({ devDependencies: exact, optionalDependencies: exact })), []);
  for (const loose of ['^1.2.3', '~1.2.3', '1.2', '1.x', '*', 'latest', 'npm:h@^1.2.3', 'file:../a', 'github:a/b']) {
    const manifest = manifestOf({ devDependencies: { a: loose }, optionalDependencies: { b: loose } });
    assert.deepEqual(pinProblems(manifest), [
      `a is not pinned to one version: ${loose}.`,
      `b is not pinned to one version: ${loose}.`,
    ]);
  }
  assert.equal(pinProblems(manifestOf({ dependencies: { a: '1.2.3' } })).length, 1);
  assert.equal(pinProblems(manifestOf({ peerDependencies: { a: '1.2.3' } })).length, 1);
});

test('an entry without a hash, or with a weak one, is a problem', () => {
  const weak = lockOf({ a: {}, b: { integrity: undefined }, c: { integrity: 'sha1-AAAA' } });
  assert.deepEqual(lockProblems(weak), [
    'node_modules/b has no hash that holds its content.',
    'node_modules/c has no hash that holds its content.',
  ]);
});

test('all packages come from one place, over HTTPS, or no place is named', () => {
  const from = (host: string) => ({ resolved: `${host}/a/-/a-1.0.0.tgz` });
  const one = 'https://packages.example';
  assert.deepEqual(lockProblems(lockOf({ a: from(one), b: from(one), c: {} })), []);
  assert.deepEqual(lockProblems(lockOf({ a: from(one), b: from('https://other.example') })), [
    'node_modules/b comes from another place than the rest.',
  ]);
  assert.deepEqual(lockProblems(lockOf({ a: from('http://packages.example') })), [
    'node_modules/a is not fetched over HTTPS.',
  ]);
  assert.deepEqual(lockProblems(lockOf({ a: { resolved: '../a.tgz' } })), [
    'node_modules/a is not fetched over HTTPS.',
  ]);
});

test('what is left of a package in a bundle makes it part of the extension', () => {
  const one = metafile({
    'src/a.ts': 10,
    'node_modules/a/x.js': 1,
    'node_modules/a/y.js': 1,
    'node_modules/b/x.js': 0,
  });
  const other = metafile({
    'node_modules/@c/d/x.js': 1,
    'node_modules/a/node_modules/e/x.js': 1,
    'left-out:pgpass': 1,
    '../elsewhere/node_modules/f/x.js': 1,
  });
  assert.deepEqual(shippedPaths([one, other]), [
    'node_modules/@c/d',
    'node_modules/a',
    'node_modules/a/node_modules/e',
    'node_modules/f',
  ]);
});

test('a package that is new in the bundles is a problem, and so is one that has gone', () => {
  const lock = lockOf({ a: {}, b: {}, alias: { name: '@c/d' } });
  const paths = ['node_modules/a', 'node_modules/alias'];
  assert.deepEqual(shippedProblems(lock, paths, ['a', '@c/d']), []);
  assert.deepEqual(shippedProblems(lock, paths, ['a', 'b']), [
    '@c/d is new in the bundles.',
    'b is in no bundle any more.',
  ]);
  assert.throws(() => shippedProblems(lock, ['node_modules/z'], []), /not in package-lock\.json/);
});

test('what is handed on needs a licence that allows it; what only builds needs one that allows its use', () => {
  const lock = lockOf({
    a: {},
    b: { license: 'Python-2.0' },
    c: { license: 'GPL-3.0-only' },
    d: { license: undefined },
    '@vscode/vsce-sign-linux-x64': { license: 'SEE LICENSE IN LICENSE.txt' },
    other: { license: 'SEE LICENSE IN LICENSE.txt' },
  });
  assert.deepEqual(licenceProblems(lock, ['node_modules/a']), [
    'c has the licence GPL-3.0-only.',
    'd has the licence none.',
    'other has the licence SEE LICENSE IN LICENSE.txt.',
  ]);
  const shipped = ['node_modules/a', 'node_modules/b', 'node_modules/@vscode/vsce-sign-linux-x64'];
  assert.deepEqual(licenceProblems(lock, shipped).slice(0, 1), [
    'b is part of the extension under the licence Python-2.0.',
  ]);
  assert.match(licenceProblems(lock, shipped).join(), /vsce-sign-linux-x64 is part of the extension/);
});

test('a program that runs at install needs a reason here and a permission in package.json', () => {
  const lock = lockOf({ a: { hasInstallScript: true }, alias: { name: '@b/c', hasInstallScript: true }, d: {} });
  const reasons = { a: 'it must', '@b/c': 'it must too' };
  const allowScripts = { a: true, '@b/c': true };
  assert.deepEqual(scriptProblems(lock, manifestOf({ allowScripts }), reasons), []);
  assert.deepEqual(
    scriptProblems(lock, manifestOf({ allowScripts: { a: true, e: true } }), { a: 'it must', d: 'did' }),
    [
      '@b/c runs a program when installed.',
      'd runs nothing when installed any more.',
      'd is not in allowScripts of package.json.',
      'e is in allowScripts without a reason here.',
    ],
  );
  assert.deepEqual(scriptProblems(lock, manifestOf({ allowScripts: { ...allowScripts, a: false } }), reasons), [
    'a is not in allowScripts of package.json.',
  ]);
});

const weakness = (name: string, via: unknown[]) => ({
  [name]: { name, severity: 'high', via, nodes: [`node_modules/${name}`], isDirect: true, effects: [] },
});

test('a known weakness of what is shipped is a problem; of a tool, a note', () => {
  const advisory = { source: 1, title: 'Reads too far', url: 'https://advisories.example/1', severity: 'high' };
  const answer = JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: { ...weakness('undici', [advisory]), ...weakness('tool', ['undici', { title: 'Loops' }]) },
  });
  assert.deepEqual(readAdvisories(answer, ['node_modules/undici']), {
    problems: ['undici has a known weakness (high): Reads too far https://advisories.example/1.'],
    notes: ['tool has a known weakness (high): through undici; Loops. It only builds and tests.'],
  });
});

test('an answer without a weakness says so, and no answer is said to be none', () => {
  const clean = JSON.stringify({ auditReportVersion: 2, vulnerabilities: {} });
  assert.deepEqual(readAdvisories(clean, []), { problems: [], notes: ['Known weaknesses: none.'] });
  const silent = { problems: [], notes: ['Known weaknesses: the registry could not be asked.'] };
  for (const answer of ['', 'no JSON', '{"statusCode":405,"error":{"summary":"","detail":""}}', '[]', 'null']) {
    assert.deepEqual(readAdvisories(answer, []), silent);
  }
});
