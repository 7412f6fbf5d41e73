import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentPath, keyOfPath } from '../../../src/domain/documents.ts';
import { plainText } from '../../../src/domain/plainText.ts';
import { anyText } from '../../support/instances.ts';

const key = { accountId: '100000000001', region: 'ap-guangzhou', id: 'postgres-1', name: 'shop' };

test('a document is named after its instance', () => {
  assert.equal(documentPath(key), '/100000000001/ap-guangzhou/postgres-1/shop.jsonc');
  assert.equal(documentPath({ ...key, name: '' }), '/100000000001/ap-guangzhou/postgres-1/postgres-1.jsonc');
});

test('any instance is found again by the path of its document', () => {
  const parts = fc.oneof(anyText, fc.constantFrom('.', '..', '%2E', '%2F', 'a/b', '%252E'));
  fc.assert(
    fc.property(parts, parts, parts, parts, (accountId, region, id, name) => {
      const path = documentPath({ accountId, region, id, name });
      const found = keyOfPath(path);
      assert.deepEqual({ ...found, name: '' }, { accountId, region, id, name: '' });
      // The name is for the tab alone.
      assert.doesNotMatch(found?.name ?? '', /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      if (plainText(name) === name && name !== '' && name.length <= 100) assert.equal(found?.name, name);
      for (const part of path.split('/')) assert.ok(part !== '.' && part !== '..');
    }),
  );
});

test('no other path is taken for a document', () => {
  for (const path of [
    '',
    '/',
    'a/b/c/d.jsonc',
    '/a/b/c/d.json',
    '/a/b/c/d/e.jsonc',
    '/a/b/c/d.jsonc/e',
    '/a/b/c',
    '/a/b',
    '/a',
    'x/a/b/c/d.jsonc',
    '/etc/passwd',
  ]) {
    assert.equal(keyOfPath(path), undefined, path);
  }
});
