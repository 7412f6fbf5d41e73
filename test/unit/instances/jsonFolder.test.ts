import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createJsonFolder } from '../../../src/instances/jsonFolder.ts';
import { memoryLog } from '../../support/memory.ts';

const root = await mkdtemp(join(tmpdir(), 'records-'));
after(() => rm(root, { recursive: true }));

test('a folder that does not exist yet is empty', async () => {
  assert.equal((await createJsonFolder({ path: join(root, 'none'), now: () => 0, log: memoryLog() }).read()).size, 0);
});

test('records are written, replaced, read and removed one by one', async () => {
  const folder = createJsonFolder({ path: join(root, 'some'), now: () => 0, log: memoryLog() });
  await folder.write('one', { a: 1 });
  await folder.write('one', { a: 2 });
  await folder.write('two', []);
  await folder.remove('two');
  await folder.remove('two');
  assert.deepEqual([...(await folder.read())], [['one', { a: 2 }]]);
});

test('a record that is not JSON is set aside with its content, and the others are read', async () => {
  const path = join(root, 'broken');
  const log = memoryLog();
  const folder = createJsonFolder({ path, now: () => 0, log });
  await folder.write('good', 1);
  await writeFile(join(path, 'bad.json'), '{"half":');
  assert.deepEqual([...(await folder.read()).keys()], ['good']);
  assert.ok((await readdir(path)).some((name) => name.startsWith('bad.json.unreadable-')));
  assert.match(log.lines.join(), /bad/);
});
