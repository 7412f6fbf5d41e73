import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { zipEntries } from './packageContents.ts';
import { projectRoot } from './process.ts';

/** What a package is made of, and what makes it. */
const parts = [
  '.vscodeignore',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'esbuild.mjs',
  'media',
  'package.json',
  'src',
  'test/tools',
  'tsconfig.json',
];

/** One person's checkout: its files have these modes and this date, and the package is made in this environment. */
interface Checkout {
  readonly name: string;
  readonly fileMode: number;
  readonly date: Date;
  readonly environment: NodeJS.ProcessEnv;
}

/** Copies the project, packs it there, and resolves with the package. */
async function packed(folder: string, { name, fileMode, date, environment }: Checkout): Promise<Buffer> {
  const copy = join(folder, name);
  await mkdir(copy, { recursive: true });
  const words = (await readdir(projectRoot)).filter((file) => /^package\.nls\..*json$|^package\.nls\.json$/.test(file));
  for (const part of [...parts, ...words]) await cp(join(projectRoot, part), join(copy, part), { recursive: true });
  for (const entry of await readdir(copy, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) await chmod(path, fileMode);
    await utimes(path, date, date);
  }
  await symlink(join(projectRoot, 'node_modules'), join(copy, 'node_modules'), 'junction');

  await node(copy, environment);
  const out = (await readdir(join(copy, 'out'))).filter((file) => file.endsWith('.vsix'));
  assert.equal(out.length, 1);
  return readFile(join(copy, 'out', out.join()));
}

function node(cwd: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const env = { ...process.env, ...environment };
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['test/tools/package.ts'], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) done();
      else fail(new Error(output));
    });
  });
}

test('two people who pack the same source get the same bytes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tencentdb-postgres-packed-'));
  try {
    const [one, other] = await Promise.all([
      packed(folder, {
        name: 'one',
        fileMode: 0o600,
        date: new Date('2021-03-04T05:06:07Z'),
        environment: { TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8', SOURCE_DATE_EPOCH: '' },
      }),
      packed(folder, {
        name: 'another, with a longer path',
        fileMode: 0o755,
        date: new Date('2024-10-11T12:13:14Z'),
        environment: { TZ: 'America/New_York', LANG: 'da_DK.UTF-8', SOURCE_DATE_EPOCH: '1700000000' },
      }),
    ]);
    assert.ok(zipEntries(one).includes('extension/dist/extension.cjs'));
    assert.ok(one.equals(other), 'the packages differ');
  } finally {
    await rm(folder, { recursive: true });
  }
});
