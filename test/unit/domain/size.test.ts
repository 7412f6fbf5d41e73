import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSize, sameSize, sizeText, sizeWords } from '../../../src/domain/size.ts';
import { plain } from '../../support/instances.ts';

test('a size is told in cores and gigabytes, without what is not known of it', () => {
  assert.equal(sizeWords({ cpu: 4, memoryGb: 8, storageGb: 50 }), '4 cores, 8 GB, 50 GB');
  assert.equal(sizeWords({ cpu: 1, memoryGb: 2 }), '1 core, 2 GB');
  assert.equal(sizeWords({ cpu: undefined, storageGb: 10 }), '10 GB');
  assert.equal(sizeWords({}), '');
});

test('a size comes back from the subject of an operation', () => {
  const amount = fc.nat(999_999_999);
  fc.assert(
    fc.property(fc.record({ cpu: amount, memoryGb: amount, storageGb: amount }, plain), (size) => {
      assert.deepEqual(readSize(sizeText(size)), size);
    }),
  );
});

test('any other subject is no size', () => {
  for (const text of ['', 'orders', '2/4', '2/4/50/1', '-2/4/50', '2/4/x', ' 2/4/50', '2.5/4/50']) {
    assert.equal(readSize(text), undefined, text);
  }
});

test('two sizes are the same when all three numbers are, and not while one is not known', () => {
  const size = { cpu: 2, memoryGb: 4, storageGb: 50 };
  assert.ok(sameSize(size, { ...size }));
  for (const other of [{ ...size, cpu: 4 }, { ...size, memoryGb: 8 }, { ...size, storageGb: 60 }, { cpu: 2 }]) {
    assert.ok(!sameSize(size, other));
  }
});
