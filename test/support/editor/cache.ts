import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The per-user folder for what is too big for the project's own dependencies (an editor is 600 MB).
 * `TENCENTDB_POSTGRES_CACHE` names it outright; else it follows `XDG_CACHE_HOME`, else `~/.cache`.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const own = environment['TENCENTDB_POSTGRES_CACHE'];
  if (own !== undefined && own !== '') return own;
  const shared = environment['XDG_CACHE_HOME'];
  const base = shared !== undefined && shared !== '' ? shared : join(homedir(), '.cache');
  return join(base, 'tencentdb-postgres');
}

/**
 * The folder `name` of the cache, made by `fill` the first time. It is filled beside its place and moved there when
 * complete, so an interrupted install is never taken for a finished one and two runs at once do not disturb each other.
 */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const cache = cacheFolder(process.env);
  const place = join(cache, name);
  if (existsSync(place)) return place;

  await mkdir(cache, { recursive: true });
  const beside = await mkdtemp(join(cache, `.${name}-`));
  try {
    await fill(beside);
    await rename(beside, place).catch((error: unknown) => {
      if (!existsSync(place)) throw error;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return place;
}
