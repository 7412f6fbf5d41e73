import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readPages, readTokenPages } from '../../../src/api/paging.ts';

test('every row is read once, whatever the size of the pages and whether or not the service tells the total', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.string()),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      async (all, size, tells) => {
        let reads = 0;
        const rows = await readPages(
          (offset) => {
            reads += 1;
            return Promise.resolve({ rows: all.slice(offset, offset + size), total: tells ? all.length : undefined });
          },
          (row) => row,
        );
        assert.deepEqual(rows, all);
        assert.ok(reads <= Math.ceil(all.length / size) + 1);
      },
    ),
  );
});

test('a service that ignores the offset, or promises more than it has, does not keep the reading going', async () => {
  let reads = 0;
  const same = (): Promise<{ rows: string[]; total: number }> => {
    reads += 1;
    return Promise.resolve({ rows: ['a', 'b'], total: 1_000_000 });
  };
  assert.deepEqual(await readPages(same, (row) => row), ['a', 'b']);
  assert.equal(reads, 2);
  const empty = await readPages(
    () => Promise.resolve({ rows: [], total: 10 }),
    () => '',
  );
  assert.deepEqual(empty, []);
});

test('a list that never ends is given up', async () => {
  let reads = 0;
  const rows = await readPages(
    (offset) => {
      reads += 1;
      return Promise.resolve({ rows: [offset], total: undefined });
    },
    (row) => String(row),
  );
  assert.equal(rows.length, reads);
  assert.equal(reads, 1_000);
});

test('tokens are followed until there is none, or one comes again', async () => {
  const pages: Record<string, { rows: number[]; next: string }> = {
    '': { rows: [1], next: 'a' },
    a: { rows: [], next: 'b' },
    b: { rows: [2, 3], next: '' },
  };
  const read = (token: string): Promise<{ rows: number[]; next: string }> =>
    Promise.resolve(pages[token] ?? { rows: [], next: '' });
  assert.deepEqual(await readTokenPages(read), [1, 2, 3]);
  pages['b'] = { rows: [2, 3], next: 'a' };
  assert.deepEqual(await readTokenPages(read), [1, 2, 3]);
});
