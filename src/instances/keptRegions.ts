import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { toError } from '../domain/errors.ts';
import type { JsonFile, JsonFiles, Log, Sleep } from '../domain/ports.ts';
import type { Claims } from './claims.ts';
import { decodeList, encodeList } from './storedList.ts';
import type { Decoded, StoredRegion } from './storedList.ts';

/** What is on disk, as it was found at the start. */
export interface Found {
  /** Each once. */
  readonly regions: readonly StoredRegion[];
  /** Those of the one file that earlier versions kept, which have no record of their own yet. */
  readonly inherited: readonly StoredRegion[];
  /** Localized, about what could not be read. */
  readonly note?: string;
}

/** The records, while no other window writes. Both reject when the disk refuses. */
export interface Records {
  /** As it is now; `undefined` when there is none. */
  read(accountId: string, region: string): Promise<StoredRegion | undefined>;
  /** What comes from a newer version, or could be neither read nor set aside, is not written over. */
  write(region: StoredRegion): Promise<void>;
}

/**
 * The lists of instances on disk: a record for each region of each account, in a folder that all windows of the person
 * share. Who writes has claimed the folder, so that what one window writes is read by the next before it writes.
 */
export interface KeptRegions {
  /** Never rejects. */
  open(): Promise<Found>;
  /** Resolves when the work is done; waits for other windows before it begins. Rejects as the work, or when it cannot begin. */
  change(work: (records: Records) => Promise<void>): Promise<void>;
  /** For when all that was inherited is on record. */
  forgetInherited(): Promise<void>;
}

/** What was read, and what is to be said about it. */
interface Part {
  readonly regions: readonly StoredRegion[];
  readonly note?: string;
}

const nothing: Part = { regions: [] };

/** Milliseconds after which a window that found another one writing looks again. */
const turn = 50;

/** What the claim of whoever writes is called. */
const writing = 'writing';

/**
 * @param deps.files of a folder of its own
 * @param deps.old the one file in which earlier versions kept every region
 * @param deps.claims of that folder, shared with nothing else
 */
export function createKeptRegions(deps: {
  readonly files: JsonFiles;
  readonly old: JsonFile;
  readonly claims: Pick<Claims, 'take'>;
  readonly sleep: Sleep;
  readonly log: Log;
}): KeptRegions {
  const { files, old, claims, sleep, log } = deps;
  const { signal } = new AbortController();
  /** Names of records that are not ours to write. */
  const leftAlone = new Set<string>();

  function unusable(problem: string): void {
    log.warn(`The list of instances cannot be used: ${problem}`);
  }

  /** Moves a file away that must not be used; without that, nothing is written over it. True when it is away. */
  async function setAside(file: JsonFile, problem: string): Promise<boolean> {
    unusable(problem);
    try {
      await file.setAside();
      return true;
    } catch (error) {
      log.warn(`The list of instances was not set aside: ${toError(error).message}`);
      return false;
    }
  }

  async function decoded(file: JsonFile): Promise<Decoded | undefined> {
    try {
      const content = await file.read();
      return content === undefined ? undefined : decodeList(content);
    } catch (error) {
      // Any other trouble may pass, and belongs to a record that is whole.
      if (!(error instanceof SyntaxError)) throw error;
      // It quotes the content.
      return { kind: 'unreadable', problem: 'not JSON' };
    }
  }

  async function record(name: string): Promise<Part> {
    const file = files.of(name);
    const found = await decoded(file);
    if (found === undefined) return nothing;
    if (found.kind === 'newer') {
      leftAlone.add(name);
      return {
        regions: [],
        note: l10n.t(
          'The kept list of instances comes from a newer version of this extension. It is left as it is, and changes to the list will not be kept.',
        ),
      };
    }
    const [region, ...others] = found.kind === 'list' ? found.regions : [];
    if (region !== undefined && others.length === 0 && nameOf(region) === name) return { regions: [region] };
    const away = await setAside(file, found.kind === 'list' ? 'of another region' : found.problem);
    if (!away) leftAlone.add(name);
    return { regions: [], note: unreadableNote(away) };
  }

  async function inherited(): Promise<Part> {
    const found = await decoded(old);
    if (found?.kind === 'unreadable') return { regions: [], note: unreadableNote(await setAside(old, found.problem)) };
    return found?.kind === 'list' ? found : nothing;
  }

  async function orTrouble(reading: Promise<Part>): Promise<Part> {
    try {
      return await reading;
    } catch (error) {
      unusable(toError(error).message);
      return { regions: [], note: unreadableNote(false) };
    }
  }

  async function every(): Promise<Part> {
    const parts = await Promise.all((await files.names()).map((name) => orTrouble(record(name))));
    const note = parts.find((part) => part.note !== undefined)?.note;
    return { regions: parts.flatMap(({ regions }) => regions), ...(note === undefined ? {} : { note }) };
  }

  return {
    async open() {
      const kept = await orTrouble(every());
      const before = await orTrouble(inherited());
      const note = kept.note ?? before.note;
      const names = new Set(kept.regions.map(nameOf));
      return {
        regions: kept.regions,
        inherited: before.regions.filter((one) => !names.has(nameOf(one)) && !leftAlone.has(nameOf(one))),
        ...(note === undefined ? {} : { note }),
      };
    },

    async change(work) {
      const read: Records['read'] = async (accountId, region) => {
        const name = nameOf({ accountId, region });
        return leftAlone.has(name) ? undefined : (await record(name)).regions[0];
      };
      const write: Records['write'] = async (region) => {
        const name = nameOf(region);
        if (!leftAlone.has(name)) await files.of(name).write(encodeList([region]));
      };
      let claim = await claims.take(writing);
      while (claim === undefined) {
        await sleep(turn, signal);
        claim = await claims.take(writing);
      }
      try {
        await work({ read, write });
      } finally {
        await claim.release();
      }
    },

    forgetInherited: () => old.remove(),
  };
}

/** The name of a record: account and region are the service's words, and may hold what no file name can. */
function nameOf({ accountId, region }: Pick<StoredRegion, 'accountId' | 'region'>): string {
  return createHash('sha256')
    .update(JSON.stringify([accountId, region]))
    .digest('hex')
    .slice(0, 32);
}

function unreadableNote(away: boolean): string {
  return away
    ? l10n.t('The kept list of instances could not be read. It was set aside; refresh to read it again.')
    : l10n.t('The kept list of instances could not be read. Changes to the list will not be kept.');
}
