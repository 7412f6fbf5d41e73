import { isCancelled, NotSignedInError, toError } from '../domain/errors.ts';
import type { Explain } from '../domain/explanation.ts';
import type { InstanceService, Log } from '../domain/ports.ts';
import type { Registry } from './registry.ts';

/** Brings the registry up to date: every region on its own, side by side, a failing one for itself. */
export interface Refresher {
  /**
   * Resolves when every region answered or failed. A refresh that is asked for while one runs joins it.
   * Rejects only when nobody is signed in or it was cancelled: a failing region is a row, not an error.
   */
  refresh(accountId: string): Promise<void>;
  /** Regions that are being asked right now. */
  readonly refreshing: ReadonlySet<string>;
  onDidChange(listener: () => void): { dispose(): void };
}

export function createRefresher(deps: {
  readonly service: Pick<InstanceService, 'list'>;
  readonly registry: Pick<Registry, 'replaceRegion' | 'regionFailed'>;
  /** The regions to ask for this account. */
  readonly regions: (accountId: string) => readonly string[];
  readonly explain: Explain;
  readonly signal: AbortSignal;
  readonly log: Log;
}): Refresher {
  const { service, registry, regions, explain, signal, log } = deps;
  const refreshing = new Set<string>();
  const listeners = new Set<() => void>();
  const running = new Map<string, Promise<void>>();

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  async function refreshRegion(accountId: string, region: string): Promise<void> {
    refreshing.add(region);
    tell();
    try {
      registry.replaceRegion(accountId, region, await service.list(region, signal));
    } catch (thrown) {
      const error = toError(thrown);
      if (isCancelled(error) || error instanceof NotSignedInError) throw error;
      log.warn(`Refresh failed: ${region}: ${error.message}`);
      registry.regionFailed(accountId, region, explain(error));
    } finally {
      refreshing.delete(region);
      tell();
    }
  }

  return {
    refreshing,
    async refresh(accountId) {
      const joined =
        running.get(accountId) ??
        Promise.all(regions(accountId).map((region) => refreshRegion(accountId, region)))
          .then(() => undefined)
          .finally(() => running.delete(accountId));
      running.set(accountId, joined);
      await joined;
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
