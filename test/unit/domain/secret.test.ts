import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Secret } from '../../../src/domain/secret.ts';

test('a secret prints *** however it is printed, and gives its value only when asked', () => {
  const secret = new Secret('p@ss');
  const printed = [String(secret), secret.toString(), JSON.stringify({ secret }), inspect({ secret }), inspect(secret)];
  for (const text of printed) {
    assert.match(text, /\*\*\*/);
    assert.doesNotMatch(text, /p@ss/);
  }
  assert.equal(secret.reveal(), 'p@ss');
});

test('two secrets are equal when they hold the same value', () => {
  assert.ok(new Secret('a').equals(new Secret('a')));
  assert.ok(!new Secret('a').equals(new Secret('b')));
});
