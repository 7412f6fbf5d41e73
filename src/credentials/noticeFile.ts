import { mkdirSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Notice } from './session.ts';

/**
 * The notice as a file that all windows of the person watch. It holds a random word, never a key.
 * Where a folder cannot be watched, other windows learn of new keys when they next read the vault.
 *
 * @param path absolute path of the file
 */
export function createNoticeFile(path: string): Notice & { dispose(): void } {
  const listeners = new Set<(generation: string) => void>();
  let known: string | undefined;

  async function heed(): Promise<void> {
    const generation = await readFile(path, 'utf8').catch(() => undefined);
    if (generation === undefined || generation === known) return;
    known = generation;
    for (const listener of listeners) listener(generation);
  }

  const watcher = watchFolder(path, heed);

  return {
    async send(generation) {
      known = generation;
      try {
        await writeFile(path, generation, { mode: 0o600 });
      } catch {
        // The keys are kept all the same; a window that was not told reads them when it is loaded again.
      }
    },
    onDidHear(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    dispose() {
      watcher?.close();
      listeners.clear();
    },
  };
}

/** `undefined` where the folder cannot be made or watched. */
function watchFolder(path: string, heed: () => Promise<void>): FSWatcher | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name === basename(path)) void heed();
    });
    watcher.on('error', () => {
      watcher.close();
    });
    return watcher;
  } catch {
    return undefined;
  }
}
