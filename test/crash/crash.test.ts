import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCrashes } from './crash.ts';
import { writes } from './writes.ts';

test('of every write some windows die on the way, and the promise is kept', async () => {
  const { cells, failed, lines } = await runCrashes({ sample: true, atOnce: 2 });
  assert.equal(failed, 0, lines.join('\n'));
  // Two undisturbed runs of each write that needs no address, and at least one kill of each.
  assert.ok(cells >= 3 * writes.filter(({ hasAddress = false }) => !hasAddress).length, lines.join('\n'));
});
