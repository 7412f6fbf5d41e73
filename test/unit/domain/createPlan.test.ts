import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Rule } from '../../../src/domain/createPlan.ts';
import {
  charsetRule,
  nameRule,
  projectRule,
  proposeName,
  regionRule,
  subnetRule,
  tagKeyRule,
  tagValueRule,
  textRule,
  versionRule,
  vpcRule,
  wireCharset,
  zoneFitsRegion,
  zoneRule,
} from '../../../src/domain/createPlan.ts';

const rules: Readonly<Record<string, Rule>> = {
  region: regionRule,
  zone: zoneRule('ap-guangzhou'),
  name: nameRule,
  version: versionRule,
  charset: charsetRule,
  project: projectRule,
  vpc: vpcRule,
  subnet: subnetRule,
  tagKey: tagKeyRule,
  tagValue: tagValueRule,
};

const good: Readonly<Record<string, readonly string[]>> = {
  region: ['ap-guangzhou', 'ap-shanghai-fsi', 'na-siliconvalley', ' ap-beijing '],
  zone: ['ap-guangzhou-2', 'ap-guangzhou-12', ' ap-guangzhou-3 '],
  name: ['a', 'demo_1-B', 'x'.repeat(60)],
  version: ['10.4', '10', '16.2.14', ' 10.4 '],
  charset: ['UTF8', 'utf-8', 'LATIN1', ' UTF8 '],
  project: ['0', '1234567', ' 7 '],
  vpc: ['vpc-1a2b3c4d', ' vpc-1 '],
  subnet: ['subnet-1a2b3c4d', ' subnet-1 '],
  tagKey: ['env', '团队', ` ${'k'.repeat(127)} `],
  tagValue: ['prod', 'β', ` ${'v'.repeat(255)} `],
};

const bad: Readonly<Record<string, readonly string[]>> = {
  region: ['guangzhou', 'ap-', 'AP-GUANGZHOU', 'ap-guangzhou-2', 'x.ap-guangzhou'],
  zone: ['ap-guangzhou', 'ap-shanghai-2', 'ap-guangzhou-0', 'ap-guangzhou-２', 'ap-guangzhou-fsi-1', 'ap-guangzhou-2x'],
  name: ['my db', 'naïve', '数据库', 'x'.repeat(61), 'a.b'],
  version: ['ten', '10.', '.4', '１０.４'],
  charset: ['8UTF', 'UTF 8'],
  project: ['-1', '1.5', '９', '99999999999999999999', 'abc', '7x'],
  vpc: ['vpc-', 'subnet-1', 'VPC-1', 'x-vpc-1', 'vpc-1/2'],
  subnet: ['subnet', 'vpc-1', 'x-subnet-1', 'subnet-1/2'],
  tagKey: ['k'.repeat(128)],
  tagValue: ['v'.repeat(256)],
};

for (const [name, rule] of Object.entries(rules)) {
  test(`the rule for ${name} takes what is right and says what is wrong`, () => {
    for (const text of good[name] ?? []) assert.equal(rule(text), undefined, text);
    for (const text of bad[name] ?? []) assert.equal(typeof rule(text), 'string', text);
  });

  test(`the rule for ${name} refuses blank, control, reversing and endless text`, () => {
    for (const text of ['', '   ', 'a\u0000b', '\u202eab', 'a\u200bb', 'a\nb', 'x'.repeat(10_000)]) {
      assert.equal(typeof rule(text), 'string', JSON.stringify(text.slice(0, 10)));
    }
  });
}

test('what a rule accepts is short, visible and holds no control character', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(rules)), fc.string({ unit: 'binary' }), (name, text) => {
      if (rules[name]?.(text) !== undefined) return;
      assert.ok(text.trim().length > 0 && text.length <= 1_000);
      assert.doesNotMatch(text, /[\p{Cc}\p{Cf}]/u);
    }),
  );
});

test('a charset is sent in the spelling the service takes', () => {
  assert.equal(wireCharset('utf-8'), 'UTF8');
  assert.equal(wireCharset(' UTF8 '), 'UTF8');
  assert.equal(wireCharset('latin1'), 'LATIN1');
});

test('a proposed name begins with the prefix and passes the rule', () => {
  for (const random of [() => 0, () => 0.5, () => 0.999_999]) {
    const name = proposeName('pg-', random);
    assert.match(name, /^pg-.{4}$/);
    assert.equal(nameRule(name), undefined);
  }
});

test('what is too long for any box is said with its length, and the longest that is not passes', () => {
  assert.equal(textRule('x'.repeat(1_000)), undefined);
  assert.equal(textRule('x'.repeat(1_001)), 'This is too long: 1001 characters.');
});

test('each rule names first what is wrong with the text as such', () => {
  for (const [name, rule] of Object.entries(rules)) assert.equal(rule(' '), 'Type a value.', name);
});

test('a zone that is none, and one of another region, are told apart', () => {
  const rule = zoneRule('ap-guangzhou');
  for (const none of ['guangzhou', '-2', 'ap-guangzhou-0', 'AP-guangzhou-2', 'ap-guangzhou-two']) {
    assert.equal(rule(none), 'A zone looks like ap-guangzhou-2.', none);
  }
  assert.equal(rule('ap-beijing-1'), 'Zone ap-beijing-1 does not belong to region ap-guangzhou.');
  assert.ok(!zoneFitsRegion('xx-guangzhou-2', 'ap-guangzhou'), 'the place of the number alone says nothing');
});

test('a proposed name takes its letters by chance', () => {
  const chances = [0, 0.25, 0.5, 0.999];
  assert.equal(
    proposeName('', () => chances.shift() ?? 0),
    'ais9',
  );
});
