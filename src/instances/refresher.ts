import { isCancelled, KeysUnavailableError, NotSignedInError, ServiceError, toError } from '../domain/errors.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { InstanceService, Log, Owner, ServiceOf } from '../domain/ports.ts';
import type { Registry } from './registry.ts';

/** Brings the registry up to date: every region on its own, side by side, a failing one for itself. */
export interface Refresher {
  /**
   * Resolves when every region answered or failed. A region that is being asked already is waited for, not asked twice:
   * one that is slow never keeps the others from being asked again.
   * @param regions those to ask; absent: the ones that are listed for the account
   * Rejects only when the account has no keys or it was cancelled: a failing region is a row, not an error.
   */
  refresh(accountId: string, regions?: readonly string[]): Promise<void>;
  /** Regions of the account that wait for their answer. */
  refreshing(accountId: string): ReadonlySet<string>;
  onDidChange(listener: () => void): { dispose(): void };
}

/** Regions of one account that are asked at the same moment; a slow one holds up no more than its own place. */
const atOnce = 16;

/** What goes on for one account. */
interface Account {
  /** The regions that wait for their answer. */
  readonly asked: Map<string, Promise<void>>;
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
}

export function createRefresher(deps: {
  readonly service: ServiceOf<Pick<InstanceService, 'list'>>;
  readonly registry: Pick<Registry, 'replaceRegion' | 'regionFailed'>;
  /** The kinds of instance that are asked for: those that the service has not withdrawn. */
  readonly offerings: (accountId: string) => readonly string[];
  /** The service says that it has withdrawn a kind. That is no failure: there is nothing to list. */
  readonly onRetired: (owner: Owner, said: Explanation) => void;
  /** The regions to ask for this account. */
  readonly regions: (accountId: string) => readonly string[];
  readonly explain: Explain;
  readonly signal: AbortSignal;
  readonly log: Log;
}): Refresher {
  const { service, registry, offerings, onRetired, regions, explain, signal, log } = deps;
  const accounts = new Map<string, Account>();
  const listeners = new Set<() => void>();

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  async function listed(owner: Owner, region: string): Promise<Instance[]> {
    try {
      return await service(owner).list(region, signal);
    } catch (thrown) {
      const error = toError(thrown);
      const said = error instanceof ServiceError ? explain(error) : undefined;
      if (said?.kind !== 'retired') throw error;
      onRetired(owner, said);
      return [];
    }
  }

  async function refreshRegion(accountId: string, region: string): Promise<void> {
    try {
      const lists = await Promise.all(offerings(accountId).map((offering) => listed({ accountId, offering }, region)));
      registry.replaceRegion(accountId, region, lists.flat());
    } catch (thrown) {
      const error = toError(thrown);
      if (isCancelled(error) || error instanceof NotSignedInError || error instanceof KeysUnavailableError) throw error;
      log.warn(`Refresh failed: ${region}: ${error.message}`);
      registry.regionFailed(accountId, region, explain(error));
    }
  }

  function accountOf(accountId: string): Account {
    const account = accounts.get(accountId) ?? { asked: new Map(), inTurn: createTurns(atOnce) };
    accounts.set(accountId, account);
    return account;
  }

  async function ask(accountId: string, region: string): Promise<void> {
    const { asked, inTurn } = accountOf(accountId);
    const asking =
      asked.get(region) ??
      inTurn(() => refreshRegion(accountId, region)).finally(() => {
        asked.delete(region);
        tell();
      });
    asked.set(region, asking);
    await asking;
  }

  return {
    refreshing: (accountId) => new Set(accounts.get(accountId)?.asked.keys()),
    async refresh(accountId, asked = regions(accountId)) {
      const asking = asked.map((region) => ask(accountId, region));
      tell();
      await Promise.all(asking);
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}

/** Does works as they come, and no more than so many at the same moment. */
function createTurns(places: number): (work: () => Promise<void>) => Promise<void> {
  const queue: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
