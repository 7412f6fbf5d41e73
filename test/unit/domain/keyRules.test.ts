import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roleRule, secretIdRule, secretKeyRule, tokenRule } from '../../../src/domain/keyRules.ts';

test('a key is what was pasted, whatever stood around it', () => {
  for (const good of ['!', '~', 'AKIDexample', ' AKIDexample\n', 'a'.repeat(4_096)])
    assert.equal(secretIdRule(good), undefined);
});

test('what cannot be a key is told by the name of its field', () => {
  assert.equal(secretIdRule(' '), 'Paste the SecretId.');
  assert.equal(secretKeyRule(''), 'Paste the SecretKey.');
  assert.equal(secretKeyRule('a'.repeat(4_097)), 'This is too long for a SecretKey.');
  assert.equal(secretIdRule('AKID example'), 'A SecretId holds no spaces or invisible characters.');
  assert.equal(secretIdRule('AKID\u200Bexample'), 'A SecretId holds no spaces or invisible characters.');
  assert.equal(secretKeyRule('schlüssel'), 'A SecretKey holds plain letters, digits and signs only.');
});

test('a token may be left out, and is held to the same rules', () => {
  assert.equal(tokenRule('  '), undefined);
  assert.equal(tokenRule('abc'), undefined);
  assert.equal(tokenRule('a b'), 'A token holds no spaces or invisible characters.');
});

test('a role is a whole resource name or nothing', () => {
  for (const good of ['', ' ', 'qcs::cam::uin/1:roleName/dba', ' qcs::cam::uin/100000000001:role/4611686018427 '])
    assert.equal(roleRule(good), undefined, good);
  for (const bad of [
    'dba',
    'x qcs::cam::uin/1:roleName/dba',
    'qcs::cam::uin/1:roleName/db a',
    'qcs::cam::uin/:roleName/dba',
    'qcs::cam::uin/1:roleName/',
    'qcs::cam::uin/one:roleName/dba',
    'qcs::cam::uin/1:roleNames/dba',
  ])
    assert.equal(roleRule(bad), 'A role is written as qcs::cam::uin/100000000001:roleName/dba.', bad);
});
