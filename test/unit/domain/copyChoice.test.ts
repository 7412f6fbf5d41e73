import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCopyChoice } from '../../../src/domain/copyChoice.ts';

test('a choice that was kept is read, and each part that is none of ours is left out', () => {
  for (const address of ['private', 'public'] as const) {
    const choice = { format: 'jdbc', withPassword: false, address } as const;
    assert.deepEqual(readCopyChoice({ ...choice, more: 1 }), choice);
  }
  for (const kept of [undefined, 'uri', { format: 'xml', withPassword: 'yes', address: 'nowhere' }])
    assert.deepEqual(readCopyChoice(kept), {});
});
