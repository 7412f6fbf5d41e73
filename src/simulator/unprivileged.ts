import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The account that runs PostgreSQL where we are root, which PostgreSQL refuses to be. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody`, when this process is root; else `undefined`: PostgreSQL then runs as we do. */
export async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(accounts);
  return { uid: Number(entry?.[1] ?? 65_534), gid: Number(entry?.[2] ?? 65_534) };
}

/** True when any account may enter this folder or run this file, as far as the permission bits tell. */
export async function isOpenToAll(path: string): Promise<boolean> {
  try {
    for (const name of new Set([path, await realpath(path)])) {
      const { mode } = await stat(name);
      if ((mode & 0o005) !== 0o005 || !(await isWayOpen(dirname(name)))) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** True when any account may pass through this folder and all above it. */
export async function isWayOpen(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || isWayOpen(parent);
}
