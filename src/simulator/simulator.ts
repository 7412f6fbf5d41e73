import { randomInt, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { postgresProduct } from './actions/postgres.ts';
import { stsProduct } from './actions/sts.ts';
import { tagProduct } from './actions/tag.ts';
import { vpcProduct } from './actions/vpc.ts';
import { findBinaries } from './binaries.ts';
import { createClock } from './clock.ts';
import { createControl } from './control.ts';
import { lastingFolder, temporaryFolder } from './databaseFolder.ts';
import { createSecretBook } from './secretBook.ts';
import { createFaultList } from './faults.ts';
import { type CallRecord, createGateway } from './gateway.ts';
import { createInstanceBook } from './instance.ts';
import { type Keeper, startKeeper } from './keeper.ts';
import { createKeyRing } from './keyRing.ts';
import { createLifecycle } from './lifecycle.ts';
import { createMetadata } from './metadata.ts';
import type { Options } from './options.ts';
import { createDatabaseHost, type DatabaseHost } from './postgres.ts';
import { createRateLimit } from './rateLimit.ts';
import { createRetirement } from './retirement.ts';
import { startServer } from './server.ts';
import { openStateFile, type StateFile } from './stateFile.ts';
import { unprivilegedAccount } from './unprivileged.ts';
import { UsageError } from './usageError.ts';
import { createVersions } from './versions.ts';

/** A simulator that answers. */
export interface Simulator {
  /** Such as `http://127.0.0.1:8700`. */
  readonly endpoint: string;
  /** Ends everything that it started; resolves when nothing of it is left. */
  end(): Promise<void>;
}

/** Calls kept for `GET /_simulator/state`. */
const keptCalls = 10_000;

/**
 * Builds each part once and connects them.
 * @param script the program file that was started: the keeper runs from it, and the registry package is looked for above it
 * @param warn gets what a person should know, one line each, without secrets
 * @throws UsageError when the options cannot be met
 */
export async function startSimulator(
  options: Options,
  script: string,
  warn: (message: string) => void,
): Promise<Simulator> {
  const keeper = startKeeper(script, warn);
  let stateFile: StateFile | undefined;
  try {
    stateFile = options.data === undefined ? undefined : await openStateFile(options.data);
    return await assemble(options, script, warn, keeper, stateFile);
  } catch (error) {
    await stateFile?.release();
    await keeper.end();
    throw error;
  }
}

async function assemble(
  options: Options,
  script: string,
  warn: (message: string) => void,
  keeper: Keeper,
  stateFile: StateFile | undefined,
): Promise<Simulator> {
  const { pace } = options;
  const { host: databases, folder } = await databaseHost(options, script, warn, keeper, stateFile);
  const book = createInstanceBook(stateFile?.known?.instances ?? [], async (instances) =>
    stateFile?.save({ databases: folder, instances: [...instances] }),
  );
  const faults = createFaultList(options.faults);
  const retirement = createRetirement(options.retired);
  const calls: CallRecord[] = [];
  const clock = createClock(options.clockOffset);
  const { now } = clock;
  const secrets = createSecretBook();
  const newTaskId = (): number => randomInt(100_000, 1_000_000_000);
  const lifecycle = createLifecycle({ book, databases, pace, now, newTaskId, warn });
  const keys = createKeyRing({ initial: options.keys, now, randomText });
  const createLimit = createRateLimit(20, 1_000, Date.now);
  const priceLimit = createRateLimit(20, 1_000, Date.now);

  const handle = createGateway({
    keys,
    products: [
      postgresProduct({
        book,
        lifecycle,
        createLimit,
        priceLimit,
        privateHost: databases === undefined ? undefined : options.privateAddress,
        now,
        randomText,
        newId: newInstanceId,
        newTaskId,
        superuser: async ({ id, port: at }) =>
          databases === undefined ? undefined : { port: at, password: await databases.superuserPassword(id) },
      }),
      stsProduct(keys),
      vpcProduct(book),
      tagProduct(book),
    ],
    faults,
    secrets,
    retirement,
    now,
    newRequestId: randomUUID,
    record(call) {
      calls.push(call);
      if (calls.length > keptCalls) calls.shift();
    },
    warn,
  });
  const control = createControl({
    book,
    lifecycle,
    faults,
    secrets,
    retirement,
    keys,
    clock,
    newId: newInstanceId,
    limits: [createLimit, priceLimit],
    calls: {
      list: () => calls,
      clear() {
        calls.length = 0;
      },
    },
  });

  const metadata = options.metadataRole === undefined ? undefined : createMetadata(options.metadataRole, keys, now);
  const { host, port } = options;
  const server = await startServer({ host, port, handle, control, metadata, now, warn }).catch((error: unknown) => {
    throw new UsageError(`Cannot listen: ${error instanceof Error ? error.message : String(error)}`);
  });
  await lifecycle.resume();
  return {
    endpoint: `http://${host.includes(':') ? `[${host}]` : host}:${String(server.port)}`,
    async end() {
      await server.close();
      await lifecycle.end();
      await stateFile?.release();
      await keeper.end();
    },
  };
}

async function databaseHost(
  options: Options,
  script: string,
  warn: (message: string) => void,
  keeper: Keeper,
  stateFile: StateFile | undefined,
): Promise<{ host: DatabaseHost | undefined; folder: string }> {
  const known = stateFile?.known?.databases ?? '';
  const binaries = await findBinaries(options.postgres, dirname(script));
  if (binaries === undefined) {
    if (options.postgres !== 'none') {
      warn(
        'No PostgreSQL found: instances will run without an address. Install PostgreSQL, or name one by --postgres.',
      );
    }
    return { host: undefined, folder: known };
  }
  const account = await unprivilegedAccount();
  const folder = await clusterFolder();
  const onlyUsual = options.postgres !== 'auto';
  const start = dirname(script);
  const binOf = createVersions({ usual: binaries, onlyUsual, start, account, keeper, warn });
  // Now, so that one that cannot be reached is told of before anybody creates anything.
  await binOf(undefined);
  const durable = stateFile !== undefined;
  return { host: createDatabaseHost({ binOf, folder, account, randomText, durable, keeper }), folder };

  async function clusterFolder(): Promise<string> {
    if (options.data === undefined) return temporaryFolder(keeper);
    if (known === '') return lastingFolder(options.data, account, warn);
    await mkdir(known, { recursive: true });
    return known;
  }
}

function newInstanceId(): string {
  return `postgres-${randomText(8)}`;
}

function randomText(length: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('');
}
