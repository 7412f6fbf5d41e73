import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SettingKey, Settings } from '../../../src/domain/settings.ts';
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

/** Of each setting what is taken, with what becomes of it, and what is refused, with the words for it. */
const table: Readonly<
  Partial<
    Record<
      SettingKey,
      {
        readonly of: (settings: Settings) => unknown;
        readonly good: readonly (readonly [unknown, unknown])[];
        readonly bad: readonly (readonly [unknown, string])[];
      }
    >
  >
> = {
  site: {
    of: ({ site }) => site,
    good: [
      ['mainland', 'mainland'],
      ['international', 'international'],
    ],
    bad: [['mars', 'It must be "mainland" or "international".']],
  },
  endpoint: {
    of: ({ endpoint }) => endpoint,
    good: [[' http://127.0.0.1:8700 ', 'http://127.0.0.1:8700']],
    bad: [[7, 'It must be text.']],
  },
  requestTimeout: {
    of: ({ requestTimeout }) => requestTimeout,
    good: [
      [1, 1_000],
      [600, 600_000],
    ],
    bad: [
      [0.5, 'It must be a number of seconds from 1 to 600.'],
      [601, 'It must be a number of seconds from 1 to 600.'],
      ['60', 'It must be a number of seconds from 1 to 600.'],
    ],
  },
  'create.hourlyPriceLimit': {
    of: ({ create }) => create.hourlyPriceLimit,
    good: [[2.5, 2.5]],
    bad: [
      ['3', 'It must be a number, 0 or greater.'],
      [-1, 'It must be a number, 0 or greater.'],
    ],
  },
  'create.prepaidMonths': {
    of: ({ create }) => create.prepaidMonths,
    good: [[36, undefined]],
    bad: [[['1'], 'It must be a number of months: 1 to 12, 24 or 36.']],
  },
  'defaults.region': {
    of: ({ defaults }) => defaults.region,
    good: [
      [' ap-beijing ', 'ap-beijing'],
      ['', undefined],
      [null, undefined],
    ],
    bad: [
      ['beijing', 'A region looks like ap-guangzhou.'],
      [7, 'It must be text.'],
    ],
  },
  'defaults.zone': {
    of: ({ defaults }) => defaults.zone,
    good: [],
    bad: [['ap-guangzhou-2', 'It needs a default region as well.']],
  },
  'defaults.version': { of: ({ defaults }) => defaults.version, good: [[' 10.4 ', '10.4']], bad: [] },
  'defaults.charset': { of: ({ defaults }) => defaults.charset, good: [['UTF8', 'UTF8']], bad: [] },
  'defaults.projectId': {
    of: ({ defaults }) => defaults.projectId,
    good: [
      [0, 0],
      [1_234_567, 1_234_567],
    ],
    bad: [
      [-1, 'A project ID is a whole number, 0 or greater.'],
      [1.5, 'A project ID is a whole number, 0 or greater.'],
      ['7', 'A project ID is a whole number, 0 or greater.'],
    ],
  },
  'defaults.subnetId': {
    of: ({ defaults }) => defaults.subnetId,
    good: [],
    bad: [['subnet-1', 'A VPC and a subnet belong together: set both or neither.']],
  },
  'defaults.vpcId': {
    of: ({ defaults }) => defaults.vpcId,
    good: [],
    bad: [['vpc-1', 'A VPC and a subnet belong together: set both or neither.']],
  },
  'defaults.storage': {
    of: ({ defaults }) => defaults.storageGb,
    good: [[10, 10]],
    bad: [
      ['50', 'It must be a number of GB.'],
      [55, 'Storage is a whole number of GB in steps of 10, such as 10.'],
    ],
  },
  'defaults.deletionProtection': {
    of: ({ defaults }) => defaults.deletionProtection,
    good: [
      [true, true],
      [false, undefined],
    ],
    bad: [[1, 'It must be true or false.']],
  },
  'defaults.tags': {
    of: ({ defaults }) => defaults.tags,
    good: [[{ ' env ': ' prod ' }, [{ key: 'env', value: 'prod' }]]],
    bad: [
      ['env', 'It must be an object of keys and values.'],
      [['env'], 'It must be an object of keys and values.'],
      [{ env: 7 }, 'The value of "env" must be text.'],
      [{ env: '' }, 'env: Type a value.'],
      [{ ['k'.repeat(128)]: 'v' }, `${'k'.repeat(128)}: A tag key has at most 127 characters.`],
    ],
  },
  'defaults.namePrefix': {
    of: ({ defaults }) => defaults.namePrefix,
    good: [['db-', 'db-']],
    bad: [['my db', 'Use letters, digits, "_" and "-" only. " " is not one of them.']],
  },
  versions: {
    of: ({ versions }) => versions,
    good: [
      [
        ['10.4', '16'],
        ['10.4', '16'],
      ],
    ],
    bad: [
      ['10.4', 'It must be a list of versions such as "10.4".'],
      [['10.4', 'ten'], 'It must be a list of versions such as "10.4".'],
      [['10.4', 16], 'It must be a list of versions such as "10.4".'],
    ],
  },
  'psql.path': {
    of: ({ psqlPath }) => psqlPath,
    good: [[' /usr/bin/psql ', '/usr/bin/psql']],
    bad: [[7, 'It must be text.']],
  },
};

for (const [key, { of, good, bad }] of Object.entries(table)) {
  test(`the setting ${key} is taken as it was meant, or refused with the reason`, () => {
    for (const [value, expected] of good) {
      const { settings, problems } = check({ [key]: value });
      assert.deepEqual([of(settings), problems], [expected, []], JSON.stringify(value));
    }
    for (const [value, problem] of bad) {
      const { settings, problems } = check({ [key]: value });
      assert.deepEqual(problems, [{ key, problem }]);
      assert.deepEqual(of(settings), of(check({}).settings));
    }
  });
}

test('a whole network is kept as it was set', () => {
  const { settings, problems } = check({ 'defaults.vpcId': 'vpc-1', 'defaults.subnetId': 'subnet-1' });
  assert.deepEqual(problems, []);
  assert.deepEqual([settings.defaults.vpcId, settings.defaults.subnetId], ['vpc-1', 'subnet-1']);
});
