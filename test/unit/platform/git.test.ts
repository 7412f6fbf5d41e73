import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gitState } from '../../../src/platform/git.ts';

const skip = spawnSync('git', ['--version']).status === 0 ? false : 'git is not installed';
const root = await mkdtemp(join(tmpdir(), 'git-state-'));
after(() => rm(root, { recursive: true }));

/** A new repository with these files. */
async function repository(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(root, name);
  execFileSync('git', ['init', '-q', folder]);
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}

test('a file is ignored, exposed or tracked', { skip }, async () => {
  const folder = await repository('one', { '.gitignore': '.env\n', '.env': '', '.env.local': '', '.env.shared': '' });
  execFileSync('git', ['-C', folder, 'add', '-f', '.env.shared']);
  assert.equal(await gitState(folder, '.env'), 'ignored');
  assert.equal(await gitState(folder, '.env.local'), 'exposed');
  assert.equal(await gitState(folder, '.env.shared'), 'tracked');
});

test('a tracked file is not ignored, whatever stands in .gitignore', { skip }, async () => {
  const folder = await repository('two', { '.env': '' });
  execFileSync('git', ['-C', folder, 'add', '.env']);
  await writeFile(join(folder, '.gitignore'), '.env\n');
  assert.equal(await gitState(folder, '.env'), 'tracked');
});

test('outside a repository nothing is known', { skip }, async () => {
  assert.equal(await gitState(join(root, 'none'), '.env'), 'unknown');
});

test('no program that the repository names for watching files is run', { skip }, async () => {
  const folder = await repository('three', { '.env': '' });
  const trace = join(root, 'was-run');
  execFileSync('git', ['-C', folder, 'config', 'core.fsmonitor', `touch '${trace}'; false`]);
  execFileSync('git', ['-C', folder, '-c', 'core.fsmonitor=false', 'add', '.env']);
  assert.equal(await gitState(folder, '.env'), 'tracked');
  await assert.rejects(rm(trace));
});
