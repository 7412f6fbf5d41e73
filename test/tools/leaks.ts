/**
 * Shows that the leak test can fail: builds the extension without its redaction into out/unredacted, runs the journey
 * that has secrets repeated by the service against it, and prints where they were found. Ends with 0 when they were.
 *
 *   node test/tools/leaks.ts
 */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}out/unredacted`;

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const name of ['package.json', 'package.nls.json', 'package.nls.zh-cn.json', 'media'])
  await cp(`${root}${name}`, `${folder}/${name}`, { recursive: true });
const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): void => {
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
};
run(['esbuild.mjs', '--production', '--unredacted']);
run(['--test', 'test/editor/journeys/leaks.journey.ts'], { LEAKS_UNREDACTED: folder });
