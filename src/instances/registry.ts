import { isDeepStrictEqual } from 'node:util';
import { toError } from '../domain/errors.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { Log, Now, Sleep } from '../domain/ports.ts';
import type { RegionState } from '../domain/regionState.ts';
import type { KeptRegions, Records } from './keptRegions.ts';
import type { StoredRegion } from './storedList.ts';

/** What was refreshed, or changed otherwise. */
export interface RegistryChange {
  readonly accountId: string;
  readonly region: string;
}

/**
 * What is known about the instances of every account that was used here, kept on disk without secrets. Several windows
 * keep theirs in the same place: each writes what it saw change and leaves the rest as the others wrote it.
 * An empty account id is nobody: nothing is known about it, and nothing is kept under it.
 */
export interface Registry {
  /**
   * Reads what is kept; call it once, before anything else. A record of a newer version is never overwritten, one that
   * cannot be understood is set aside. Resolves to a localized note about either; never rejects.
   */
  open(): Promise<string | undefined>;
  regions(accountId: string): readonly RegionState[];
  find(accountId: string, instanceId: string): Instance | undefined;
  /** Takes the answer of a good refresh. An instance that was `put` within the last minute stays even when absent. */
  replaceRegion(accountId: string, region: string, instances: readonly Instance[]): void;
  /** Notes that a refresh failed; the last known list stays. */
  regionFailed(accountId: string, region: string, failure: Explanation): void;
  /** Adds the instance to its region, or replaces what was known about it. */
  put(accountId: string, instance: Instance): void;
  remove(accountId: string, instanceId: string): void;
  onDidChange(listener: (change: RegistryChange) => void): { dispose(): void };
  /** Resolves when what is in memory is on disk, or could not be written, which is logged. */
  settled(): Promise<void>;
}

/** How long the service's list may lag behind a create, in milliseconds. */
const listLag = 60_000;

/** After a write, further changes are gathered for so many milliseconds. */
const gathering = 300;

/** On disk the age of a list is this exact, in milliseconds: a refresh that brings nothing new is not worth a write. */
const ageStep = 60_000;

interface Region {
  readonly accountId: string;
  readonly region: string;
  instances: Map<string, Instance>;
  /** The same as they are handed out: the array stays the same until an instance changes. */
  list: readonly Instance[] | undefined;
  /** When an instance was last put, by id. */
  readonly putAt: Map<string, number>;
  refreshedAt: number | undefined;
  failure: Explanation | undefined;
  /** What is not on disk yet, by id: an instance as the service showed it, `undefined` where it went. */
  unsaved: Map<string, Instance | undefined>;
  /** The `refreshedAt` that is on disk. */
  savedAt: number | undefined;
}

export function createRegistry(deps: {
  readonly kept: KeptRegions;
  readonly now: Now;
  readonly sleep: Sleep;
  readonly log: Log;
}): Registry {
  const { kept, now, sleep, log } = deps;
  /** By account id, then by region. */
  const accounts = new Map<string, Map<string, Region>>();
  const listeners = new Set<(change: RegistryChange) => void>();
  let opened = false;
  let inherits = false;
  let dirty = false;
  let writing: Promise<void> | undefined;
  /** Ends the gathering at once. */
  let hurry = new AbortController();

  function regionOf(accountId: string, name: string): Region {
    const regions = accounts.get(accountId) ?? new Map<string, Region>();
    accounts.set(accountId, regions);
    const region = regions.get(name) ?? {
      accountId,
      region: name,
      instances: new Map<string, Instance>(),
      list: undefined,
      putAt: new Map<string, number>(),
      refreshedAt: undefined,
      failure: undefined,
      unsaved: new Map<string, Instance | undefined>(),
      savedAt: undefined,
    };
    regions.set(name, region);
    return region;
  }

  const listOf = (region: Region): readonly Instance[] => (region.list ??= [...region.instances.values()]);

  function setInstances(region: Region, instances: Map<string, Instance>): void {
    region.instances = instances;
    region.list = undefined;
  }

  function tell(change: RegistryChange): void {
    for (const listener of [...listeners]) listener(change);
  }

  function changed(change: RegistryChange): void {
    if (isUnsaved(regionOf(change.accountId, change.region))) {
      dirty = true;
      save();
    }
    tell(change);
  }

  function save(): void {
    if (!opened || writing !== undefined) return;
    writing = drain().finally(() => {
      writing = undefined;
      hurry = new AbortController();
    });
  }

  async function drain(): Promise<void> {
    // Changes of one turn go to disk together; the first after a quiet time at once, as the window may be about to end.
    await Promise.resolve();
    while (dirty) {
      dirty = false;
      try {
        await kept.change(saveAll);
        if (inherits) await kept.forgetInherited();
        inherits = false;
      } catch (error) {
        log.warn(`The list of instances was not written: ${toError(error).message}`);
      }
      if (!hurry.signal.aborted) await sleep(gathering, hurry.signal).catch(() => undefined);
    }
  }

  async function saveAll(records: Records): Promise<void> {
    const failures: unknown[] = [];
    for (const region of [...accounts.values()].flatMap((regions) => [...regions.values()])) {
      // One that cannot be written does not keep the others from it.
      if (isUnsaved(region)) await saveRegion(region, records).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  async function saveRegion(region: Region, records: Records): Promise<void> {
    const mine = region.unsaved;
    region.unsaved = new Map();
    try {
      const onDisk = await records.read(region.accountId, region.region);
      const next = merged(region, mine, onDisk);
      const write = onDisk === undefined || isNews(next, onDisk);
      if (write) await records.write(next);
      region.savedAt = (write ? next : onDisk).refreshedAt;
      adopt(region, next.instances);
    } catch (error) {
      // It is written with the next change.
      region.unsaved = new Map([...mine, ...region.unsaved]);
      throw error;
    }
  }

  /** Takes what other windows wrote; what changed here since is newer. */
  function adopt(region: Region, onDisk: readonly Instance[]): void {
    const before = region.instances;
    const left = new Map(onDisk.map((one) => [one.id, one]));
    const after = new Map<string, Instance>();
    for (const [id, known] of before) {
      const saved = left.get(id);
      left.delete(id);
      if (region.unsaved.has(id)) after.set(id, known);
      else if (saved !== undefined) after.set(id, isDeepStrictEqual(saved, known) ? known : saved);
    }
    for (const [id, saved] of left) {
      if (region.unsaved.has(id)) continue;
      after.set(id, saved);
      // The list that this window gets next may lag behind a create of the other one.
      region.putAt.set(id, now());
    }
    if (after.size === before.size && [...after].every(([id, one]) => before.get(id) === one)) return;
    setInstances(region, after);
    tell({ accountId: region.accountId, region: region.region });
  }

  function load({ accountId, region, refreshedAt, instances }: StoredRegion, isInherited: boolean): void {
    const known = regionOf(accountId, region);
    known.refreshedAt ??= refreshedAt;
    if (!isInherited) known.savedAt = refreshedAt;
    else for (const one of instances) if (!known.unsaved.has(one.id)) known.unsaved.set(one.id, one);
    // What came in since the start is newer than what was kept.
    setInstances(known, new Map([...instances.map((one) => [one.id, one] as const), ...known.instances]));
  }

  return {
    async open() {
      const { regions, inherited, note } = await kept.open();
      for (const region of regions) load(region, false);
      for (const region of inherited) load(region, true);
      inherits = inherited.length > 0;
      dirty ||= inherits;
      opened = true;
      if (dirty) save();
      return note;
    },

    regions(accountId) {
      return [...(accounts.get(accountId) ?? [])].map(([region, known]) => ({
        region,
        instances: listOf(known),
        ...(known.refreshedAt === undefined ? {} : { refreshedAt: known.refreshedAt }),
        ...(known.failure === undefined ? {} : { failure: known.failure }),
      }));
    },

    find(accountId, instanceId) {
      for (const region of accounts.get(accountId)?.values() ?? []) {
        const instance = region.instances.get(instanceId);
        if (instance !== undefined) return instance;
      }
      return undefined;
    },

    replaceRegion(accountId, region, instances) {
      if (accountId === '') return;
      const known = regionOf(accountId, region);
      const before = known.instances;
      const seen = new Map(instances.map((one) => [one.id, one]));
      const after = new Map(
        instances.map((one) => {
          const old = before.get(one.id);
          const next = withOrigin(one, old);
          // What did not change stays the same object, which whoever shows it sees at a glance.
          return [one.id, old !== undefined && isDeepStrictEqual(old, next) ? old : next];
        }),
      );
      for (const [id, at] of known.putAt) {
        const kept = before.get(id);
        if (kept === undefined || after.has(id) || now() - at >= listLag) known.putAt.delete(id);
        else after.set(id, kept);
      }
      const changedIds = [...after.keys()].filter((id) => before.get(id) !== after.get(id));
      const gone = [...before.keys()].filter((id) => !after.has(id));
      for (const id of [...changedIds, ...gone]) unsave(known, id, seen.get(id));
      if (changedIds.length > 0 || gone.length > 0) setInstances(known, after);
      known.refreshedAt = now();
      known.failure = undefined;
      changed({ accountId, region });
    },

    regionFailed(accountId, region, failure) {
      if (accountId === '') return;
      const known = regionOf(accountId, region);
      if (isDeepStrictEqual(known.failure, failure)) return;
      known.failure = failure;
      changed({ accountId, region });
    },

    put(accountId, seen) {
      if (accountId === '') return;
      const { region, id } = seen;
      const known = regionOf(accountId, region);
      const before = known.instances.get(id);
      const instance = withOrigin(seen, before);
      known.putAt.set(id, now());
      if (isDeepStrictEqual(before, instance)) return;
      known.instances.set(id, instance);
      known.list = undefined;
      unsave(known, id, seen);
      changed({ accountId, region });
    },

    remove(accountId, instanceId) {
      for (const [region, known] of accounts.get(accountId) ?? []) {
        if (!known.instances.delete(instanceId)) continue;
        known.list = undefined;
        unsave(known, instanceId, undefined);
        changed({ accountId, region });
      }
    },

    onDidChange(listener) {
      const mine = (change: RegistryChange): void => {
        listener(change);
      };
      listeners.add(mine);
      return { dispose: () => void listeners.delete(mine) };
    },

    async settled() {
      if (writing === undefined) return;
      hurry.abort();
      await writing;
    },
  };
}

function isUnsaved({ unsaved, refreshedAt, savedAt }: Region): boolean {
  return unsaved.size > 0 || isOlder(savedAt, refreshedAt);
}

/** A time that lies in the future comes from a clock that was wrong. */
function isOlder(kept: number | undefined, now: number | undefined): boolean {
  return now !== undefined && (kept === undefined || Math.abs(now - kept) >= ageStep);
}

function unsave(region: Region, id: string, seen: Instance | undefined): void {
  region.unsaved.set(id, seen === undefined ? undefined : withOrigin(seen, region.unsaved.get(id)));
}

/** What is on disk with what this window saw change; all that it knows where there is nothing. */
function merged(region: Region, mine: Region['unsaved'], onDisk: StoredRegion | undefined): StoredRegion {
  const { accountId, region: name, refreshedAt } = region;
  const instances = onDisk === undefined ? region.instances : new Map(onDisk.instances.map((one) => [one.id, one]));
  if (onDisk !== undefined) {
    for (const [id, seen] of mine) {
      if (seen === undefined) instances.delete(id);
      else instances.set(id, withOrigin(seen, instances.get(id)));
    }
  }
  const time = refreshedAt ?? onDisk?.refreshedAt;
  return {
    accountId,
    region: name,
    ...(time === undefined ? {} : { refreshedAt: time }),
    instances: [...instances.values()],
  };
}

function isNews(next: StoredRegion, onDisk: StoredRegion): boolean {
  return isOlder(onDisk.refreshedAt, next.refreshedAt) || !isDeepStrictEqual(next.instances, onDisk.instances);
}

/** What the service sends of an instance lacks the request that made it. */
function withOrigin(seen: Instance, before: Instance | undefined): Instance {
  const createRequestId = seen.createRequestId ?? before?.createRequestId;
  return createRequestId === undefined ? seen : { ...seen, createRequestId };
}
