import { mkdirSync, watch } from 'node:fs';
import { toError } from '../domain/errors.ts';
import type { JsonFolder, Log, Now, Sleep } from '../domain/ports.ts';
import { createJsonFiles, ending } from './jsonFiles.ts';

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
  const files = createJsonFiles({ path, now });

  return {
    async read() {
      const found = new Map<string, unknown>();
      for (const name of await files.names()) {
        const file = files.of(name);
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
    readOne: (name) => files.of(name).read(),
    write: (name, value) => files.of(name).write(value),
    remove: (name) => files.of(name).remove(),

    watch(listener) {
      const over = new AbortController();
      let pending: Set<string> | undefined;
      let any = false;

      /** @param name `undefined` where the system does not say which record it was */
      function soon(name: string | undefined): void {
        if (name === undefined) any = true;
        else pending?.add(name);
        if (pending !== undefined) return;
        pending = new Set(name === undefined ? [] : [name]);
        sleep(lull, over.signal).then(
          () => {
            const names = any ? undefined : pending;
            pending = undefined;
            any = false;
            listener(names);
          },
          () => undefined,
        );
      }

      async function again(): Promise<void> {
        for (;;) {
          await sleep(slowly, over.signal);
          listener(undefined);
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
          if (file === null) soon(undefined);
          else if (file.endsWith(ending)) soon(file.slice(0, -ending.length));
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
