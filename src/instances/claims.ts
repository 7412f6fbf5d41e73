import { mkdir, open, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, toError } from '../domain/errors.ts';
import { isRecord } from '../domain/record.ts';
import type { Log, Now, Sleep } from '../domain/ports.ts';
import type { Holder } from './holder.ts';
import { isMissing } from './jsonFile.ts';

/** An operation that this window follows, as long as the signal is not aborted. */
export interface Claim {
  /** Aborts when the claim was lost: another window found it not renewed for too long and took the operation over. */
  readonly signal: AbortSignal;
  /** Leaves the operation to any window. Never rejects; releasing twice, or what was lost, does nothing. */
  release(): Promise<void>;
}

/** Who follows which operation: at any moment one window, and a window that dies is replaced. */
export interface Claims {
  /**
   * `undefined` while another window, or this one, holds it. Rejects when the claim cannot be written, and with
   * `CancelledError` once disposed.
   */
  take(id: string): Promise<Claim | undefined>;
  /** Removes what is left of released and abandoned claims to operations that are not wanted any more. */
  tidy(wanted: (id: string) => boolean): Promise<void>;
  /** Releases all; nothing can be taken any more. */
  dispose(): Promise<void>;
}

/** Milliseconds between two renewals of what is held. */
const renewal = 4_000;

/** A claim that was last renewed longer ago than this, in milliseconds, is given up. */
const patience = 20_000;

/** A released claim is dated back to then, in one step that no crash can leave half done. */
const released = Date.UTC(2000, 0, 1);

const claimFile = /^(.+)\.([1-9][0-9]*)\.claim$/;

interface Held {
  readonly id: string;
  readonly path: string;
  readonly generation: number;
  readonly loss: AbortController;
  renewedAt: number;
}

/**
 * Claims as files in the folder of the records. Each time an operation changes hands its claim gets the next number,
 * `<id>.<number>.claim`; the highest number counts. A file of a number can be made once only, by one of those who found
 * the number before released or given up, and nothing that is held is ever moved or overwritten: that is what keeps
 * two windows that come at the same moment apart. The time of the file is the time of its last renewal.
 *
 * @param deps.path absolute path of the folder
 */
export function createClaims(deps: {
  readonly path: string;
  readonly holder: Holder;
  readonly now: Now;
  readonly sleep: Sleep;
  readonly log: Log;
}): Claims {
  const { path, holder, now, sleep, log } = deps;
  const held = new Map<string, Held>();
  const ending = new AbortController();
  const isDisposed = (): boolean => ending.signal.aborted;
  let renewing = false;
  let last: Promise<unknown> = Promise.resolve();
  let listing: Promise<unknown> = Promise.resolve();
  let nextListing: Promise<ReadonlyMap<string, readonly number[]>> | undefined;

  const pathOf = (id: string, generation: number): string => join(path, `${id}.${String(generation)}.claim`);

  /** One after the other: a renewal on its way must not undo a release. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  }

  /** Numbers of the claim files, lowest first, by operation. */
  async function list(): Promise<ReadonlyMap<string, readonly number[]>> {
    await mkdir(path, { recursive: true });
    const found = new Map<string, number[]>();
    for (const name of await readdir(path)) {
      const [, id, generation] = claimFile.exec(name) ?? [];
      if (id !== undefined) found.set(id, [...(found.get(id) ?? []), Number(generation)]);
    }
    for (const generations of found.values()) generations.sort((a, b) => a - b);
    return found;
  }

  /** A list that is begun after the call. Those who ask while one is being made share the next: there may be a thousand. */
  function listed(): Promise<ReadonlyMap<string, readonly number[]>> {
    nextListing ??= listing.then(() => {
      nextListing = undefined;
      const mine = list();
      listing = mine.catch(() => undefined);
      return mine;
    });
    return nextListing;
  }

  async function standing(file: string): Promise<{ readonly renewedAt: number; readonly free: boolean } | undefined> {
    try {
      const [{ mtimeMs }, content] = await Promise.all([stat(file), readFile(file, 'utf8')]);
      return { renewedAt: mtimeMs, free: mtimeMs <= released || isDead(content) };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  function isDead(content: string): boolean {
    const owner = parsed(content);
    // Its maker may be about to write the content; the time decides then.
    if (!isRecord(owner)) return false;
    const { pid, host } = owner;
    return typeof pid === 'number' && host === holder.host && !holder.isAlive(pid);
  }

  async function isFree(file: string): Promise<boolean> {
    const before = await standing(file);
    if (before === undefined) return false;
    if (before.free) return true;
    if (now() - before.renewedAt <= patience) return false;
    // When the machine has slept, every claim looks old: a holder that lives renews it within this time.
    await sleep(2 * renewal, ending.signal);
    return (await standing(file))?.renewedAt === before.renewedAt;
  }

  async function make(file: string): Promise<boolean> {
    let handle;
    try {
      handle = await open(file, 'wx', 0o600);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
    try {
      await handle.writeFile(JSON.stringify({ pid: holder.pid, host: holder.host }), 'utf8');
      await handle.utimes(now() / 1_000, now() / 1_000);
      return true;
    } finally {
      await handle.close();
    }
  }

  async function take(id: string): Promise<Claim | undefined> {
    if (isDisposed()) throw new CancelledError();
    if (held.has(id)) return undefined;
    const top = (await listed()).get(id)?.at(-1) ?? 0;
    if (top > 0 && !(await isFree(pathOf(id, top)))) return undefined;
    const generation = top + 1;
    const file = pathOf(id, generation);
    if (!(await make(file))) return undefined;
    const all = (await listed()).get(id) ?? [];
    if (Math.max(...all) > generation) {
      // Others were quicker, several times over: they have already cleared this number away once.
      await rm(file, { force: true });
      return undefined;
    }
    // The one before stays: a listing that runs while a claim changes hands meets one of the two.
    for (const earlier of all) if (earlier < top) await rm(pathOf(id, earlier), { force: true });
    const mine: Held = { id, path: file, generation, loss: new AbortController(), renewedAt: now() };
    held.set(id, mine);
    if (isDisposed()) {
      await release(mine);
      throw new CancelledError();
    }
    if (!renewing) keepRenewing().catch(() => undefined);
    return { signal: mine.loss.signal, release: () => release(mine) };
  }

  async function release(mine: Held): Promise<void> {
    if (held.get(mine.id) !== mine) return;
    held.delete(mine.id);
    try {
      await inTurn(() => utimes(mine.path, released / 1_000, released / 1_000));
    } catch (error) {
      // Another window takes it all the same, after a while.
      if (!isMissing(error)) log.warn(`Claim not released: ${mine.id}: ${toError(error).message}`);
    }
  }

  async function keepRenewing(): Promise<void> {
    renewing = true;
    try {
      while (held.size > 0) {
        await sleep(renewal, ending.signal);
        await inTurn(renew);
      }
    } finally {
      renewing = false;
    }
  }

  /** All at once: one after the other a thousand would take longer than others wait, where every turn takes long. */
  async function renew(): Promise<void> {
    await Promise.all([...held.values()].map(renewOne));
  }

  async function renewOne(mine: Held): Promise<void> {
    try {
      if ((await listed()).get(mine.id)?.at(-1) !== mine.generation) {
        lose(mine);
        return;
      }
      await utimes(mine.path, now() / 1_000, now() / 1_000);
      mine.renewedAt = now();
    } catch (thrown) {
      log.warn(`Claim not renewed: ${mine.id}: ${toError(thrown).message}`);
      if (isMissing(thrown) || now() - mine.renewedAt > patience) lose(mine);
    }
  }

  function lose(mine: Held): void {
    held.delete(mine.id);
    log.info(`Another window follows this operation now: ${mine.id}`);
    mine.loss.abort();
  }

  return {
    take,
    async tidy(wanted) {
      for (const [id, generations] of await listed()) {
        if (wanted(id) || held.has(id)) continue;
        const top = await standing(pathOf(id, generations.at(-1) ?? 0));
        if (top !== undefined && !top.free && now() - top.renewedAt <= patience) continue;
        for (const generation of generations) await rm(pathOf(id, generation), { force: true });
      }
    },
    async dispose() {
      ending.abort();
      await Promise.all([...held.values()].map(release));
    },
  };
}

function parsed(content: string): unknown {
  try {
    const value: unknown = JSON.parse(content);
    return value;
  } catch {
    return undefined;
  }
}
