import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SettingKey } from '../../../src/domain/settings.ts';
import { checkSettings, settingKeys } from '../../../src/domain/settings.ts';

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
    create: {},
    defaults: { tags: [], namePrefix: 'pg-' },
    versions: [],
    poll: { interval: 5_000, limit: 300_000 },
    deleteUndo: 10_000,
    clipboardClear: 60_000,
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

test('the kind of instance is named by the words of the setting', () => {
  assert.equal(check({ 'create.kind': 'serverless' }).settings.create.kind, 'serverless');
  assert.equal(check({ 'create.kind': 'pay-as-you-go' }).settings.create.kind, 'provisioned');
  const { settings, problems } = check({ 'create.kind': 'provisioned' });
  assert.equal(settings.create.kind, undefined);
  assert.match(problems[0]?.problem ?? '', /"serverless", "pay-as-you-go"/);
});

test('months are paid at once only when both settings say so, and only as many as are sold', () => {
  const months = (chargeType: unknown, count: unknown) => {
    const { settings, problems } = check({ 'create.chargeType': chargeType, 'create.prepaidMonths': count });
    return [settings.create.prepaidMonths, problems.map(({ key }) => key)];
  };
  assert.deepEqual(months('prepaid', 12), [12, []]);
  assert.deepEqual(months('hourly', 12), [undefined, []]);
  assert.deepEqual(months(undefined, 12), [undefined, []]);
  assert.deepEqual(months('prepaid', undefined), [1, []]);
  for (const count of [0, 13, 1.5, -1, '12', 37]) {
    assert.deepEqual(months('prepaid', count), [1, ['create.prepaidMonths']]);
  }
  assert.deepEqual(months('PREPAID', 12), [undefined, ['create.chargeType']]);
});

test('a price limit is an amount of money, and 0 is one', () => {
  const limit = (value: unknown) => check({ 'create.hourlyPriceLimit': value }).settings.create.hourlyPriceLimit;
  assert.deepEqual([0, 1.5, null, -1, '3', Number.NaN, Infinity].map(limit), [
    ...[0, 1.5, undefined, undefined, undefined, undefined, undefined],
  ]);
});

test('what a pay-as-you-go instance is made with can be set, each value by its rule', () => {
  const good = {
    'defaults.class': 'pg.it.small2',
    'defaults.storage': 50,
    'defaults.storageType': 'CLOUD_SSD',
    'defaults.adminName': 'boss',
    'defaults.deletionProtection': true,
  };
  const { settings, problems } = check(good);
  assert.deepEqual(problems, []);
  assert.deepEqual(settings.defaults, {
    specCode: 'pg.it.small2',
    storageGb: 50,
    storageType: 'CLOUD_SSD',
    adminName: 'boss',
    deletionProtection: true,
    tags: [],
    namePrefix: 'pg-',
  });
  const bad = {
    'defaults.class': 'small',
    'defaults.storage': 55,
    'defaults.storageType': 'cloud ssd',
    'defaults.adminName': 'postgres',
    'defaults.deletionProtection': 'yes',
  };
  assert.deepEqual(
    check(bad).problems.map(({ key }) => key),
    Object.keys(bad),
  );
  assert.deepEqual(check(bad).settings, check({}).settings);
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
