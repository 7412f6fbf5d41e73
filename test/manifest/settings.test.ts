import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkSettings, settingKeys } from '../../src/domain/settings.ts';
import { inWords, manifest } from './manifest.ts';

const settings = Object.entries(manifest.contributes.configuration.properties);
const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
const prefix = 'tencentdbPostgres.';

for (const [key, setting] of settings) {
  test(`the setting ${key} has a type, a default, a scope and a description`, () => {
    assert.ok(key.startsWith(prefix));
    assert.notEqual(setting.type, undefined);
    assert.notEqual(setting.default, undefined);
    assert.ok(['machine', 'application', 'window'].includes(setting.scope ?? ''), setting.scope);
    assert.match(inWords(setting.markdownDescription ?? ''), /^[A-Z].*\.$/su);
  });

  test(`the default of ${key} is one of the values it allows`, () => {
    const types = [setting.type].flat();
    assert.ok(
      types.some((type) => fits(setting.default, type)),
      String(types),
    );
    if (setting.enum !== undefined) {
      assert.ok(typeof setting.default === 'string' && setting.enum.includes(setting.default));
      assert.equal(setting.enumDescriptions?.length, setting.enum.length);
    }
    if (setting.pattern !== undefined) assert.match(String(setting.default), new RegExp(setting.pattern));
    if (typeof setting.default === 'number') {
      assert.ok(setting.default >= (setting.minimum ?? -Infinity) && setting.default <= (setting.maximum ?? Infinity));
    }
  });
}

/** JSON schema's types, as far as settings use them. */
function fits(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

/**
 * What the workspace may set, once it is trusted: answers that the review shows, beside their price, before anything is
 * sent, and how often a new instance is looked at. Every other setting is out of its reach.
 */
const ofTheWorkspace = [
  'create.kind',
  'defaults.region',
  'defaults.zone',
  'defaults.version',
  'defaults.charset',
  'defaults.projectId',
  'defaults.vpcId',
  'defaults.subnetId',
  'defaults.class',
  'defaults.storage',
  'defaults.storageType',
  'defaults.adminName',
  'defaults.deletionProtection',
  'defaults.tags',
  'defaults.namePrefix',
  'versions',
  'poll.interval',
  'poll.limit',
];

test('no workspace decides where signed requests go, runs a program, or is asked less before money is spent or data lost', () => {
  const scopes = Object.fromEntries(settings.map(([key, { scope }]) => [key.slice(prefix.length), scope]));
  assert.deepEqual(scopes, {
    ...Object.fromEntries(ofTheWorkspace.map((key) => [key, 'window'])),
    // Of the machine that runs it.
    'psql.path': 'machine',
    // Of the person, whatever machine is worked on: a dev container is a machine too, and a folder furnishes it.
    site: 'application',
    endpoint: 'application',
    requestTimeout: 'application',
    'create.chargeType': 'application',
    'create.prepaidMonths': 'application',
    'create.hourlyPriceLimit': 'application',
    'delete.undoSeconds': 'application',
    'clipboard.clearSeconds': 'application',
  });
});

test('in Restricted Mode a workspace sets nothing at all', () => {
  assert.deepEqual(restricted.toSorted(), settings.map(([key]) => key).toSorted());
});

test('the README has a row for every setting', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const firstCells = [...readme.matchAll(/^\|([^|]+)\|/gm)].map(([, cell = '']) => cell);
  const named = firstCells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const missing = settings.map(([key]) => key.slice(prefix.length)).filter((key) => !named.includes(key));
  assert.deepEqual(missing, []);
});

/** The manifest's value of one of its settings, changed where the test says so. */
const reader = (changed: Readonly<Record<string, unknown>> = {}) => {
  const values = new Map<string, unknown>([
    ...settings.map(([key, setting]) => [key.slice(prefix.length), setting.default] as const),
    ...Object.entries(changed),
  ]);
  return (key: string) => values.get(key);
};

test('the source reads every setting of the manifest, and no other', () => {
  const inManifest = settings.map(([key]) => key.slice(prefix.length)).toSorted();
  const read = new Set<string>();
  checkSettings((key) => void read.add(key));
  assert.deepEqual([...settingKeys].toSorted(), inManifest);
  assert.deepEqual([...read].toSorted(), inManifest);
});

test('the defaults of the manifest are those of the source', () => {
  const ofManifest = checkSettings(reader());
  assert.deepEqual(ofManifest, { settings: checkSettings(() => undefined).settings, problems: [] });
});

for (const [key, { minimum, maximum }] of settings) {
  if (minimum === undefined || maximum === undefined) continue;
  const short = key.slice(prefix.length);
  test(`the source takes ${key} within the limits of the manifest and not beyond`, () => {
    const problems = (value: number) => checkSettings(reader({ [short]: value })).problems.map((each) => each.key);
    assert.deepEqual([...problems(minimum), ...problems(maximum)], []);
    assert.deepEqual([...problems(minimum - 0.5), ...problems(maximum + 0.5)], [short, short]);
  });
}

for (const [key, setting] of settings) {
  if (setting.enum === undefined) continue;
  const short = key.slice(prefix.length);
  test(`the source takes every value that the manifest offers for ${key}`, () => {
    for (const value of setting.enum ?? []) assert.deepEqual(checkSettings(reader({ [short]: value })).problems, []);
    assert.deepEqual(checkSettings(reader({ [short]: 'something else' })).problems.length, 1);
  });
}
