import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createJsonFile } from '../../../src/instances/jsonFile.ts';

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'json-file-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

const now = (): number => Date.UTC(2025, 10, 24, 3, 4, 5, 678);

test('a file that is not there reads as undefined', async (t) => {
  const file = createJsonFile({ path: join(await folder(t), 'list.json'), now });
  assert.equal(await file.read(), undefined);
});

test('what was written is read back, and the folder is made on the way', async (t) => {
  const file = createJsonFile({ path: join(await folder(t), 'deep', 'down', 'list.json'), now });
  await file.write({ version: 1, words: ['ü', '\u202E'] });
  assert.deepEqual(await file.read(), { version: 1, words: ['ü', '\u202E'] });
});

test('only the owner can read the file', { skip: process.platform === 'win32' }, async (t) => {
  const path = join(await folder(t), 'list.json');
  await createJsonFile({ path, now }).write({});
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test('writes that overlap end with the last one, and leave nothing beside the file', async (t) => {
  const place = await folder(t);
  const file = createJsonFile({ path: join(place, 'list.json'), now });
  // The first is so large that it would finish last if they ran side by side.
  await Promise.all([file.write({ n: 1, filler: 'x'.repeat(5_000_000) }), file.write({ n: 2 })]);
  assert.deepEqual(await file.read(), { n: 2 });
  assert.deepEqual(await readdir(place), ['list.json']);
});

test('a write that fails keeps the old content, leaves nothing beside it, and the next write works', async (t) => {
  const place = await folder(t);
  const path = join(place, 'list.json');
  const file = createJsonFile({ path, now });
  await file.write({ kept: true });
  const loop: { self?: unknown } = {};
  loop.self = loop;
  await assert.rejects(file.write(loop), TypeError);
  assert.deepEqual(await readdir(place), ['list.json']);
  await file.write({ kept: 'replaced' });
  assert.deepEqual(await file.read(), { kept: 'replaced' });
});

test('a place that cannot be written to is told to the caller, no draft stays, and the next write works', async (t) => {
  const place = await folder(t);
  const path = join(place, 'list.json');
  await mkdir(join(path, 'inside'), { recursive: true });
  const file = createJsonFile({ path, now });
  await assert.rejects(file.write({}), { syscall: 'rename' });
  assert.deepEqual(await readdir(place), ['list.json']);
  await rm(path, { recursive: true });
  await file.write({ free: true });
  assert.deepEqual(await file.read(), { free: true });
});

test('content that is not JSON rejects, and setting it aside keeps it under a new name', async (t) => {
  const place = await folder(t);
  const path = join(place, 'list.json');
  await writeFile(path, '{"half":');
  const file = createJsonFile({ path, now });
  await assert.rejects(file.read(), SyntaxError);
  await file.setAside();
  assert.equal(await file.read(), undefined);
  assert.equal(await readFile(`${path}.unreadable-20251124T030405678Z`, 'utf8'), '{"half":');
});

test('setting aside what is not there does nothing', async (t) => {
  const place = await folder(t);
  await createJsonFile({ path: join(place, 'list.json'), now }).setAside();
  assert.deepEqual(await readdir(place), []);
});
