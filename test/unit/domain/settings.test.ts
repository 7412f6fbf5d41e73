import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SettingKey } from '../../../src/domain/settings.ts';
import { checkSettings, isFullSet, settingKeys } from '../../../src/domain/settings.ts';

function check(values: Partial<Record<SettingKey, unknown>>): ReturnType<typeof checkSettings> {
  return checkSettings((key) => values[key]);
}

const full = {
  'defaults.region': 'ap-guangzhou',
  'defaults.zone': 'ap-guangzhou-2',
  'defaults.version': '10.4',
  'defaults.charset': 'UTF8',
};

test('without settings everything has its default and nothing is wrong', () => {
  const { settings, problems } = check({});
  assert.deepEqual(problems, []);
  assert.deepEqual(settings, {
    site: 'mainland',
    endpoint: '',
    requestTimeout: 60_000,
    defaults: { tags: [], namePrefix: 'pg-' },
    versions: [],
    poll: { interval: 5_000, limit: 300_000 },
    deleteUndo: 10_000,
    psqlPath: '',
  });
});

test('a deletion may be sent at once, and never waits longer than a minute', () => {
  assert.equal(check({ 'delete.undoSeconds': 0 }).settings.deleteUndo, 0);
  assert.deepEqual(
    check({ 'delete.undoSeconds': 61 }).problems.map(({ key }) => key),
    ['delete.undoSeconds'],
  );
});

test('region, zone, version and charset together are a full set', () => {
  assert.ok(isFullSet(check(full).settings.defaults));
  assert.ok(!isFullSet(check({ ...full, 'defaults.charset': '' }).settings.defaults));
});

test('values of the wrong type are named and replaced by the default', () => {
  const { settings, problems } = check({
    site: 'mars',
    endpoint: 7,
    requestTimeout: '60',
    'defaults.region': ['ap-guangzhou'],
    'defaults.projectId': '7',
    'defaults.tags': ['env'],
    'defaults.namePrefix': 'my db ',
    versions: '10.4',
    'poll.interval': 0,
    'poll.limit': Number.NaN,
  });
  assert.deepEqual(
    problems.map(({ key }) => key).sort(),
    [
      'defaults.namePrefix',
      'defaults.projectId',
      'defaults.region',
      'defaults.tags',
      'endpoint',
      'poll.interval',
      'poll.limit',
      'requestTimeout',
      'site',
      'versions',
    ].sort(),
  );
  assert.deepEqual(settings, check({}).settings);
});

test('a zone of another region, and half a network, are named', () => {
  const { settings, problems } = check({ ...full, 'defaults.zone': 'ap-beijing-1', 'defaults.vpcId': 'vpc-1' });
  assert.deepEqual(
    problems.map(({ key }) => key),
    ['defaults.zone', 'defaults.vpcId'],
  );
  assert.equal(settings.defaults.zone, undefined);
  assert.equal(settings.defaults.vpcId, undefined);
});

test('tags are read from an object', () => {
  const { settings } = check({ 'defaults.tags': { env: 'prod', team: ' db ' } });
  assert.deepEqual(settings.defaults.tags, [
    { key: 'env', value: 'prod' },
    { key: 'team', value: 'db' },
  ]);
});

test('no value of any setting is ever thrown out as an error', () => {
  const known = new Set<string>(settingKeys);
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...settingKeys), fc.jsonValue()), (values) => {
      const { settings, problems } = check(values);
      assert.ok(settings.poll.interval >= 1_000 && settings.poll.limit >= 10_000 && settings.requestTimeout >= 1_000);
      for (const { key, problem } of problems) assert.ok(known.has(key) && problem !== '');
    }),
  );
});
