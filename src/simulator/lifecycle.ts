import { setTimeout as sleep } from 'node:timers/promises';
import { type Door, openDoor } from './door.ts';
import type { Instance, InstanceBook } from './instance.ts';
import type { DatabaseHost, RunningDatabase } from './postgres.ts';

/** What happens to instances over time. Each call returns when the change is written down; the rest follows at the pace. */
export interface Lifecycle {
  /** Takes a new instance, status `applying`, on its way to `running`. */
  create(instance: Instance): Promise<void>;
  openPublic(id: string): Promise<void>;
  closePublic(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Takes up every instance where the last run left it. */
  resume(): Promise<void>;
  /** Ends and forgets all instances. */
  clear(): Promise<void>;
  /** Ends all databases and leaves the book as it is. */
  end(): Promise<void>;
}

export interface LifecycleParts {
  readonly book: InstanceBook;
  /** Absent where there is no PostgreSQL: instances then run without an address. */
  readonly databases: DatabaseHost | undefined;
  /** Milliseconds of each step. */
  readonly pace: number;
  readonly warn: (message: string) => void;
}

interface Job {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

export function createLifecycle(parts: LifecycleParts): Lifecycle {
  const { book, databases, pace, warn } = parts;
  const jobs = new Map<string, Job>();
  const running = new Map<string, RunningDatabase>();
  const doors = new Map<string, Door>();

  /** Works on an instance until done or ended; there is never more than one job for an instance. */
  function begin(id: string, work: (signal: AbortSignal) => Promise<void>): void {
    const abort = new AbortController();
    const done = work(abort.signal)
      .catch(async (error: unknown) => {
        if (abort.signal.aborted) return;
        warn(`${id}: ${error instanceof Error ? error.message : String(error)}`);
        await book.update(id, { status: 'offline' });
      })
      .catch((error: unknown) => {
        warn(`${id}: ${String(error)}`);
      })
      .finally(() => {
        jobs.delete(id);
      });
    jobs.set(id, { abort, done });
  }

  const step = (signal: AbortSignal): Promise<void> => sleep(pace, undefined, { signal });

  async function startDatabase(instance: Instance, host: DatabaseHost, signal: AbortSignal): Promise<void> {
    const { id } = instance;
    signal.throwIfAborted();
    const database = await host.start(id, instance.port);
    running.set(id, database);
    await book.update(id, { port: database.port });
    void database.ended.then(() => {
      // Gone from the map first when it is we who stop it.
      if (running.get(id) !== database) return undefined;
      running.delete(id);
      warn(`${id}: its PostgreSQL has ended by itself`);
      return book.update(id, { status: 'offline' }).catch((error: unknown) => {
        warn(`${id}: ${String(error)}`);
      });
    });
  }

  async function stopDatabase(id: string): Promise<void> {
    const database = running.get(id);
    running.delete(id);
    await database?.stop();
  }

  async function walk(instance: Instance, signal: AbortSignal): Promise<void> {
    const { id } = instance;
    async function steps(): Promise<void> {
      for (const status of ['init', 'initing']) {
        await step(signal);
        await book.update(id, { status });
      }
      await step(signal);
    }
    async function makeDatabase(): Promise<void> {
      if (databases === undefined) return;
      await databases.create(instance);
      await startDatabase(instance, databases, signal);
    }
    // The database is made meanwhile; both are waited for even when one fails, so that nothing is left half started.
    const failed = (await Promise.allSettled([makeDatabase(), steps()])).find(
      (outcome) => outcome.status === 'rejected',
    );
    if (failed !== undefined) throw failed.reason;
    await book.update(id, { status: 'running' });
  }

  async function openTheDoor(id: string): Promise<void> {
    const instance = book.find(id);
    const database = running.get(id);
    if (instance === undefined || database === undefined) return;
    const door = await openDoor(database.port, instance.publicPort);
    doors.set(id, door);
    await book.update(id, { publicStatus: 'opened', publicPort: door.port });
  }

  async function closeTheDoor(id: string): Promise<void> {
    const door = doors.get(id);
    doors.delete(id);
    await door?.close();
  }

  async function takeUp(instance: Instance, signal: AbortSignal): Promise<void> {
    const { id, publicStatus } = instance;
    if (databases !== undefined) {
      await book.update(id, { status: 'restarting' });
      await startDatabase(instance, databases, signal);
      signal.throwIfAborted();
      if (publicStatus === 'opening' || publicStatus === 'opened') await openTheDoor(id);
    }
    if (publicStatus === 'closing') await book.update(id, { publicStatus: 'closed' });
    await book.update(id, { status: 'running' });
  }

  async function removeAll(id: string): Promise<void> {
    await closeTheDoor(id);
    await stopDatabase(id);
    await databases?.destroy(id);
  }

  async function goAway(id: string, signal: AbortSignal): Promise<void> {
    await Promise.all([removeAll(id), step(signal)]);
    await book.remove(id);
  }

  async function endJobs(): Promise<void> {
    const open = [...jobs.values()];
    for (const job of open) job.abort.abort();
    await Promise.all(open.map((job) => job.done));
  }

  return {
    async create(instance) {
      await book.add(instance);
      begin(instance.id, (signal) => walk(instance, signal));
    },

    async openPublic(id) {
      await book.update(id, { status: 'job running', publicStatus: 'opening' });
      begin(id, async (signal) => {
        await step(signal);
        await openTheDoor(id);
        await book.update(id, { status: 'running' });
      });
    },

    async closePublic(id) {
      await book.update(id, { status: 'job running', publicStatus: 'closing' });
      begin(id, async (signal) => {
        await step(signal);
        await closeTheDoor(id);
        await book.update(id, { status: 'running', publicStatus: 'closed' });
      });
    },

    async remove(id) {
      await book.update(id, { status: 'recycling' });
      begin(id, (signal) => goAway(id, signal));
    },

    async resume() {
      for (const instance of book.all()) {
        const { id, status } = instance;
        if (status === 'recycling') begin(id, (signal) => goAway(id, signal));
        else if (status === 'applying' || status === 'init' || status === 'initing') {
          // Whatever there is of its database may be half made.
          await databases?.destroy(id);
          await book.update(id, { status: 'applying' });
          begin(id, (signal) => walk(instance, signal));
        } else begin(id, (signal) => takeUp(instance, signal));
      }
    },

    async clear() {
      await endJobs();
      for (const { id } of book.all()) {
        await removeAll(id);
        await book.remove(id);
      }
    },

    async end() {
      await endJobs();
      await Promise.all([...doors.keys()].map(closeTheDoor));
      await Promise.all([...running.keys()].map(stopDatabase));
    },
  };
}
