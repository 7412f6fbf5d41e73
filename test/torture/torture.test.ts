import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampled } from './parts.ts';

for (const part of sampled) {
  test(`the sample of "${part.name}" passes`, async () => {
    const tables = await part.run({ short: true });
    const cells = tables.flatMap((table) => table.cells);
    assert.ok(cells.length > 0);
    assert.deepEqual(
      cells.flatMap(({ failures }) => failures),
      [],
    );
  });
}
