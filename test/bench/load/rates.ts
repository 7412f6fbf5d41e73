/**
 * What the documents allow, in requests per second of one account (409/16761 and the page of each action); where they
 * say nothing it is 20.
 */
const documented: Readonly<Record<string, number>> = {
  DescribeServerlessDBInstances: 1_000,
  DescribeDBInstances: 1_000,
  DescribeDBInstanceAttribute: 1_000,
  DescribeRegions: 1_000,
  DescribeZones: 1_000,
  CreateServerlessDBInstance: 100,
  CreateInstances: 100,
  DeleteServerlessDBInstance: 100,
  ModifyDBInstanceName: 100,
  IsolateDBInstances: 100,
  DisIsolateDBInstances: 100,
  RestartDBInstance: 50,
  DestroyDBInstance: 50,
};

export function allowedPerSecond(action: string): number {
  return documented[action] ?? 20;
}

/** How often an action was asked for. */
export interface Rate {
  readonly total: number;
  /** The most within any second, wherever it begins. */
  readonly peak: number;
}

/** Counts requests as they arrive. @param now milliseconds, never going back */
export function createRates(now: () => number) {
  const counts = new Map<string, { total: number; peak: number; recent: number[] }>();
  return {
    count(action: string): void {
      const time = now();
      const one = counts.get(action) ?? { total: 0, peak: 0, recent: [] };
      counts.set(action, one);
      one.recent.push(time);
      const begin = one.recent.findIndex((at) => at > time - 1_000);
      if (begin > 0) one.recent.splice(0, begin);
      one.total += 1;
      one.peak = Math.max(one.peak, one.recent.length);
    },
    rates: (): Record<string, Rate> =>
      Object.fromEntries([...counts].map(([action, { total, peak }]) => [action, { total, peak }])),
  };
}
