import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameSource } from '../../../src/domain/profile.ts';
import { freeName, profileNameRule } from '../../../src/domain/profileName.ts';

test('keys come from one place when it is the same kind of place and, for tccli, the same profile', () => {
  const [dev, live] = ['dev', 'live'].map((profile) => ({ kind: 'tccli', profile }) as const);
  assert.ok(dev !== undefined && live !== undefined);
  assert.ok(sameSource(dev, { ...dev }));
  assert.ok(!sameSource(dev, live));
  assert.ok(!sameSource(dev, { kind: 'sdkFile' }));
  assert.ok(!sameSource({ kind: 'environment' }, { kind: 'sdkFile' }));
  assert.ok(sameSource({ kind: 'environment' }, { kind: 'environment' }));
});

test('the name of a profile is there, not too long, visible, and its own', () => {
  const rule = profileNameRule(['work']);
  for (const good of ['home', ' home ', 'a'.repeat(60), ` ${'a'.repeat(60)} `]) assert.equal(rule(good), undefined);
  assert.equal(rule(' '), 'Give the profile a name.');
  assert.equal(rule('a'.repeat(61)), 'A name has at most 60 characters.');
  assert.equal(rule('ho\u202Eme'), 'A name holds no line breaks or invisible characters.');
  assert.equal(rule(' work '), 'Another profile has this name.');
});

test('a name that is taken gets the first free number', () => {
  assert.equal(freeName('work', ['home']), 'work');
  assert.equal(freeName('work', ['work']), 'work (2)');
  assert.equal(freeName('work', ['work (2)', 'work', 'work (3)']), 'work (4)');
});
