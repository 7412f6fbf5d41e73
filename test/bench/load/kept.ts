import { join } from 'node:path';
import { createJsonFile } from '../../../src/instances/jsonFile.ts';
import { decodeList } from '../../../src/instances/storedList.ts';

/** What the next window would read: the request that made each instance, by id; empty where none is kept. */
export async function keptInstances(folder: string): Promise<ReadonlyMap<string, string>> {
  const decoded = decodeList(await createJsonFile({ path: join(folder, 'instances.json'), now: Date.now }).read());
  if (decoded.kind !== 'list') return new Map();
  return new Map(
    decoded.regions.flatMap(({ instances }) => instances.map(({ id, createRequestId = '' }) => [id, createRequestId])),
  );
}
