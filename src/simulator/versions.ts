import { type Binaries, findEveryVersion, majorOf } from './binaries.ts';
import { reachableBin } from './databaseFolder.ts';
import type { Keeper } from './keeper.ts';
import type { Account } from './unprivileged.ts';

export interface VersionsParts {
  /** The PostgreSQL that is used where none is asked for. */
  readonly usual: Binaries;
  /** Nothing but that one, as a person has named it. */
  readonly onlyUsual: boolean;
  /** Folder from which the others are looked for. */
  readonly start: string;
  readonly account: Account | undefined;
  readonly keeper: Pick<Keeper, 'removeAtEnd'>;
  readonly warn: (message: string) => void;
}

/**
 * Answers with the folder of a PostgreSQL of the major version asked for; where there is none, of the newest one, and
 * says so once. The others are looked for when the first of them is asked for.
 */
export function createVersions(parts: VersionsParts): (major: number | undefined) => Promise<string> {
  const { usual, account, keeper, warn } = parts;
  const folders = new Map<string, Promise<string>>();
  const missing = new Set<number>();
  let all: Promise<readonly Binaries[]> | undefined;

  function folderOf(binaries: Binaries): Promise<string> {
    const folder = folders.get(binaries.bin) ?? reachableBin(binaries, account, keeper);
    folders.set(binaries.bin, folder);
    return folder;
  }

  return async (major) => {
    if (major === undefined || major === majorOf(usual)) return folderOf(usual);
    all ??= parts.onlyUsual ? Promise.resolve([usual]) : findEveryVersion(parts.start);
    const known = await all;
    const exact = known.find((binaries) => majorOf(binaries) === major);
    if (exact !== undefined) return folderOf(exact);
    const [newest = usual] = known;
    if (!missing.has(major)) {
      missing.add(major);
      warn(`There is no PostgreSQL ${String(major)} here: such instances run PostgreSQL ${newest.version}.`);
    }
    return folderOf(newest);
  };
}
