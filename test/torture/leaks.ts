import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';

/** Where secrets are at home. */
const secretStorage = 'secrets.json';

/** The place where a secret was found, and never the secret; `undefined` when there is none. */
export function leakIn(texts: Readonly<Record<string, string>>, secrets: ReadonlySet<string>): string | undefined {
  for (const [place, text] of Object.entries(texts)) {
    for (const secret of secrets) if (text.includes(secret)) return `a secret stands in ${place}`;
  }
  return undefined;
}

/** An error with everything that hangs on it, as a debugger or a careless log would show it. */
export function errorText(error: unknown): string {
  return inspect(error, { depth: 12, maxStringLength: null, maxArrayLength: null, showHidden: true });
}

/** Texts of the files of a folder, by their names. */
export async function filesIn(folder: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const { parentPath, name } of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (name.startsWith(secretStorage)) continue;
    try {
      texts[name] = await readFile(join(parentPath, name), 'utf8');
    } catch (error) {
      // A folder, or a claim that is cleared away while a window closes.
      if (!(error instanceof Error && 'code' in error && ['EISDIR', 'ENOENT'].includes(String(error.code))))
        throw error;
    }
  }
  return texts;
}
