import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonFiles, Now } from '../domain/ports.ts';
import { createJsonFile, isMissing } from './jsonFile.ts';

/** How the names of JSON files end; other files of the folder are nobody's business here. */
export const ending = '.json';

/** JSON files of one folder, by name. @param deps.path absolute path of the folder; one that was never made is empty */
export function createJsonFiles(deps: { readonly path: string; readonly now: Now }): JsonFiles {
  const { path, now } = deps;
  return {
    async names() {
      try {
        const files = await readdir(path);
        return files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
    of: (name) => createJsonFile({ path: join(path, `${name}${ending}`), now }),
  };
}
