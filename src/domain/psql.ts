import type { ConnectTarget } from './connectTarget.ts';
import type { Secret } from './secret.ts';

/** The machine as far as finding a program goes. */
export interface Machine {
  /** As `process.platform`. */
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** True when an executable file of that absolute path is there. */
  exists(path: string): Promise<boolean>;
}

/** Where installers put psql without putting it on the PATH. */
const otherFolders: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    '/opt/homebrew/bin',
    '/usr/local/bin',
    '/opt/homebrew/opt/libpq/bin',
    '/usr/local/opt/libpq/bin',
    '/Applications/Postgres.app/Contents/Versions/latest/bin',
  ],
  win32: [18, 17, 16, 15, 14, 13, 12, 11, 10].map((major) => `C:\\Program Files\\PostgreSQL\\${String(major)}\\bin`),
};

/** What installs the client alone, or the smallest thing that has it, by the installer that is there. */
const installers: Readonly<Record<string, readonly { readonly program: string; readonly command: string }[]>> = {
  linux: [
    { program: 'apt-get', command: 'sudo apt-get install postgresql-client' },
    { program: 'dnf', command: 'sudo dnf install postgresql' },
    { program: 'yum', command: 'sudo yum install postgresql' },
    { program: 'zypper', command: 'sudo zypper install postgresql' },
    { program: 'pacman', command: 'sudo pacman -S postgresql-libs' },
    { program: 'apk', command: 'sudo apk add postgresql-client' },
  ],
  darwin: [{ program: 'brew', command: 'brew install libpq' }],
  win32: [{ program: 'winget', command: 'winget install --id PostgreSQL.PostgreSQL.17' }],
};

/** Absolute path of psql: first on the PATH, then where installers put it. */
export async function findPsql(machine: Machine): Promise<string | undefined> {
  return findProgram(machine, 'psql', otherFolders[machine.platform] ?? []);
}

/** The command that installs psql here; `undefined` where no installer that we know is there. */
export async function installCommand(machine: Machine): Promise<string | undefined> {
  for (const { program, command } of installers[machine.platform] ?? []) {
    if ((await findProgram(machine, program, otherFolders[machine.platform] ?? [])) !== undefined) return command;
  }
  return undefined;
}

async function findProgram(machine: Machine, name: string, others: readonly string[]): Promise<string | undefined> {
  const windows = machine.platform === 'win32';
  for (const folder of [...pathFolders(machine), ...others]) {
    const path = windows ? `${folder}\\${name}.exe` : `${folder}/${name}`;
    if (await machine.exists(path)) return path;
  }
  return undefined;
}

/** A relative folder on the PATH is passed over: it would let the open workspace decide which program runs. */
function pathFolders({ platform, environment }: Machine): string[] {
  const windows = platform === 'win32';
  // Windows does not tell PATH from Path.
  const key = Object.keys(environment).find((name) => name === 'PATH' || (windows && name.toUpperCase() === 'PATH'));
  return (key === undefined ? '' : (environment[key] ?? ''))
    .split(windows ? ';' : ':')
    .map((folder) => (windows ? folder.replaceAll('"', '') : folder).replace(/(?<=.)[\\/]+$/, ''))
    .filter((folder) => (windows ? /^[A-Za-z]:\\|^\\\\/ : /^\//).test(folder));
}

/** Seconds after which psql gives up an address that does not answer. */
const patience = '15';

/**
 * What psql needs to connect, all of it in the environment, since a command line is seen by every process
 * (PostgreSQL documentation, 34.15). Variables that would lead psql elsewhere are taken away.
 */
export function psqlEnvironment(target: ConnectTarget): Readonly<Record<string, string | Secret | null>> {
  return {
    PGHOST: target.host,
    PGPORT: String(target.port),
    PGUSER: target.user,
    PGDATABASE: target.database,
    PGPASSWORD: target.password,
    PGCONNECT_TIMEOUT: patience,
    PGHOSTADDR: null,
    PGSERVICE: null,
  };
}

/** psql's exit code when the connection could not be made or broke (its manual, "Exit Status"). */
export const connectionFailed = 2;
