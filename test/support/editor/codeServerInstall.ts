import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './cache.ts';
import { npm, requirePrograms } from './programs.ts';

/** `current` is the newest workbench that was tried; `floor` is the oldest that `engines.vscode` promises. */
export type Edition = 'current' | 'floor';

export const editions = {
  current: { codeServer: '4.139.1', vscode: '1.139' },
  floor: { codeServer: '4.103.2', vscode: '1.103' },
} as const;

export interface CodeServerProgram {
  readonly edition: Edition;
  /** The Node that this edition's extension host runs on. */
  readonly node: string;
  readonly entry: string;
}

/** Installs code-server into the cache, once; neither a compiler nor system headers are needed for the current one. */
export async function installCodeServer(edition: Edition, say: (line: string) => void): Promise<CodeServerProgram> {
  const version = editions[edition].codeServer;
  const node = edition === 'floor' ? await installNode22(say) : { folder: '', program: process.execPath };
  const folder = await cached(`code-server-${version}`, async (target) => {
    say(`installing code-server ${version}, once, into the cache`);
    await writeFile(join(target, 'package.json'), '{ "private": true }');
    await npm(target, ['install', '--ignore-scripts', `code-server@${version}`]);
    // The workbench's own dependencies: npm leaves them out, as the package installs them in a script.
    const workbench = join(target, 'node_modules/code-server/lib/vscode');
    await npm(workbench, ['install', '--omit=dev', '--ignore-scripts']);
    if (edition === 'floor') await compileArgon2(target, node.folder, say);
  });
  return { edition, node: node.program, entry: join(folder, 'node_modules/code-server/out/node/entry.js') };
}

/** The floor refuses to start without this module, and it is published as source only. */
async function compileArgon2(target: string, nodeFolder: string, say: (line: string) => void): Promise<void> {
  await requirePrograms(
    { python3: 'python3', make: 'make', 'g++': 'g++' },
    `code-server ${editions.floor.codeServer}`,
    say,
  );
  await npm(target, ['rebuild', 'argon2'], { npm_config_nodedir: nodeFolder });
}

async function installNode22(say: (line: string) => void): Promise<{ folder: string; program: string }> {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = await cached('node-22', async (target) => {
    say('installing Node 22 for the floor edition, once, into the cache');
    await writeFile(join(target, 'package.json'), '{ "private": true }');
    await npm(target, ['install', '--ignore-scripts', `${name}@22`]);
  });
  const home = join(folder, 'node_modules', name);
  return { folder: home, program: join(home, 'bin/node') };
}
