import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeArrangement, usualArrangement, type Arrangement } from '../../../src/tree/arrangement.ts';

test('what was kept is read back', () => {
  const kept: Arrangement[] = [
    usualArrangement,
    { groupBy: 'project', sortBy: 'created', filter: 'shop env=prod' },
    { groupBy: 'kind', sortBy: 'name', filter: '' },
    { groupBy: { tag: 'team' }, sortBy: 'status', filter: '' },
  ];
  for (const one of kept) assert.deepEqual(decodeArrangement(JSON.parse(JSON.stringify(one))), one);
});

test('each part that is not understood is as usual', () => {
  assert.deepEqual(decodeArrangement({ groupBy: 'colour', sortBy: 'created', filter: 7 }), {
    ...usualArrangement,
    sortBy: 'created',
  });
  assert.deepEqual(decodeArrangement({ groupBy: { tag: 3 }, sortBy: {}, filter: 'x' }), {
    ...usualArrangement,
    filter: 'x',
  });
});

test('anything at all gives an arrangement that reads back the same', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const read = decodeArrangement(value);
      assert.deepEqual(decodeArrangement(read), read);
    }),
  );
});
