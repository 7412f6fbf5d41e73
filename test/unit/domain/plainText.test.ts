import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainText, withoutLinks } from '../../../src/domain/plainText.ts';
import { anyText } from '../../support/instances.ts';

test('text without tricks stays as it is', () => {
  assert.equal(plainText('Büro 数据库 🐘 $(x) **b** <i>'), 'Büro 数据库 🐘 $(x) **b** <i>');
});

test('line breaks and control characters become one space', () => {
  assert.equal(plainText('one\r\n\ttwo\u0000three\u2028'), 'one two three');
});

test('marks that reverse or hide text go', () => {
  assert.equal(plainText('safe\u202Egnp.exe\u2066\u200B\uFEFF'), 'safegnp.exe');
});

test('a very long text is cut at a whole character', () => {
  assert.equal(plainText('x'.repeat(10_000)), `${'x'.repeat(499)}…`);
  assert.equal(plainText(`${'x'.repeat(498)}🐘🐘🐘`), `${'x'.repeat(498)}…`);
});

test('no text leaves anything invisible behind, and a clean text is not changed again', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const clean = plainText(text);
      assert.doesNotMatch(clean, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      assert.ok(clean.length <= 500);
      assert.equal(plainText(clean), clean);
    }),
  );
});

test('words from outside make no link, and text without one stays as it is', () => {
  assert.equal(withoutLinks('see [here](command:workbench.action.quit)'), 'see [here] (command:workbench.action.quit)');
  assert.equal(withoutLinks('a [b] (c) (d)[e]'), 'a [b] (c) (d)[e]');
});

test('a text of the longest length stays whole', () => {
  assert.equal(plainText('x'.repeat(500)), 'x'.repeat(500));
  assert.equal(plainText('x'.repeat(501)), `${'x'.repeat(499)}…`);
});
