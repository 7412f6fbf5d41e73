import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsInWords, countsOf, markdownOf, type Table } from './table.ts';

const table: Table = {
  title: 'Writes',
  cells: [
    { row: 'black hole', column: 'create', attacks: 1, failures: [] },
    { row: 'black hole', column: 'delete', attacks: 1, failures: ['black hole: delete: it hangs'] },
    { row: 'every code', column: 'create', attacks: 212, failures: [] },
  ],
};

test('a table says what passed, how many stand in one cell, and why the others did not', () => {
  assert.deepEqual(markdownOf(table).split('\n'), [
    '## Writes',
    '',
    '|            | create     | delete    |',
    '| ---------- | ---------- | --------- |',
    '| black hole | pass       | FAILED #1 |',
    '| every code | pass (212) |           |',
    '',
    '1. black hole: delete: it hangs',
    '',
  ]);
});

test('every attack counts, those that share a cell as well', () => {
  assert.equal(countsInWords(countsOf([table, table])), '428 cells, 426 passed, 2 failed');
});

test('text that would break the table does not', () => {
  const [line] = markdownOf({ title: 'T', cells: [{ row: 'a|b\nc', column: 'x', attacks: 1, failures: [] }] })
    .split('\n')
    .filter((text) => text.includes('pass'));
  assert.equal(line, '| a\\|b c | pass |');
});
