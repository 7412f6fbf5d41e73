import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountNameRule, accountPasswordRule, databaseNameRule } from '../../../src/domain/contentRules.ts';
import { generatePassword } from '../../../src/domain/newPassword.ts';
import { anyText } from '../../support/instances.ts';

test('names of accounts and databases are letters, digits and "_", and begin with none of the digits', () => {
  for (const rule of [accountNameRule, databaseNameRule]) {
    for (const good of ['a', '_a', 'App_1', ' padded ', 'x'.repeat(63)]) assert.equal(rule(good), undefined, good);
    for (const [bad, words] of [
      ['', /Type a value/],
      ['  ', /Type a value/],
      ['1a', /digit/],
      ['a-b', /"-" is not one/],
      ['库', /"库" is not one/],
      ['a\u202Eb', /invisible/],
      ['x'.repeat(64), /63 characters; this has 64/],
      ['postgres', /taken/],
      ['POSTGRES', /taken/],
    ] as const) {
      assert.match(rule(bad) ?? '', words, bad);
    }
  }
});

test('an account does not begin as those of the service do; a database may', () => {
  for (const name of ['pg_x', 'PG_x', 'tencentdb_x']) {
    assert.match(accountNameRule(name) ?? '', /must not start with/);
    assert.equal(databaseNameRule(name), undefined);
  }
});

test('whatever is typed, a rule answers and what it takes is a plain name', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const rule of [accountNameRule, databaseNameRule]) {
        if (rule(text) === undefined) assert.match(text.trim(), /^[A-Za-z_][A-Za-z0-9_]{0,62}$/);
      }
    }),
  );
});

test('the password of an account takes two signs less, and every generated one passes', () => {
  assert.equal(accountPasswordRule('Aa1-aaaa'), undefined);
  assert.notEqual(accountPasswordRule('Aa1;aaaa'), undefined);
  assert.notEqual(accountPasswordRule("Aa1'aaaa"), undefined);
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (stream) => {
      const random = (bound: number): number => (stream.next().value ?? 0) % bound;
      assert.equal(accountPasswordRule(generatePassword(random).reveal()), undefined);
    }),
  );
});
