import { sleep } from '../../../src/platform/sleep.ts';
import { keptRegionsIn } from '../../support/keptRegions.ts';
import { memoryLog } from '../../support/memory.ts';

/** What the next window would read: the request that made each instance, by id; empty where none is kept. */
export async function keptInstances(folder: string): Promise<ReadonlyMap<string, string>> {
  const { regions } = await keptRegionsIn(folder, { now: Date.now, sleep, log: memoryLog() }).open();
  return new Map(
    regions.flatMap(({ instances }) => instances.map(({ id, createRequestId = '' }) => [id, createRequestId])),
  );
}
