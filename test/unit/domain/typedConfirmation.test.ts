import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exactly, wordsToDelete } from '../../../src/domain/typedConfirmation.ts';
import { anyText, instanceWith } from '../../support/instances.ts';

test('of one instance the name is typed, of several the word and their count', () => {
  assert.equal(wordsToDelete([instanceWith({ name: 'shop' })]), 'shop');
  assert.equal(wordsToDelete([instanceWith(), instanceWith()]), 'delete 2');
  assert.equal(wordsToDelete([]), 'delete 0');
});

test('a name that cannot be typed as it is read stands aside for the id', () => {
  for (const name of ['', ' ', ' shop', 'shop ', 'sh\u202Eop', 'sh\u200Bop']) {
    assert.equal(wordsToDelete([instanceWith({ name })]), 'postgres-aaaa1111', JSON.stringify(name));
  }
});

test('a slip is named: a space, another case, something else', () => {
  const rule = exactly('Shop');
  assert.equal(rule('Shop'), undefined);
  assert.match(rule('Shop ') ?? '', /space too many/);
  assert.match(rule('\tShop') ?? '', /space too many/);
  for (const text of ['shop', ' SHOP ']) assert.match(rule(text) ?? '', /case/);
  for (const text of ['', 'Sho', 'Shop2', 'delete 2']) assert.match(rule(text) ?? '', /Type exactly: Shop/);
});

test('nothing but the very text is accepted', () => {
  fc.assert(
    fc.property(anyText, anyText, (expected, typed) => {
      assert.equal(exactly(expected)(typed) === undefined, expected === typed);
      assert.equal(exactly(expected)(expected), undefined);
    }),
  );
});
