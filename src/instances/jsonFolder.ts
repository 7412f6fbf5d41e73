import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toError } from '../domain/errors.ts';
import type { JsonFolder, Log, Now } from '../domain/ports.ts';
import { createJsonFile, isMissing } from './jsonFile.ts';

const ending = '.json';

/** A folder of JSON files on disk. Names are ours, made of letters, digits and hyphens. */
export function createJsonFolder(deps: { readonly path: string; readonly now: Now; readonly log: Log }): JsonFolder {
  const { path, now, log } = deps;
  const fileOf = (name: string) => createJsonFile({ path: join(path, `${name}${ending}`), now });

  return {
    async read() {
      const names = (await listing(path)).filter((name) => name.endsWith(ending));
      const found = new Map<string, unknown>();
      for (const name of names.map((file) => file.slice(0, -ending.length))) {
        const file = fileOf(name);
        try {
          found.set(name, await file.read());
        } catch (thrown) {
          log.warn(`Record set aside, it cannot be read: ${name}: ${toError(thrown).message}`);
          await file.setAside();
        }
      }
      return found;
    },
    write: (name, value) => fileOf(name).write(value),
    remove: (name) => rm(join(path, `${name}${ending}`), { force: true }),
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
