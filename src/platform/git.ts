import { execFile } from 'node:child_process';
import type { GitState } from '../domain/workspaceFiles.ts';

/**
 * What git makes of a file at the top of a folder. The settings of a repository can name programs that git runs, so this
 * is for folders that the person trusts.
 *
 * @param folder absolute path
 */
export async function gitState(folder: string, name: string): Promise<GitState> {
  switch (await exitCode(folder, ['check-ignore', '-q', '--', name])) {
    case 0:
      return 'ignored';
    case 1:
      return (await exitCode(folder, ['ls-files', '--error-unmatch', '--', name])) === 0 ? 'tracked' : 'exposed';
    default:
      return 'unknown';
  }
}

/** `undefined` when git is not there or does not come to an end. */
function exitCode(folder: string, command: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve) => {
    // The folder is named by an option: were it the working directory, Windows would look for git in it first.
    const all = ['-c', 'core.fsmonitor=false', '-C', folder, ...command];
    execFile('git', all, { timeout: 5_000, windowsHide: true }, (error) => {
      if (error === null) resolve(0);
      else resolve(typeof error.code === 'number' ? error.code : undefined);
    });
  });
}
