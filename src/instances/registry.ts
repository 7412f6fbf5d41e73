import * as l10n from '@vscode/l10n';
import { isDeepStrictEqual } from 'node:util';
import { toError } from '../domain/errors.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { JsonFile, Log, Now } from '../domain/ports.ts';
import type { RegionState } from '../domain/regionState.ts';
import { decodeList, encodeList } from './storedList.ts';

/** `instanceIds`: only those instances' fields changed, and no instance came or went. Absent: anything may have. */
export interface RegistryChange {
  readonly accountId: string;
  readonly region: string;
  readonly instanceIds?: readonly string[];
}

/**
 * What is known about the instances of every account that was used here, kept on disk without secrets.
 * An empty account id is nobody: nothing is known about it, and nothing is kept under it.
 */
export interface Registry {
  /**
   * Reads the file; call it once, before anything else. A file of a newer version is kept and never overwritten,
   * one that cannot be understood is set aside. Resolves to a localized note about either; never rejects.
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

interface Region {
  instances: Map<string, Instance>;
  /** When an instance was last put, by id. */
  readonly putAt: Map<string, number>;
  refreshedAt: number | undefined;
  failure: Explanation | undefined;
}

export function createRegistry(deps: { readonly file: JsonFile; readonly now: Now; readonly log: Log }): Registry {
  const { file, now, log } = deps;
  /** By account id, then by region. */
  const accounts = new Map<string, Map<string, Region>>();
  const listeners = new Set<(change: RegistryChange) => void>();
  let writable = false;
  let dirty = false;
  let writing: Promise<void> | undefined;

  function regionOf(accountId: string, name: string): Region {
    const regions = accounts.get(accountId) ?? new Map<string, Region>();
    accounts.set(accountId, regions);
    const region = regions.get(name) ?? {
      instances: new Map<string, Instance>(),
      putAt: new Map<string, number>(),
      refreshedAt: undefined,
      failure: undefined,
    };
    regions.set(name, region);
    return region;
  }

  function changed(change: RegistryChange): void {
    dirty = true;
    save();
    for (const listener of [...listeners]) listener(change);
  }

  function save(): void {
    if (!writable || writing !== undefined) return;
    writing = drain().finally(() => {
      writing = undefined;
    });
  }

  async function drain(): Promise<void> {
    // Changes of one turn go to disk together.
    await Promise.resolve();
    while (dirty) {
      dirty = false;
      try {
        await file.write(encodeList(stored()));
      } catch (error) {
        log.warn(`The list of instances was not written: ${toError(error).message}`);
      }
    }
  }

  function stored() {
    return [...accounts].flatMap(([accountId, regions]) =>
      [...regions].map(([region, known]) => ({
        accountId,
        region,
        ...(known.refreshedAt === undefined ? {} : { refreshedAt: known.refreshedAt }),
        instances: [...known.instances.values()],
      })),
    );
  }

  /** Moves a file away that must not be used; without that, nothing is written over it. */
  async function setAside(problem: string): Promise<string> {
    log.warn(`The list of instances cannot be used: ${problem}`);
    try {
      await file.setAside();
      writable = true;
      return l10n.t('The kept list of instances could not be read. It was set aside; refresh to read it again.');
    } catch (error) {
      log.warn(`The list of instances was not set aside: ${toError(error).message}`);
      return l10n.t('The kept list of instances could not be read. Changes to the list will not be kept.');
    }
  }

  async function load(): Promise<string | undefined> {
    let content: unknown;
    try {
      content = await file.read();
    } catch (error) {
      // A SyntaxError quotes the content.
      return setAside(error instanceof SyntaxError ? 'not JSON' : toError(error).message);
    }
    if (content === undefined) {
      writable = true;
      return undefined;
    }
    const decoded = decodeList(content);
    switch (decoded.kind) {
      case 'newer':
        return l10n.t(
          'The kept list of instances comes from a newer version of this extension. It is left as it is, and changes to the list will not be kept.',
        );
      case 'unreadable':
        return setAside(decoded.problem);
      case 'list':
        for (const { accountId, region, refreshedAt, instances } of decoded.regions) {
          const known = regionOf(accountId, region);
          known.refreshedAt ??= refreshedAt;
          // What came in since the start is newer than the file.
          known.instances = new Map([...instances.map((one) => [one.id, one] as const), ...known.instances]);
        }
        writable = true;
        return undefined;
    }
  }

  return {
    async open() {
      const note = await load();
      if (dirty) save();
      return note;
    },

    regions(accountId) {
      return [...(accounts.get(accountId) ?? [])].map(([region, known]) => ({
        region,
        instances: [...known.instances.values()],
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
      const after = new Map(instances.map((one) => [one.id, withOrigin(one, before.get(one.id))]));
      for (const [id, at] of known.putAt) {
        const kept = before.get(id);
        if (kept === undefined || after.has(id) || now() - at >= listLag) known.putAt.delete(id);
        else after.set(id, kept);
      }
      const recovered = known.failure !== undefined;
      known.instances = after;
      known.refreshedAt = now();
      known.failure = undefined;

      const sameSet = before.size === after.size && [...before.keys()].every((id) => after.has(id));
      if (recovered || !sameSet) {
        changed({ accountId, region });
      } else {
        const instanceIds = [...after.keys()].filter((id) => !isDeepStrictEqual(before.get(id), after.get(id)));
        changed({ accountId, region, instanceIds });
      }
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
      changed(before === undefined ? { accountId, region } : { accountId, region, instanceIds: [id] });
    },

    remove(accountId, instanceId) {
      for (const [region, known] of accounts.get(accountId) ?? []) {
        if (known.instances.delete(instanceId)) changed({ accountId, region });
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
      await writing;
    },
  };
}

/** What the service sends of an instance lacks the request that made it. */
function withOrigin(seen: Instance, before: Instance | undefined): Instance {
  const createRequestId = seen.createRequestId ?? before?.createRequestId;
  return createRequestId === undefined ? seen : { ...seen, createRequestId };
}
