import { join } from 'node:path';
import type { JsonFiles, Log, Now, Sleep } from '../../src/domain/ports.ts';
import { createClaims } from '../../src/instances/claims.ts';
import { thisProcess } from '../../src/instances/holder.ts';
import { createJsonFile } from '../../src/instances/jsonFile.ts';
import { createJsonFiles } from '../../src/instances/jsonFiles.ts';
import type { KeptRegions } from '../../src/instances/keptRegions.ts';
import { createKeptRegions } from '../../src/instances/keptRegions.ts';

/** The lists of instances of one window, on disk, as `src/extension.ts` puts them together. */
export function keptRegionsIn(
  storage: string,
  deps: {
    readonly now: Now;
    readonly sleep: Sleep;
    readonly log: Log;
    /** In place of those on disk. */
    readonly files?: JsonFiles;
  },
): KeptRegions {
  const path = join(storage, 'instances');
  return createKeptRegions({
    files: createJsonFiles({ path, now: deps.now }),
    ...deps,
    old: createJsonFile({ path: join(storage, 'instances.json'), now: deps.now }),
    claims: createClaims({ path, holder: thisProcess, ...deps }),
  });
}
