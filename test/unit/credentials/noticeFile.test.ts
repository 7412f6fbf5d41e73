import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createNoticeFile } from '../../../src/credentials/noticeFile.ts';

test('a notice reaches every other window, and not the one that sent it', { timeout: 10_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'notice-'));
  const path = join(folder, 'below', 'notice');
  const [one, two] = [createNoticeFile(path), createNoticeFile(path)];
  try {
    const own: string[] = [];
    one.onDidHear((generation) => own.push(generation));
    const heard = new Promise<string>((resolve) => {
      two.onDidHear(resolve);
    });
    await one.send('generation-1');
    assert.equal(await heard, 'generation-1');
    assert.deepEqual(own, []);
    assert.equal(await readFile(path, 'utf8'), 'generation-1');
  } finally {
    one.dispose();
    two.dispose();
    await rm(folder, { recursive: true });
  }
});

test('where the folder cannot be made, nothing is heard and sending does no harm', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'notice-'));
  try {
    await writeFile(join(folder, 'file'), '');
    const notice = createNoticeFile(join(folder, 'file', 'below', 'notice'));
    await notice.send('generation-1');
    notice.dispose();
  } finally {
    await rm(folder, { recursive: true });
  }
});
