import { setTimeout as sleep } from 'node:timers/promises';
import { type Instance, type InstanceBook, isProvisioned } from './instance.ts';
import type { DatabaseHost } from './postgres.ts';
import { createServers, type Family } from './servers.ts';
import { createTasks } from './tasks.ts';
import { createWorks, type Resize, type Work } from './works.ts';

/**
 * What happens to instances over time. Each call returns when the change is written down; the rest follows at the pace.
 * Where it answers with a number, that is the id of the task.
 */
export interface Lifecycle {
  /** Takes a new instance, status `applying`, on its way to `running`. */
  create(instance: Instance): Promise<void>;
  /** A read-only replica that is running at once. */
  adopt(replica: Instance): Promise<void>;
  openPublic(id: string, family?: Family): Promise<number>;
  closePublic(id: string, family?: Family): Promise<number>;
  restart(id: string): Promise<number>;
  resize(id: string, resize: Resize): Promise<number>;
  /** Into the recycle bin: no address any more, the data stays. */
  isolate(id: string): Promise<void>;
  /** Out of the recycle bin. */
  restore(id: string): Promise<void>;
  /** Ends the instance, and a primary's replicas with it. */
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
  readonly now: () => number;
  readonly newTaskId: () => number;
  readonly warn: (message: string) => void;
}

interface Job {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

export function createLifecycle(parts: LifecycleParts): Lifecycle {
  const { book, databases, pace, now, warn } = parts;
  const servers = createServers(parts);
  const tasks = createTasks(parts);
  const works = createWorks({ book, servers, now });
  const jobs = new Map<string, Job>();

  /** Works on an instance until done or ended; there is never more than one job for an instance. */
  function begin(id: string, work: (signal: AbortSignal) => Promise<void>): void {
    const abort = new AbortController();
    const done = work(abort.signal)
      .catch(async (error: unknown) => {
        if (abort.signal.aborted) return;
        warn(`${id}: ${error instanceof Error ? error.message : String(error)}`);
        await book.update(id, { status: 'offline' });
        await tasks.endAll(id, 'Fail');
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

  /** Work in steps, which is a task where the instance has tasks. @returns the id of the task */
  async function beginTask(id: string, work: Work): Promise<number> {
    await work.begin(id);
    const steps = work.steps(id);
    const taskId = await tasks.add(id, { ...work, steps: steps.map((step) => step.name) });
    begin(id, async (signal) => {
      for (const { run, waits } of steps) {
        await tasks.setStatus(id, taskId, waits === true ? 'WaitSwitch' : 'Running');
        await step(signal);
        await run?.();
        await tasks.advance(id, taskId);
      }
    });
    return taskId;
  }

  async function start(id: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await servers.start(id);
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
      await servers.make(instance);
      await start(id, signal);
    }
    // The database is made meanwhile; both are waited for even when one fails, so that nothing is left half started.
    const failed = (await Promise.allSettled([makeDatabase(), steps()])).find(
      (outcome) => outcome.status === 'rejected',
    );
    if (failed !== undefined) throw failed.reason;
    await book.update(id, { status: 'running', ...(isProvisioned(instance) ? { password: '' } : {}) });
  }

  async function takeUp({ id, publicStatus, provision }: Instance, signal: AbortSignal): Promise<void> {
    if (databases !== undefined) {
      await book.update(id, { status: 'restarting' });
      await start(id, signal);
      signal.throwIfAborted();
      await servers.reopenDoors(id);
    }
    if (publicStatus === 'closing') await book.update(id, { publicStatus: 'closed' });
    if (provision?.ipv6Status === 'closing') await book.updateProvision(id, { ipv6Status: 'closed' });
    if (provision?.resizeTo !== undefined) await works.applySize(id, provision.resizeTo);
    await tasks.endAll(id, 'Success');
    await book.update(id, { status: 'running' });
  }

  async function putAway(id: string, signal: AbortSignal): Promise<void> {
    await step(signal);
    await servers.closeDoors(id);
    await servers.stop(id);
    await book.updateProvision(id, { isolatedAt: now() });
    await book.update(id, { status: 'isolated' });
  }

  async function bringBack(id: string, signal: AbortSignal): Promise<void> {
    await step(signal);
    await start(id, signal);
    await servers.reopenDoors(id);
    await book.updateProvision(id, { isolatedAt: 0 });
    await book.update(id, { status: 'running' });
  }

  async function goAway(id: string, signal: AbortSignal): Promise<void> {
    await Promise.all([servers.remove(id), step(signal)]);
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

    adopt: (replica) => book.add(replica),

    openPublic: (id, family = 'ipv4') => beginTask(id, works.openPublic(family)),
    closePublic: (id, family = 'ipv4') => beginTask(id, works.closePublic(family)),
    restart: (id) => beginTask(id, works.restart),
    resize: (id, resize) => beginTask(id, works.resize(resize)),

    async isolate(id) {
      await book.update(id, { status: 'isolating' });
      begin(id, (signal) => putAway(id, signal));
    },

    async restore(id) {
      await book.update(id, { status: 'disisolating' });
      begin(id, (signal) => bringBack(id, signal));
    },

    async remove(id) {
      const instance = book.find(id);
      const replicas = book.all().filter((candidate) => candidate.provision?.primaryId === id);
      for (const replica of replicas) await jobs.get(replica.id)?.done;
      const word = instance?.provision === undefined ? 'recycling' : 'offlining';
      for (const going of [...replicas.map((replica) => replica.id), id]) {
        await book.update(going, { status: word });
        begin(going, (signal) => goAway(going, signal));
      }
    },

    async resume() {
      for (const instance of book.all()) {
        const { id, status } = instance;
        if (status === 'isolated') continue;
        if (status === 'recycling' || status === 'offlining') begin(id, (signal) => goAway(id, signal));
        else if (status === 'isolating') begin(id, (signal) => putAway(id, signal));
        else if (status === 'disisolating') begin(id, (signal) => bringBack(id, signal));
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
        await servers.remove(id);
        await book.remove(id);
      }
    },

    async end() {
      await endJobs();
      await servers.end();
    },
  };
}
