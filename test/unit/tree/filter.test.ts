import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterOf, tagKeysOf } from '../../../src/tree/filter.ts';
import { anyInstance, anyText, instanceWith } from '../../support/instances.ts';

const shop = instanceWith({
  id: 'postgres-1a2b',
  name: 'Web-Shop',
  tags: [
    { key: 'Env', value: 'Production' },
    { key: 'cost center', value: 'Berlin 12' },
    { key: 'empty', value: '' },
  ],
});

test('a word is found in the name, the id, the key or the value of a tag, in any case', () => {
  for (const text of ['shop', 'WEB-', '1A2B', 'env', 'production', 'duct', '12', '', '   ']) {
    assert.ok(filterOf(text)(shop), text);
  }
  for (const text of ['shopp', 'prod1', 'web shop1']) assert.ok(!filterOf(text)(shop), text);
});

test('several words have to match all', () => {
  assert.ok(filterOf('shop production 1a2b')(shop));
  assert.ok(!filterOf('shop staging')(shop));
});

test('a key with an equals sign is that key and no other, with a value that begins so', () => {
  for (const text of ['env=prod', 'ENV=PRODUCTION', 'env=', 'empty=']) assert.ok(filterOf(text)(shop), text);
  for (const text of ['nv=prod', 'env=duct', 'env=staging', 'shop=', '=prod']) assert.ok(!filterOf(text)(shop), text);
});

test('quotes keep spaces in a word', () => {
  assert.ok(filterOf('"cost center=berlin 12"')(shop));
  assert.ok(!filterOf('web "center=')(shop));
  assert.ok(!filterOf('"web center"')(shop));
});

test('any text is a filter, and every instance is found by its name without quotes or spaces', () => {
  fc.assert(
    fc.property(anyText, anyInstance, (text, instance) => {
      assert.equal(typeof filterOf(text)(instance), 'boolean');
      const word = instance.name.replaceAll(/["=\s]/g, '');
      if (word === instance.name) assert.ok(filterOf(word)(instance));
    }),
  );
});

test('the keys of tags are listed once each, in order', () => {
  const other = instanceWith({ tags: [{ key: 'app', value: 'x' }] });
  assert.deepEqual(tagKeysOf([shop, shop, other]), ['Env', 'app', 'cost center', 'empty']);
});
