import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chown, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Keeper } from './keeper.ts';
import type { Account } from './unprivileged.ts';

/** What a database cluster is made of. */
export interface DatabaseSpec {
  readonly id: string;
  readonly charset: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Of an instance whose user administrates the whole cluster. */
  readonly provision?: { readonly majorVersion: string } | undefined;
}

/** A PostgreSQL that accepts connections. */
export interface RunningDatabase {
  readonly port: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends it; connections are cut. */
  stop(): Promise<void>;
}

/** The PostgreSQLs behind the instances, one cluster each. */
export interface DatabaseHost {
  /** Makes the cluster with its user and database; nothing runs afterwards. */
  create(spec: DatabaseSpec): Promise<void>;
  /** Resolves when it accepts connections. @param wanted port to use where it is free; 0 for any */
  start(id: string, wanted: number): Promise<RunningDatabase>;
  /** Of the superuser `postgres` in the cluster of a provisioned instance; nobody outside is told. */
  superuserPassword(id: string): Promise<string>;
  /** Removes the cluster of a stopped database; one that is not there is removed already. */
  destroy(id: string): Promise<void>;
}

export interface HostParts {
  /** Folder of `initdb` and `postgres`, which the account can run. @param major version asked for; absent: any */
  readonly binOf: (major: number | undefined) => Promise<string>;
  /** Folder for the clusters, which the account can pass through. */
  readonly folder: string;
  readonly account: Account | undefined;
  /** So many random lower-case letters and digits. */
  readonly randomText: (length: number) => string;
  /** The data is to survive a crash; else it is a throw-away and safety is given up for speed. */
  readonly durable: boolean;
  readonly keeper: Pick<Keeper, 'watch' | 'release'>;
}

/** Only these variables reach PostgreSQL: `PG*` would change it, and keys of the cloud are none of its business. */
const passedOn = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/** Connections of the one user; three more are PostgreSQL's reserve for its superuser. */
export const connectionLimit = 100;

/** PostgreSQL without a server, for setting up; a statement that fails is not logged, as one holds the password. */
const single = ['--single', '-c', 'exit_on_error=on', '-c', 'log_min_error_statement=panic'];

/** The longest a start may take, recovery after a crash included, in milliseconds. */
const startLimit = 60_000;

export function createDatabaseHost(parts: HostParts): DatabaseHost {
  const { binOf, folder, account, randomText, durable, keeper } = parts;
  const dataFolder = (id: string): string => join(folder, id);
  const logFile = (id: string): string => join(folder, `${id}.log`);
  const superuserFile = (id: string): string => join(folder, `${id}.superuser`);
  const environment = {
    ...Object.fromEntries(
      passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    ),
    LC_ALL: 'C',
  };

  async function launch(id: string, bin: string, program: string, args: readonly string[]): Promise<ChildProcess> {
    const log = await open(logFile(id), 'a', 0o600);
    try {
      const child = spawn(join(bin, program), args, {
        cwd: folder,
        env: environment,
        // A process group of its own: Ctrl+C in the terminal is for the simulator, and the keeper can end it as a whole.
        detached: process.platform !== 'win32',
        windowsHide: true,
        stdio: ['pipe', log.fd, log.fd],
        ...account,
      });
      const { pid } = child;
      if (pid === undefined) {
        throw await new Promise<Error>((resolve) => child.once('error', resolve));
      }
      keeper.watch(pid);
      child.once('exit', () => {
        keeper.release(pid);
      });
      // Its end is seen by 'exit'; a pipe that breaks on the way says nothing more.
      child.stdin?.on('error', () => undefined);
      return child;
    } finally {
      await log.close();
    }
  }

  async function run(id: string, bin: string, program: string, args: readonly string[], input: string): Promise<void> {
    const child = await launch(id, bin, program, args);
    const exit = exitOf(child);
    child.stdin?.end(input);
    const code = await exit;
    if (code !== 0) throw new Error(`${program} failed (${String(code)}): ${await lastWords(logFile(id))}`);
  }

  async function attempt(id: string, bin: string, port: number): Promise<RunningDatabase | undefined> {
    const child = await launch(id, bin, 'postgres', ['-D', dataFolder(id), '-p', String(port)]);
    const ended = exitOf(child).then(() => undefined);
    if (await becomesReady(child, join(dataFolder(id), 'postmaster.pid'))) {
      return { port, ended, stop: () => stop(child, ended, durable ? 'SIGINT' : 'SIGQUIT') };
    }
    await stop(child, ended, 'SIGQUIT');
    return undefined;
  }

  return {
    async create(spec) {
      const data = dataFolder(spec.id);
      const bin = await binOf(spec.provision === undefined ? undefined : Number(spec.provision.majorVersion));
      await mkdir(data, { mode: 0o700 });
      if (account !== undefined) await chown(data, account.uid, account.gid);
      await run(
        spec.id,
        bin,
        'initdb',
        ['-D', data, '-U', 'postgres', '-E', spec.charset, '--no-locale', '-A', 'reject', ...(durable ? [] : ['-N'])],
        '',
      );
      await appendFile(join(data, 'postgresql.conf'), configuration(durable));
      await writeFile(join(data, 'pg_hba.conf'), accessRules(spec));
      const superuserPassword = randomText(32);
      if (spec.provision !== undefined) await writeFile(superuserFile(spec.id), superuserPassword, { mode: 0o600 });
      await run(spec.id, bin, 'postgres', [...single, '-D', data, 'postgres'], setup(spec, superuserPassword));
    },

    async start(id, wanted) {
      await predecessorGone(join(dataFolder(id), 'postmaster.pid'));
      // Its data can be read by the major version that made it, and no other.
      const bin = await binOf(Number(await readFile(join(dataFolder(id), 'PG_VERSION'), 'utf8')));
      for (let tries = 0; tries < 5; tries += 1) {
        // A free port can be taken by somebody else before PostgreSQL has it; then the next one is tried.
        const port = tries === 0 && wanted !== 0 ? wanted : await freePort();
        const database = await attempt(id, bin, port);
        if (database !== undefined) return database;
      }
      throw new Error(`PostgreSQL does not start: ${await lastWords(logFile(id))}`);
    },

    superuserPassword: (id) => readFile(superuserFile(id), 'utf8'),

    async destroy(id) {
      await rm(dataFolder(id), { recursive: true, force: true, maxRetries: 5 });
      await rm(logFile(id), { force: true });
      await rm(superuserFile(id), { force: true });
    },
  };
}

function configuration(durable: boolean): string {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: String(connectionLimit + 3),
    shared_buffers: '8MB',
    min_wal_size: '32MB',
    max_wal_size: '128MB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    password_encryption: 'scram-sha-256',
    timezone: 'Asia/Shanghai',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  return `\n${lines.join('\n')}\n`;
}

function accessRules({ user, database, provision }: DatabaseSpec): string {
  const way = '127.0.0.1/32';
  return provision === undefined
    ? // Only the one user, only into its own database: the service gives no access to `postgres` either.
      `host "${database}" "${user}" ${way} scram-sha-256\n`
    : `host all all ${way} scram-sha-256\n`;
}

/** Goes to PostgreSQL by a pipe, as a password must not stand on a command line. */
function setup({ user, password, database, charset, provision }: DatabaseSpec, superuserPassword: string): string {
  const secret = `PASSWORD '${password.replaceAll("'", "''")}'`;
  const statements =
    provision === undefined
      ? [
          `CREATE ROLE "${user}" LOGIN CONNECTION LIMIT ${String(connectionLimit)} ${secret}`,
          `CREATE DATABASE ${database} OWNER "${user}" TEMPLATE template0 ENCODING '${charset}'`,
        ]
      : [
          `ALTER ROLE postgres PASSWORD '${superuserPassword}'`,
          `CREATE ROLE "${user}" LOGIN CREATEDB CREATEROLE ${secret}`,
          `ALTER DATABASE postgres OWNER TO "${user}"`,
        ];
  return [...statements, ''].join('\n');
}

function exitOf(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(code ?? signal);
    });
  });
}

/** PostgreSQL writes `ready` as the eighth line of its pid file when it accepts connections. */
async function becomesReady(child: ChildProcess, pidFile: string): Promise<boolean> {
  const deadline = Date.now() + startLimit;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
    if (lines[0]?.trim() === String(child.pid) && lines[7]?.trim() === 'ready') return true;
    await sleep(25);
  }
  return false;
}

/** A simulator that was killed leaves its PostgreSQLs to the keeper, which may still be at work. */
async function predecessorGone(pidFile: string): Promise<void> {
  for (let waited = 0; waited < 5_000; waited += 50) {
    const found = await readFile(pidFile, 'utf8').catch(() => undefined);
    if (found === undefined) return;
    await sleep(50);
  }
}

async function stop(child: ChildProcess, ended: Promise<void>, first: NodeJS.Signals): Promise<void> {
  for (const signal of [first, 'SIGQUIT', 'SIGKILL'] as const) {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const limit = new AbortController();
    const expired = sleep(5_000, undefined, { signal: limit.signal }).then(
      () => true,
      () => true,
    );
    const late = await Promise.race([ended.then(() => false), expired]);
    limit.abort();
    if (!late) return;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address === null || typeof address === 'string' ? 0 : address.port;
}

async function lastWords(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-3).join(' / ');
}
