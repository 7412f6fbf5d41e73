import type { JsonFile, JsonFiles, Log } from '../../../src/domain/ports.ts';
import type { KeptRegions } from '../../../src/instances/keptRegions.ts';
import { createKeptRegions } from '../../../src/instances/keptRegions.ts';
import { memoryClaims } from '../../support/memory.ts';

/** A disk with the lists of instances of one person, as text. Several windows may share it. */
export interface RegionsDisk {
  /** The records, by name. */
  readonly records: Map<string, string>;
  /** The one file of earlier versions. */
  old: string | undefined;
  readonly aside: string[];
  writes: number;
  full: boolean;
  /** Nothing can be read. */
  locked: boolean;
  /** Nothing can be set aside. */
  stuck: boolean;
  /** Everything that is kept, records and old file. */
  text(): string;
  /** What one more window has of it. */
  window(log: Log): KeptRegions;
}

export function regionsDisk(old?: string): RegionsDisk {
  const claimed = new Map<string, AbortController>();

  /** Something else happens between any two steps of a file. */
  const step = (): Promise<void> => new Promise(setImmediate);

  function file(get: () => string | undefined, set: (text: string | undefined) => void): JsonFile {
    return {
      async read() {
        const text = get();
        await step();
        if (disk.locked) throw new Error('busy');
        const value: unknown = text === undefined ? undefined : JSON.parse(text);
        return value;
      },
      async write(value) {
        const text = JSON.stringify(value);
        await step();
        disk.writes += 1;
        if (disk.full) throw new Error('no space left');
        set(text);
      },
      async setAside() {
        await step();
        if (disk.stuck) throw new Error('not permitted');
        disk.aside.push(get() ?? '');
        set(undefined);
      },
      async remove() {
        await step();
        set(undefined);
      },
    };
  }

  const files: JsonFiles = {
    names: () => Promise.resolve([...disk.records.keys()]),
    of: (name) =>
      file(
        () => disk.records.get(name),
        (text) => {
          if (text === undefined) disk.records.delete(name);
          else disk.records.set(name, text);
        },
      ),
  };
  const disk: RegionsDisk = {
    ...{ records: new Map(), old, aside: [], writes: 0, full: false, locked: false, stuck: false },
    text: () => [...disk.records.values(), disk.old ?? ''].join('\n'),
    window: (log) =>
      createKeptRegions({
        files,
        old: file(
          () => disk.old,
          (text) => {
            disk.old = text;
          },
        ),
        claims: memoryClaims(claimed),
        sleep: step,
        log,
      }),
  };
  return disk;
}
