import { homedir } from 'node:os';
import type { Log, Now, Sleep } from '../../domain/ports.ts';
import type { KeySource } from '../../domain/profile.ts';
import type { Environment } from './environment.ts';
import { watchFiles } from './fileWatch.ts';
import { keyDisk } from './keyFile.ts';
import { createKeySources } from './keySources.ts';
import type { KeySources, KeySourcesDeps } from './keySources.ts';
import { createMetadataFetch } from './metadataFetch.ts';

/** The sources of this machine. Loaded when the first profile needs them. */
export interface LocalKeySources extends KeySources {
  /** Tells when the files of a source may have changed. */
  watch(source: KeySource, onChange: () => void): { dispose(): void };
}

/** Outside Tencent Cloud the name of the metadata service does not even resolve; nobody should wait for it. */
const metadataTimeout = 1_000;

export function createLocalKeySources(deps: {
  readonly environment: Environment;
  readonly assumeRole: KeySourcesDeps['assumeRole'];
  readonly now: Now;
  readonly sleep: Sleep;
  readonly log: Log;
}): LocalKeySources {
  const { sleep, ...others } = deps;
  const fetchText = createMetadataFetch({ timeout: metadataTimeout });
  const sources = createKeySources({ ...keyDisk, ...others, home: homedir(), fetchText });
  return {
    ...sources,
    watch: (source, onChange) => watchFiles(sources.files(source), onChange, { sleep }),
  };
}
