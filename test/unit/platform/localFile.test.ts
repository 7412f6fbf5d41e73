import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isProgram, obstacleOf } from '../../../src/platform/localFile.ts';

const root = await mkdtemp(join(tmpdir(), 'local-file-'));
after(() => rm(root, { recursive: true }));
const folder = join(root, 'work');
const other = join(root, 'work-2');
await mkdir(join(folder, 'config'), { recursive: true });
await mkdir(other);
const noModes = process.platform === 'win32' ? 'Windows has no such modes and guards links' : false;

const obstacle = (name: string): Promise<string | undefined> => obstacleOf(join(folder, name), [folder]);

test('an ordinary file, and one that is not there yet, have no obstacle', async () => {
  await writeFile(join(folder, '.env'), '');
  assert.equal(await obstacle('.env'), undefined);
  assert.equal(await obstacle('.env.new'), undefined);
});

test('a folder of that name is no file', async () => {
  await mkdir(join(folder, '.env.d'));
  assert.equal(await obstacle('.env.d'), 'notAFile');
});

test('a read-only file is left alone, by an administrator too', { skip: noModes }, async () => {
  await writeFile(join(folder, '.env.fixed'), 'A=1');
  await chmod(join(folder, '.env.fixed'), 0o444);
  assert.equal(await obstacle('.env.fixed'), 'readOnly');
});

test('a file in a folder that is not there cannot be made', async () => {
  assert.equal(await obstacle('nowhere/.env'), 'readOnly');
});

test('a link is followed within the folders of the workspace and not beyond them', { skip: noModes }, async () => {
  await writeFile(join(folder, 'config', 'shared.env'), '');
  await writeFile(join(other, 'secret'), '');
  await symlink(join('config', 'shared.env'), join(folder, '.env.inside'));
  await symlink(join(other, 'secret'), join(folder, '.env.beyond'));
  await symlink('nowhere', join(folder, '.env.broken'));
  await symlink('config', join(folder, '.env.folder'));
  assert.equal(await obstacle('.env.inside'), undefined);
  assert.equal(await obstacle('.env.beyond'), 'outside');
  assert.equal(await obstacle('.env.broken'), 'outside');
  assert.equal(await obstacle('.env.folder'), 'notAFile');
  assert.equal(await obstacleOf(join(folder, '.env.beyond'), [folder, other]), undefined);
});

test('a folder of the workspace may itself be reached through a link', { skip: noModes }, async () => {
  await symlink(folder, join(root, 'alias'));
  await writeFile(join(folder, 'config', 'aliased.env'), '');
  await symlink(join('config', 'aliased.env'), join(folder, '.env.aliased'));
  assert.equal(await obstacleOf(join(root, 'alias', '.env.aliased'), [join(root, 'alias')]), undefined);
});

test('a program is an executable file', { skip: noModes }, async () => {
  await writeFile(join(folder, 'psql'), '');
  assert.equal(await isProgram(join(folder, 'psql')), false);
  await chmod(join(folder, 'psql'), 0o755);
  assert.equal(await isProgram(join(folder, 'psql')), true);
  assert.equal(await isProgram(folder), false);
  assert.equal(await isProgram(join(folder, 'none')), false);
});
