import assert from 'node:assert/strict';
import { watch } from 'node:fs';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Sleep } from '../../../src/domain/ports.ts';
import { createJsonFolder } from '../../../src/instances/jsonFolder.ts';
import { sleep } from '../../../src/platform/sleep.ts';
import { manualClock, soon } from '../../support/clock.ts';
import { memoryLog } from '../../support/memory.ts';

const root = await mkdtemp(join(tmpdir(), 'records-'));
after(() => rm(root, { recursive: true }));

function folderAt(name: string, deps: { log?: ReturnType<typeof memoryLog>; sleep?: Sleep } = {}) {
  return createJsonFolder({ path: join(root, name), now: () => 0, sleep, log: memoryLog(), ...deps });
}

test('a folder that does not exist yet is empty', async () => {
  assert.equal((await folderAt('none').read()).size, 0);
  assert.equal(await folderAt('none').readOne('one'), undefined);
});

test('records are written, replaced, read and removed one by one', async () => {
  const folder = folderAt('some');
  await folder.write('one', { a: 1 });
  await folder.write('one', { a: 2 });
  await folder.write('two', []);
  await folder.remove('two');
  await folder.remove('two');
  assert.deepEqual([...(await folder.read())], [['one', { a: 2 }]]);
  assert.deepEqual(await folder.readOne('one'), { a: 2 });
  assert.equal(await folder.readOne('two'), undefined);
});

test('files of other endings are left alone', async () => {
  const folder = folderAt('mixed');
  await folder.write('one', 1);
  await writeFile(join(root, 'mixed', 'one.1.claim'), 'not JSON');
  await writeFile(join(root, 'mixed', 'one.json.7-1.tmp'), 'not JSON');
  assert.deepEqual([...(await folder.read()).keys()], ['one']);
  assert.equal((await readdir(join(root, 'mixed'))).length, 3);
});

test('a record that is not JSON is set aside with its content, and the others are read', async () => {
  const log = memoryLog();
  const folder = folderAt('broken', { log });
  await folder.write('good', 1);
  await writeFile(join(root, 'broken', 'bad.json'), '{"half":');
  assert.deepEqual([...(await folder.read()).keys()], ['good']);
  assert.ok((await readdir(join(root, 'broken'))).some((name) => name.startsWith('bad.json.unreadable-')));
  assert.match(log.lines.join(), /bad/);
});

test('a record that cannot be opened stays where it is, and the others are read', async () => {
  const log = memoryLog();
  const folder = folderAt('stuck', { log });
  await folder.write('good', 1);
  await symlink('loop.json', join(root, 'stuck', 'loop.json'));
  assert.deepEqual([...(await folder.read()).keys()], ['good']);
  assert.deepEqual((await readdir(join(root, 'stuck'))).sort(), ['good.json', 'loop.json']);
  assert.match(log.lines.join(), /loop/);
});

test('what another window writes or removes is told, also in a folder that was not there', async (t) => {
  let heard = 0;
  const watching = folderAt('shared').watch(() => (heard += 1));
  t.after(() => {
    watching.dispose();
  });
  const other = folderAt('shared');
  await other.write('one', 1);
  await soon(() => heard > 0);
  const before = heard;
  await other.remove('one');
  await soon(() => heard > before);
});

test('a claim that is made or renewed tells nobody', async (t) => {
  const asked: number[] = [];
  const watching = folderAt('claims', {
    sleep: (milliseconds) => {
      asked.push(milliseconds);
      return Promise.resolve();
    },
  }).watch(() => undefined);
  const seen: unknown[] = [];
  const witness = watch(join(root, 'claims'), (_event, name) => seen.push(name));
  t.after(() => {
    watching.dispose();
    witness.close();
  });
  await writeFile(join(root, 'claims', 'one.1.claim'), 'x');
  await soon(() => seen.includes('one.1.claim'));
  assert.deepEqual(asked, []);
  await folderAt('claims').write('one', 1);
  await soon(() => asked.length > 0);
});

test('several changes in a row are told once, and after the last one', async (t) => {
  const clock = manualClock();
  const told: unknown[] = [];
  const watching = folderAt('lull', { sleep: clock.sleep }).watch((names) => {
    told.push([...(names ?? ['any'])]);
  });
  t.after(() => {
    watching.dispose();
  });
  const other = folderAt('lull');
  for (const n of [1, 2, 3]) await other.write('one', n);
  await other.write('two', 4);
  await soon(() => clock.sleeping().length > 0);
  assert.equal(clock.sleeping().length, 1);
  // The system may tell of the last one a little later.
  await soon(() => {
    clock.pass(100);
    return told.flat().includes('two');
  });
  assert.deepEqual(new Set(told.flat()), new Set(['one', 'two']));
});

test('where a folder cannot be watched, its listeners are called again and again, and it is said once', async () => {
  await writeFile(join(root, 'file'), '');
  const clock = manualClock();
  const log = memoryLog();
  let heard = 0;
  const watching = folderAt(join('file', 'inside'), { sleep: clock.sleep, log }).watch(() => (heard += 1));
  for (const times of [1, 2]) {
    await soon(() => clock.sleeping().length === 1);
    clock.pass(5_000);
    await soon(() => heard === times);
  }
  assert.equal(log.lines.length, 1);
  await soon(() => clock.sleeping().length === 1);
  watching.dispose();
  assert.deepEqual(clock.sleeping(), []);
});
