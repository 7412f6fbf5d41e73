import { mkdirSync, watch } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toError } from '../domain/errors.ts';
import type { JsonFolder, Log, Now, Sleep } from '../domain/ports.ts';
import { createJsonFile, isMissing } from './jsonFile.ts';

const ending = '.json';

/** Several changes within this many milliseconds are told once. */
const lull = 100;

/** Milliseconds between two calls where the system tells nothing of changes. */
const slowly = 5_000;

/**
 * A folder of JSON files on disk. Names are ours, made of letters, digits and hyphens; files of other endings are
 * nobody's business here. Where the folder cannot be watched, its listeners are called every few seconds.
 */
export function createJsonFolder(deps: {
  readonly path: string;
  readonly now: Now;
  readonly sleep: Sleep;
  readonly log: Log;
}): JsonFolder {
  const { path, now, sleep, log } = deps;
  const fileOf = (name: string) => createJsonFile({ path: join(path, `${name}${ending}`), now });

  return {
    async read() {
      const names = (await listing(path)).filter((name) => name.endsWith(ending));
      const found = new Map<string, unknown>();
      for (const name of names.map((file) => file.slice(0, -ending.length))) {
        const file = fileOf(name);
        try {
          const value = await file.read();
          // Removed by another window since it was listed.
          if (value !== undefined) found.set(name, value);
        } catch (thrown) {
          log.warn(`Record cannot be read: ${name}: ${toError(thrown).message}`);
          // Any other trouble may pass, and belongs to a record that is whole.
          if (thrown instanceof SyntaxError) await file.setAside();
        }
      }
      return found;
    },
    readOne: (name) => fileOf(name).read(),
    write: (name, value) => fileOf(name).write(value),
    remove: (name) => rm(join(path, `${name}${ending}`), { force: true }),

    watch(listener) {
      const over = new AbortController();
      let pending = false;

      function soon(): void {
        if (pending) return;
        pending = true;
        sleep(lull, over.signal).then(
          () => {
            pending = false;
            listener();
          },
          () => undefined,
        );
      }

      async function again(): Promise<void> {
        for (;;) {
          await sleep(slowly, over.signal);
          listener();
        }
      }

      function unwatched(error: Error): void {
        if (over.signal.aborted) return;
        log.warn(`Records cannot be watched and are read every few seconds: ${error.message}`);
        again().catch(() => undefined);
      }

      try {
        mkdirSync(path, { recursive: true });
        const watcher = watch(path, { persistent: false, signal: over.signal }, (_event, file) => {
          if (file === null || file.endsWith(ending)) soon();
        });
        watcher.once('error', unwatched);
      } catch (thrown) {
        unwatched(toError(thrown));
      }
      return {
        dispose: () => {
          over.abort();
        },
      };
    },
  };
}

/** The names in a folder; a folder that was never made is empty. */
async function listing(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
