import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { generatePassword, instanceSigns, passwordRule } from '../../../src/domain/newPassword.ts';

const rule = passwordRule(instanceSigns);

test('a password of all four sorts passes, at both ends of its length', () => {
  for (const password of ['Aa1-aaaa', `Aa1${'~'.repeat(29)}`, "aA1;'<>,", 'a/B2cdef']) {
    assert.equal(rule(password), undefined, password);
  }
});

test('everything that is missing is named at once', () => {
  assert.equal(
    rule(''),
    'Still missing: 8 more characters, a lower-case letter, an upper-case letter, a digit, a sign such as "-"',
  );
  assert.equal(rule('abcdefgh1'), 'Still missing: an upper-case letter, a sign such as "-"');
  assert.equal(rule('Aa1-aaa'), 'Still missing: 1 more characters');
  assert.equal(rule('AA1-AAAA'), 'Still missing: a lower-case letter');
  assert.equal(rule('Aab-aaaa'), 'Still missing: a digit');
});

test('a slash at the beginning, too much, and characters the service does not take are refused', () => {
  assert.match(rule('/Aa1-aaaa') ?? '', /must not start/);
  assert.match(rule(`Aa1-${'a'.repeat(29)}`) ?? '', /At most 32/);
  for (const stranger of [' ', 'é', '中', '"', '\\', '\u200b', '\n', '１']) {
    const words = rule(`Aa1-aaaa${stranger}`) ?? '';
    assert.match(words, /does not take/, JSON.stringify(stranger));
  }
});

test('what is wrong is said without the password', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 6, maxLength: 40 }), (password) => {
      const words = rule(password);
      if (words === undefined) return;
      assert.ok(!words.includes(password));
      // Two texts with the same faults are answered alike.
      if (/does not take/.test(words)) assert.equal(words, rule('é'));
    }),
  );
});

test('every generated password passes, whatever chance brings, and is harmless in a shell and in a URI', () => {
  const check = (password: string): void => {
    assert.equal(rule(password), undefined, password);
    assert.equal(passwordRule('-_')(password), undefined);
    assert.match(password, /^[A-Za-z][A-Za-z0-9_-]{19}$/);
    assert.equal(encodeURIComponent(password), password);
  };
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), (chance) => {
      check(generatePassword((bound) => Math.floor(Number(chance.next().value) * bound)).reveal());
    }),
    { numRuns: 1_000 },
  );
  check(generatePassword(() => 0).reveal());
  check(generatePassword((bound) => bound - 1).reveal());
});

test('with real chance no two are alike, and every place takes many characters', () => {
  const many = Array.from({ length: 2_000 }, () => generatePassword(randomInt).reveal());
  assert.equal(new Set(many).size, many.length);
  for (let place = 0; place < 20; place += 1) {
    assert.ok(new Set(many.map((password) => password.charAt(place))).size > 40, String(place));
  }
});
