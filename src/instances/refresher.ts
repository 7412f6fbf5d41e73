import { isCancelled, KeysUnavailableError, NotSignedInError, toError } from '../domain/errors.ts';
import type { Explain } from '../domain/explanation.ts';
import type { InstanceService, Log, ServiceOf } from '../domain/ports.ts';
import type { Registry } from './registry.ts';

/** Brings the registry up to date: every region on its own, side by side, a failing one for itself. */
export interface Refresher {
  /**
   * Resolves when every region answered or failed. A refresh that is asked for while one runs joins it.
   * Rejects only when the account has no keys or it was cancelled: a failing region is a row, not an error.
   */
  refresh(accountId: string): Promise<void>;
  /** Regions of the account that wait for their answer. */
  refreshing(accountId: string): ReadonlySet<string>;
  onDidChange(listener: () => void): { dispose(): void };
}

/** Regions of one account that are asked at the same moment; a slow one holds up no more than its own place. */
const atOnce = 16;

const none: ReadonlySet<string> = new Set();

export function createRefresher(deps: {
  readonly service: ServiceOf<Pick<InstanceService, 'list'>>;
  readonly registry: Pick<Registry, 'replaceRegion' | 'regionFailed'>;
  /** The regions to ask for this account. */
  readonly regions: (accountId: string) => readonly string[];
  readonly explain: Explain;
  readonly signal: AbortSignal;
  readonly log: Log;
}): Refresher {
  const { service, registry, regions, explain, signal, log } = deps;
  const waiting = new Map<string, Set<string>>();
  const listeners = new Set<() => void>();
  const running = new Map<string, Promise<void>>();

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  async function refreshRegion(accountId: string, region: string): Promise<void> {
    try {
      registry.replaceRegion(accountId, region, await service(accountId).list(region, signal));
    } catch (thrown) {
      const error = toError(thrown);
      if (isCancelled(error) || error instanceof NotSignedInError || error instanceof KeysUnavailableError) throw error;
      log.warn(`Refresh failed: ${region}: ${error.message}`);
      registry.regionFailed(accountId, region, explain(error));
    }
  }

  async function refreshAll(accountId: string): Promise<void> {
    const queue = [...regions(accountId)];
    const left = new Set(queue);
    waiting.set(accountId, left);
    tell();
    const work = async (): Promise<void> => {
      for (let region = queue.shift(); region !== undefined; region = queue.shift()) {
        try {
          await refreshRegion(accountId, region);
        } finally {
          left.delete(region);
          tell();
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: atOnce }, work));
    } finally {
      waiting.delete(accountId);
      tell();
    }
  }

  return {
    refreshing: (accountId) => waiting.get(accountId) ?? none,
    async refresh(accountId) {
      const joined = running.get(accountId) ?? refreshAll(accountId).finally(() => running.delete(accountId));
      running.set(accountId, joined);
      await joined;
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
