import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inDocument, inMessage, inPrompt, inRow, inTerminal, inTree } from '../../../src/domain/places.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { anyText } from '../../support/instances.ts';

const places = { inMessage, inPrompt, inRow, inTerminal, inTree, inDocument };

const tricks = '[x](command:a.b) $(flame) \u202Egnp.exe\u001B[31m\u0007';

test('a text that means harm is text in every kind of place', () => {
  assert.deepEqual(Object.fromEntries(Object.entries(places).map(([name, place]) => [name, place(tricks)])), {
    inMessage: '[x] (command:a.b) $(flame) gnp.exe [31m ',
    inPrompt: '[x] (command:a.b) $ (flame) gnp.exe [31m ',
    inRow: '[x](command:a.b) $ (flame) �gnp.exe�[31m�',
    inTerminal: '[x](command:a.b) $ (flame) gnp.exe [31m ',
    inTree: '[x] (command:a.b) $ (flame) gnp.exe [31m ',
    inDocument: String.raw`[x](command:a.b) $(flame) \u202egnp.exe\u001b[31m\u0007`,
  });
});

test('no secret is left in any of them, not even half of one at a cut or one that hides behind a mark', () => {
  const secret = new Secret('A-secret-of-30-characters-here');
  const hidden = 'A-secret-of-30\u200B-characters-here';
  for (const [name, place] of Object.entries(places)) {
    assert.ok(place(`x ${secret.reveal()}`).endsWith('***'), name);
    const cut = place(`${'w'.repeat(4_985)}${secret.reveal()} and more`);
    assert.ok(!cut.includes('A-secret'), name);
    if (name !== 'inRow' && name !== 'inDocument') assert.ok(!place(hidden).includes('characters'), name);
  }
});

test('what is shown has an end, and lines of this program stay lines where there may be some', () => {
  for (const [name, place] of Object.entries(places)) {
    if (name !== 'inDocument') assert.ok(place('w'.repeat(50_000)).length <= 5_000, name);
  }
  assert.equal(inTree('one\ntwo'), 'one\ntwo');
  assert.equal(inMessage('one\ntwo'), 'one\ntwo');
  assert.equal(inTerminal('one\ntwo'), 'one two');
  assert.equal(inDocument('one\ntwo'), 'one\ntwo');
});

test('whatever the text, nothing comes to life', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(anyText, fc.constantFrom('](', '$(', ']', '(', '$', '\u200B')), { maxLength: 6 }),
      (parts) => {
        const text = parts.join('');
        for (const place of [inMessage, inPrompt, inTree]) assert.ok(!place(text).includes(']('));
        for (const place of [inPrompt, inRow, inTerminal, inTree]) assert.ok(!place(text).includes('$('));
        for (const place of Object.values(places))
          assert.doesNotMatch(place(text), /[\u0000-\u0009\u000B-\u001F\p{Cf}]/u);
      },
    ),
  );
});
