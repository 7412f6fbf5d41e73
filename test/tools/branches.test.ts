import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBranches, share, under } from './branches.ts';

const report = [
  ...['TN:', 'SF:src/domain/a.ts', 'BRDA:1,0,0,1', 'BRDA:2,1,0,0', 'BRDA:3,2,0,7', 'BRF:3', 'BRH:2', 'end_of_record'],
  ...['TN:', 'SF:src\\domain\\b.ts', 'BRDA:4,0,0,-', 'BRDA:5,1,0,12', 'end_of_record'],
  ...['TN:', 'SF:src/api/c.ts', 'end_of_record', ''],
].join('\n');

test('a report has the branches of each file, however its paths are written', () => {
  assert.deepEqual(Object.fromEntries(readBranches(report)), {
    'src/domain/a.ts': { found: 3, taken: 2, missed: [2] },
    'src/domain/b.ts': { found: 2, taken: 1, missed: [4] },
    'src/api/c.ts': { found: 0, taken: 0, missed: [] },
  });
});

test('a folder is the sum of its files', () => {
  const files = readBranches(report);
  assert.deepEqual(under('src/domain/', files), { found: 5, taken: 3 });
  assert.equal(share(under('src/domain/', files)), 60);
  assert.equal(share(under('src/api/', files)), 100);
});
