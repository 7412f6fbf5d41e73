import type { Catalog } from '../domain/ports.ts';

/** Names of projects by their number, loaded when somebody wants to see them. */
export interface ProjectNames {
  all(): ReadonlyMap<number, string>;
  /** Asks once for each account and session; a list that cannot be had leaves the numbers. */
  load(accountId: string, region: string): Promise<void>;
  onDidChange(listener: () => void): { dispose(): void };
}

export function createProjectNames(deps: {
  readonly catalog: (accountId: string) => Pick<Catalog, 'projects'>;
  readonly signal: AbortSignal;
}): ProjectNames {
  const names = new Map<number, string>();
  const asked = new Set<string>();
  const listeners = new Set<() => void>();
  return {
    all: () => names,
    async load(accountId, region) {
      if (asked.has(accountId)) return;
      asked.add(accountId);
      try {
        for (const { id, name } of await deps.catalog(accountId).projects(region, deps.signal)) names.set(id, name);
      } catch (error) {
        asked.delete(accountId);
        throw error;
      }
      for (const listener of [...listeners]) listener();
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
