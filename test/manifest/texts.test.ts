import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifestText, words } from './manifest.ts';

const used = new Set([...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));

test('every text of the manifest is there', () => {
  assert.deepEqual(
    [...used].filter((key) => key === undefined || !words.has(key)),
    [],
  );
});

test('no text is left over', () => {
  assert.deepEqual(
    [...words.keys()].filter((key) => !used.has(key)),
    [],
  );
});

for (const [key, value] of words) {
  test(`the text ${key} is tidy`, () => {
    assert.equal(value, value.trim());
    assert.notEqual(value, '');
    assert.doesNotMatch(value, / {2}|\t|…/);
    assert.match(value, /^[A-Z`*\p{Script=Han}]|^(cloud|www)\./u);
  });
}
