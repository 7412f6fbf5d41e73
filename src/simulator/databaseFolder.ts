import { chmod, cp, mkdir, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import type { Keeper } from './keeper.ts';
import { type Account, isOpenToAll, isWayOpen } from './unprivileged.ts';
import { UsageError } from './usageError.ts';

/**
 * The folder that PostgreSQL runs from. Where it has to run under another account that cannot reach the binaries (a
 * checkout in the home of root), a copy that goes at the end.
 * @throws UsageError when they cannot be copied either
 */
export async function reachableBin(
  binaries: Binaries,
  account: Account | undefined,
  keeper: Pick<Keeper, 'removeAtEnd'>,
): Promise<string> {
  const { bin, home } = binaries;
  if (account === undefined || (await isOpenToAll(join(bin, 'postgres')))) return bin;
  if (home === undefined) {
    throw new UsageError(`PostgreSQL must not run as root, and other accounts cannot reach ${bin}.`);
  }
  const copy = await reachableFolder(tmpdir(), keeper);
  await cp(await realpath(home), copy, { recursive: true, verbatimSymlinks: true });
  await chmod(copy, 0o755);
  return join(copy, 'bin');
}

/** A new temporary folder that goes at the end, and that any account can pass through. */
export async function temporaryFolder(keeper: Pick<Keeper, 'removeAtEnd'>): Promise<string> {
  return reachableFolder(tmpdir(), keeper);
}

async function reachableFolder(parent: string, keeper: Pick<Keeper, 'removeAtEnd'>): Promise<string> {
  const folder = await makeFolder(parent);
  keeper.removeAtEnd(folder);
  return folder;
}

async function makeFolder(...parents: string[]): Promise<string> {
  for (const parent of [...parents, '/tmp', '/var/tmp']) {
    if (process.getuid?.() === 0 && !(await isWayOpen(parent).catch(() => false))) continue;
    const folder = await mkdtemp(join(parent, 'tencentdb-simulator-'));
    await chmod(folder, 0o711);
    return folder;
  }
  throw new UsageError('There is no temporary folder that the account of PostgreSQL can reach.');
}

/**
 * The lasting folder of the databases for a data folder: inside it, or where the account cannot get there, one of its
 * own in a place that survives a restart.
 */
export async function lastingFolder(
  data: string,
  account: Account | undefined,
  warn: (message: string) => void,
): Promise<string> {
  const inside = join(data, 'databases');
  await mkdir(inside, { recursive: true });
  await chmod(inside, 0o711);
  if (account === undefined || (await isWayOpen(dirname(inside)))) return inside;
  const outside = await makeFolder('/var/tmp');
  warn(
    `PostgreSQL must not run as root, and other accounts cannot reach ${data}: the databases are kept in ${outside}.`,
  );
  return outside;
}
