import { constants } from 'node:fs';
import { access, lstat, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';

/** Why a file on this machine is not to be written, or cannot be. */
export type Obstacle = 'readOnly' | 'outside' | 'notAFile';

/**
 * Looks at a file before it is written. A link is followed when it leads to a file within one of the folders: beyond
 * them a password would land where nobody looks for it.
 *
 * @param path absolute; a file that is not there yet has no obstacle where its folder can be written to
 * @param folders absolute paths of the folders of the workspace
 */
export async function obstacleOf(path: string, folders: readonly string[]): Promise<Obstacle | undefined> {
  const itself = await lstat(path).catch(() => undefined);
  if (itself === undefined) return (await isWritable(dirname(path))) ? undefined : 'readOnly';
  if (itself.isSymbolicLink()) {
    const target = await realpath(path).catch(() => undefined);
    if (target === undefined) return 'outside';
    const roots = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
    if (!roots.some((root) => isWithin(root, target))) return 'outside';
  }
  const file = await stat(path);
  if (!file.isFile()) return 'notAFile';
  // An administrator may write anything; a file that nobody was meant to write is still left alone.
  return (file.mode & 0o222) !== 0 && (await isWritable(path)) ? undefined : 'readOnly';
}

/** True for an executable file; on Windows for any file. */
export async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
