import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { onPath } from '../../support/editor/programs.ts';

/** The programs of the person at the editor, and nothing else that a PATH would bring. */
export interface Tools {
  /** The whole PATH: git where this machine has it, an apt-get that does nothing, and no psql. */
  readonly path: string;
  /** Reads no profile, so that the PATH stays what it is. */
  readonly shell: string;
  /** Off the PATH. */
  readonly psql: string;
  /** How psql was called last; undefined before it was and has logged in. */
  psqlCall(): Promise<PsqlCall | undefined>;
  /** Forgets how psql was called. */
  forget(): Promise<void>;
  /** Every command line of git so far. */
  gitCalls(): Promise<string[]>;
  remove(): Promise<void>;
}

const psqlCall = z.object({ args: z.array(z.string()), variables: z.array(z.string()), user: z.string() });

/** Arguments, names of the variables that are libpq's, and the user that the server knows it by. */
export type PsqlCall = z.output<typeof psqlCall>;

export const git = onPath('git');

const standIn = fileURLToPath(new URL('../../support/standInPsql.ts', import.meta.url));

export async function makeTools(): Promise<Tools> {
  const folder = await mkdtemp(join(tmpdir(), 'tencentdb-postgres-tools-'));
  const path = join(folder, 'bin');
  const shell = join(folder, 'sh');
  const psql = join(folder, 'psql');
  const notes = { psql: join(folder, 'psql.json'), git: join(folder, 'git.txt') };
  await mkdir(path);
  await script(join(path, 'apt-get'), ':');
  await script(shell, `while [ "$1" != -c ]; do shift; done; exec /bin/sh "$@"`);
  await script(psql, `exec '${process.execPath}' '${standIn}' '${notes.psql}' "$@"`);
  if (git !== undefined) await script(join(path, 'git'), `echo "git $*" >> '${notes.git}'; exec '${git}' "$@"`);

  return {
    path,
    shell,
    psql,
    async psqlCall() {
      const text = await readFile(notes.psql, 'utf8').catch(() => '');
      return text === '' ? undefined : psqlCall.parse(JSON.parse(text));
    },
    forget: () => rm(notes.psql, { force: true }),
    gitCalls: async () => (await readFile(notes.git, 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function script(path: string, body: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
}
