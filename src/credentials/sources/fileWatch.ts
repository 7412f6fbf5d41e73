import { realpathSync, statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Sleep } from '../../domain/ports.ts';

/** A folder that is watched, and the names in it that matter. */
interface Watched {
  /** Tells this folder from a later one of the same path, which the watcher would not see. */
  readonly identity: string;
  /** Absent where the system would not watch it. */
  readonly watcher?: FSWatcher;
  names: ReadonlySet<string>;
}

/** One write is several events; in milliseconds. */
const quiet = 100;

/**
 * Tells when one of the files may have changed, come or gone. Folders are watched, because files are replaced by
 * renaming; for a folder that is not there, the nearest one above it that is. A file that is a link is also watched
 * where it leads to. Where the system watches nothing, nothing is told.
 *
 * @param paths absolute
 * @param onChange called some time after a change, once for several that follow closely
 */
export function watchFiles(
  paths: readonly string[],
  onChange: () => void,
  deps: { readonly sleep: Sleep },
): { dispose(): void } {
  const ending = new AbortController();
  const watched = new Map<string, Watched>();
  let telling = false;

  function heed(): void {
    if (ending.signal.aborted) return;
    settle();
    if (telling) return;
    telling = true;
    deps.sleep(quiet, ending.signal).then(
      () => {
        telling = false;
        onChange();
      },
      () => {
        // Disposed while waiting: nobody wants to know any more.
      },
    );
  }

  /** Folders come into being while one looks for them, so it looks until it has found what it had found before. */
  function settle(): void {
    for (let round = 0; round < 10 && arrange(); round += 1);
  }

  /** True when it began to watch something. */
  function arrange(): boolean {
    const wanted = foldersOf(paths);
    for (const [folder, { identity, watcher }] of watched) {
      if (wanted.has(folder) && identityOf(folder) === identity) continue;
      watcher?.close();
      watched.delete(folder);
    }
    let began = false;
    for (const [folder, names] of wanted) {
      const known = watched.get(folder);
      if (known !== undefined) {
        known.names = names;
        continue;
      }
      const identity = identityOf(folder);
      if (identity === undefined) continue;
      const watcher = begin(folder);
      watched.set(folder, { identity, names, ...(watcher === undefined ? {} : { watcher }) });
      began = true;
    }
    return began;
  }

  function begin(folder: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        // A folder that goes away says so under its own name.
        if (name === null || name === basename(folder) || watched.get(folder)?.names.has(name) === true) heed();
      });
      // It stays in the list, so that the same folder is not tried again and again.
      watcher.on('error', () => {
        watcher.close();
        heed();
      });
      return watcher;
    } catch {
      return undefined;
    }
  }

  settle();

  return {
    dispose() {
      ending.abort();
      for (const { watcher } of watched.values()) watcher?.close();
      watched.clear();
    },
  };
}

/** Folders that are there → the names in them on the way to the files. */
function foldersOf(paths: readonly string[]): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of new Set(paths.flatMap((one) => [one, targetOf(one)]))) {
    let [folder, name] = [dirname(path), basename(path)];
    while (identityOf(folder) === undefined && dirname(folder) !== folder) {
      [folder, name] = [dirname(folder), basename(folder)];
    }
    folders.set(folder, (folders.get(folder) ?? new Set()).add(name));
  }
  return folders;
}

/** Where a link leads to; the path itself for what is no link, and for what is not there. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** `undefined` when there is no such folder, or none that may be looked at. */
function identityOf(folder: string): string | undefined {
  const facts = statOf(folder);
  // A new folder may get the number of the one that was removed, so the time it was made belongs to it.
  return facts?.isDirectory() === true ? [facts.dev, facts.ino, facts.birthtimeMs].join(':') : undefined;
}

function statOf(path: string): ReturnType<typeof statSync> {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
