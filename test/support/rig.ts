import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cloud, CloudOptions } from '../../src/api/cloud.ts';
import type { SecretStore } from '../../src/credentials/passwords.ts';
import { createPasswords } from '../../src/credentials/passwords.ts';
import type { Credentials } from '../../src/domain/credentials.ts';
import { isManaged } from '../../src/domain/changeOrder.ts';
import { isRecord } from '../../src/domain/record.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { JsonFiles, JsonFolder, Log, Now, Sleep } from '../../src/domain/ports.ts';
import type { Claims } from '../../src/instances/claims.ts';
import { createClaims } from '../../src/instances/claims.ts';
import type { Follower } from '../../src/instances/follower.ts';
import { createFollower } from '../../src/instances/follower.ts';
import { thisProcess } from '../../src/instances/holder.ts';
import type { Journal } from '../../src/instances/journal.ts';
import { createJournal } from '../../src/instances/journal.ts';
import { createJsonFiles } from '../../src/instances/jsonFiles.ts';
import { createJsonFolder } from '../../src/instances/jsonFolder.ts';
import { keptRegionsIn } from './keptRegions.ts';
import type { Operation } from '../../src/instances/operation.ts';
import { createPace } from '../../src/instances/pace.ts';
import type { Registry } from '../../src/instances/registry.ts';
import { createRegistry } from '../../src/instances/registry.ts';
import { createWatcher } from '../../src/instances/watcher.ts';
import type { Writes } from '../../src/instances/writes.ts';
import { createWrites } from '../../src/instances/writes.ts';
import { sleep as wait } from '../../src/platform/sleep.ts';
import { cloudOptions } from './cloudBundle.ts';

/** Milliseconds of the operations' clock, as the settings have them by default. */
const interval = 5_000;
const usualLimit = 300_000;

/** What one window of the editor has, without the editor: all that is kept, and all that sends. */
export interface Rig {
  readonly cloud: Cloud;
  readonly journal: Journal;
  readonly registry: Registry;
  readonly passwords: ReturnType<typeof createPasswords>;
  readonly writes: Writes;
  /** Takes up what earlier windows left open; not started yet. */
  readonly follower: Follower;
  /** The end of the window. */
  readonly signal: AbortSignal;
  /** An orderly end; a crash is one without it. */
  close(): Promise<void>;
}

/** The time that operations go by. */
export interface Clock {
  readonly now: Now;
  readonly sleep: Sleep;
}

export interface RigOptions {
  /** Folder that is kept between windows, as the editor's global storage is. */
  readonly folder: string;
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly accountId: string;
  readonly createCloud: (options: CloudOptions) => Cloud;
  /** When the clock of the operations was right, in milliseconds since the epoch; the same for windows that follow one another. */
  readonly origin: number;
  /** How many times faster than the real one it goes; calls are in real time. */
  readonly speed: number;
  /** In place of the one that `origin` and `speed` make. */
  readonly clock?: Clock;
  readonly log: Log;
  /** Milliseconds after which something that does not happen is given up; absent: as the settings have it. */
  readonly limit?: number;
  /** Hears of what the follower could not carry on. */
  readonly onFailure?: (operation: Operation, error: Error) => void;
  /** Hears when the follower is through with an operation, for this session at least. */
  readonly onFollowed?: (operation: Operation) => void;
  /** Puts another disk in place of the real one, such as one that is full. */
  readonly disk?: (real: Disk) => Disk;
  readonly cloudOptions?: Partial<CloudOptions>;
}

/** What a window writes to the folder. */
export interface Disk {
  /** Of the lists of instances, a file a region. */
  readonly lists: JsonFiles;
  /** Of the journal. */
  readonly records: JsonFolder;
  readonly claims: Claims;
}

/**
 * The clock of the operations: real time, `speed` times as fast. It is ahead of the service's the more the longer it
 * runs, and creates are told apart by their time: what takes longer than some seconds needs a lower speed.
 */
function fastClock({ origin, speed }: RigOptions): Clock {
  return {
    now: () => origin + (Date.now() - origin) * speed,
    sleep: (milliseconds, signal) => wait(milliseconds / speed, signal),
  };
}

/**
 * The editor's secret storage and its memory, as far as they outlive the extension host: a file each. It is not one of
 * the product's files, in which no secret would stay.
 */
async function keptFile(path: string): Promise<Map<string, unknown> & { save(): Promise<void> }> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  const content: unknown = JSON.parse(text);
  const map = new Map<string, unknown>(isRecord(content) ? Object.entries(content) : []);
  let saved = 0;
  return Object.assign(map, {
    async save() {
      const draft = `${path}.${String(process.pid)}-${String((saved += 1))}.tmp`;
      await writeFile(draft, JSON.stringify(Object.fromEntries(map)));
      await rename(draft, path);
    },
  });
}

async function keptSecrets(path: string): Promise<SecretStore> {
  const kept = await keptFile(path);
  return {
    get(key) {
      const value = kept.get(key);
      return Promise.resolve(typeof value === 'string' ? value : undefined);
    },
    async store(key, value) {
      kept.set(key, value);
      await kept.save();
    },
    async delete(key) {
      if (kept.delete(key)) await kept.save();
    },
  };
}

async function keptMemory(path: string): Promise<Memory> {
  const kept = await keptFile(path);
  return {
    read: (key) => kept.get(key),
    async write(key, value) {
      kept.set(key, value);
      await kept.save();
    },
  };
}

export async function openRig(options: RigOptions): Promise<Rig> {
  const { folder, endpoint, credentials, accountId, log, limit = usualLimit } = options;
  const { now, sleep } = options.clock ?? fastClock(options);
  const ending = new AbortController();
  const { signal } = ending;
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'operations');
  const real: Disk = {
    lists: createJsonFiles({ path: join(folder, 'instances'), now }),
    records: createJsonFolder({ path, now, sleep, log }),
    claims: createClaims({ path, holder: thisProcess, now, sleep, log }),
  };
  const { lists, records, claims } = options.disk?.(real) ?? real;
  const kept = keptRegionsIn(folder, { now, sleep, log, files: lists });
  const registry = createRegistry({ kept, now, sleep, log });
  const journal = createJournal({ folder: records, claims, now, newId: randomUUID, sleep, log });
  await registry.open();
  await journal.open();
  const cloud = options.createCloud({
    ...cloudOptions(endpoint),
    connection: () => Promise.resolve({ credentials, target: { site: 'mainland', endpoint } }),
    sleep,
    log,
    ...options.cloudOptions,
  });
  const { explain, instances: service, management } = cloud;
  const passwords = createPasswords({
    secrets: await keptSecrets(join(folder, 'secrets.json')),
    memory: await keptMemory(join(folder, 'memory.json')),
    log,
  });
  const pace = createPace({ journal, interval: () => interval, random: Math.random });
  const watcher = createWatcher({
    find: (target, aborted) => service(target).findById(target.region, target.instanceId, aborted),
    sleep,
    now,
    interval: pace.instance,
    limit: () => limit,
    explain,
    onTrouble: (error, { instanceId }) => {
      log.warn(`Look at an instance failed: ${instanceId}: ${error.message}`);
    },
  });
  const writes = createWrites({
    ...{ journal, registry, service, management, watcher, passwords, explain, sleep, now, log },
    onDone: () => undefined,
    interval: pace.task,
    limit: () => limit,
  });
  const follower = createFollower({
    ...{ journal, claims, sleep, now, log },
    async settle(operation, ends) {
      if (operation.kind === 'create') await writes.creation.resume(operation, ends, () => undefined);
      else if (operation.kind === 'delete') await writes.deletion.settle(operation, ends);
      else if (isManaged(operation.kind)) await writes.change.settle(operation, ends);
      else await writes.publicAccess.settle(operation, ends, () => undefined);
      options.onFollowed?.(operation);
    },
    canFollow: (id) => id === accountId,
    interval: 5_000,
    onFailure: options.onFailure ?? (() => undefined),
  });
  return {
    ...{ cloud, journal, registry, passwords, writes, follower, signal },
    async close() {
      ending.abort();
      journal.dispose();
      await follower.dispose();
      await claims.dispose();
      await registry.settled();
      await cloud.close();
    },
  };
}
