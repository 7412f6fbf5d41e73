import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JsonFile, Now } from '../domain/ports.ts';
import { redactKept } from '../domain/redaction.ts';

/**
 * A JSON file on disk, readable by its owner only. Its folder is made when something is first written.
 * No secret is written, whatever the value holds. Writes go one after the other to a file beside it, which then takes its place.
 * Every method rejects with the error of `node:fs`, and `read` with a `SyntaxError` for what is not JSON.
 *
 * @param deps.path absolute path of the file
 */
export function createJsonFile(deps: { readonly path: string; readonly now: Now }): JsonFile {
  const { path, now } = deps;
  let writes = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function replace(text: string): Promise<void> {
    writes += 1;
    // Several windows may write the same file, so the name tells the processes apart.
    const draft = `${path}.${String(process.pid)}-${String(writes)}.tmp`;
    await mkdir(dirname(path), { recursive: true });
    try {
      const handle = await open(draft, 'w', 0o600);
      try {
        await handle.writeFile(text, 'utf8');
        // Without it a power cut can leave the new name over empty content.
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
      const value: unknown = JSON.parse(text);
      return value;
    },

    async write(value) {
      const text = `${JSON.stringify(redactKept(value), undefined, 2)}\n`;
      const mine = last.then(() => replace(text));
      // The next write waits for this one and does not fail with it; the caller of this one hears of it.
      last = mine.catch(() => undefined);
      await mine;
    },

    async setAside() {
      const stamp = new Date(now()).toISOString().replace(/[-:.]/g, '');
      try {
        await rename(path, `${path}.unreadable-${stamp}`);
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },

    remove: () => rm(path, { force: true }),
  };
}

/** True for the error of `node:fs` about a file or folder that is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
