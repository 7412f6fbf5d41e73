import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { keyDisk } from '../../../../src/credentials/sources/keyFile.ts';

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a file is read as UTF-8, or as the UTF-16 that its mark promises', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'credentials');
    await writeFile(path, 'secret_id = Ä');
    assert.equal(await keyDisk.readFile(path), 'secret_id = Ä');
    await writeFile(path, Buffer.from('\uFEFFsecret_id = Ä', 'utf16le'));
    assert.equal(await keyDisk.readFile(path), 'secret_id = Ä');
    assert.deepEqual(await keyDisk.readFolder(folder), ['credentials']);
  });
});

test('a folder, a pipe and a huge file are refused before they are opened', { timeout: 10_000 }, async () => {
  await inFolder(async (folder) => {
    await assert.rejects(keyDisk.readFile(folder), { code: 'EISDIR' });
    await assert.rejects(keyDisk.readFile(join(folder, 'none')), { code: 'ENOENT' });
    await writeFile(join(folder, 'huge'), '');
    await truncate(join(folder, 'huge'), 2 ** 30);
    await assert.rejects(keyDisk.readFile(join(folder, 'huge')), { code: 'EFBIG' });
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await assert.rejects(keyDisk.readFile(join(folder, 'pipe')), { code: 'ENOTSUP' });
  });
});
