import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Rule } from '../../../src/domain/createPlan.ts';
import { displayNameRule, majorVersionRule, securityGroupRule } from '../../../src/domain/namingRules.ts';
import {
  adminNameRule,
  leastStorage,
  specCodeRule,
  storageRule,
  storageTypeRule,
} from '../../../src/domain/rentalRules.ts';
import type { StorageRange } from '../../../src/domain/rentalRules.ts';

interface Case {
  readonly rule: Rule;
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  name: {
    rule: displayNameRule,
    good: ['a', '-', '数据库_1', 'x'.repeat(59), '库'.repeat(59)],
    bad: ['a b', 'naïve', 'x'.repeat(60), '😀', 'a.b', '１'],
  },
  version: { rule: majorVersionRule, good: ['9', '16', ' 18 '], bad: ['10.4', '0', '016', '１６', 'v16', '100'] },
  class: {
    rule: specCodeRule,
    good: ['pg.it.small2', 'cdb.pg.z1.2g', ' pg.it.small2 ', `pg.${'x'.repeat(57)}`],
    bad: ['small', 'pg.', '.pg', 'pg it', '1pg.small', 'pg.small/2', `pg.${'x'.repeat(58)}`],
  },
  storage: {
    rule: storageRule({ minStorageGb: 15, maxStorageGb: 95 }),
    good: ['20', ' 90 '],
    bad: ['10', '100', '25', '0', '-20', '2e1', '２０', '20.0', '9'.repeat(20)],
  },
  'type of storage': {
    rule: storageTypeRule,
    good: ['CLOUD_SSD', ' CLOUD_SSD '],
    bad: ['CLOUD SSD', '1', 'cloud-ssd'],
  },
  'security group': {
    rule: securityGroupRule,
    good: ['sg-1a2b', ' sg-1 '],
    bad: ['sg-', 'SG-1', 'vpc-1', 'x-sg-1', 'sg-1/2'],
  },
  'admin user': {
    rule: adminNameRule,
    good: ['a', ' a ', '_x', 'Admin_1', 'x'.repeat(16), 'pgadmin', 'postgres1'],
    bad: ['1a', 'x'.repeat(17), 'postgres', 'PostGres', 'pg_a', 'PG_a', 'tencentdb_x', 'TencentDB_x', 'a-b', '管理员'],
  },
};

for (const [name, { rule, good, bad }] of Object.entries(cases)) {
  test(`the rule for ${name} takes what is right and says what is wrong`, () => {
    for (const text of good) assert.equal(rule(text), undefined, text);
    for (const text of bad) assert.equal(typeof rule(text), 'string', text);
  });

  test(`the rule for ${name} refuses blank, control, reversing and endless text`, () => {
    for (const text of ['', '   ', 'a\u0000b', '\u202eab', 'a\u200bb', 'a\nb', 'x'.repeat(10_000)]) {
      assert.equal(typeof rule(text), 'string', JSON.stringify(text.slice(0, 10)));
    }
  });
}

test('the least storage is one that the rule takes, wherever there is room for a step', () => {
  fc.assert(
    fc.property(fc.nat({ max: 5_000 }), fc.integer({ min: 10, max: 5_000 }), (minStorageGb, room) => {
      const range = { minStorageGb, maxStorageGb: minStorageGb + room };
      assert.equal(storageRule(range)(String(leastStorage(range))), undefined);
      assert.equal(typeof storageRule(range)(String(leastStorage(range) - 10)), 'string');
    }),
  );
});

test('storage is refused with what the class takes', () => {
  const words = (range: StorageRange, text: string) => storageRule(range)(text);
  assert.equal(words({}, '10'), undefined);
  assert.equal(words({}, '0'), 'Storage is a whole number of GB in steps of 10, such as 10.');
  assert.equal(words({}, ' '), 'Type a value.');
  assert.equal(words({}, 'ten'), 'Storage is a whole number of GB in steps of 10, such as 10.');
  assert.equal(words({ minStorageGb: 15 }, '10'), 'At least 20 GB with this class.');
  assert.equal(words({ maxStorageGb: 100 }, '100'), undefined);
  assert.equal(words({ maxStorageGb: 100 }, '110'), 'At most 100 GB with this class.');
});
