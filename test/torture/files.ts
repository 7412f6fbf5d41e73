import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { dirname, join } from 'node:path';
import { createCloud, type Cloud, type CloudOptions } from '../../src/api/cloud.ts';
import { CancelledError, toError } from '../../src/domain/errors.ts';
import { createClaims } from '../../src/instances/claims.ts';
import { thisProcess } from '../../src/instances/holder.ts';
import { testCredentials } from '../support/cloudBundle.ts';
import { instanceWith } from '../support/instances.ts';
import { memoryLog } from '../support/memory.ts';
import { openRig, type Rig } from '../support/rig.ts';
import { scratchFolder } from '../support/scratch.ts';
import { account, plans, region } from './actions.ts';
import type { Part } from './part.ts';
import type { Cell } from './table.ts';

/** Milliseconds. */
const hour = 3_600_000;

/** Where nothing may be sent to, and nothing listens. */
const nowhere = 'http://127.0.0.1:9';

/** Counts what would be sent, and sends nothing. */
function silentCloud(options: CloudOptions): Cloud & { asked(): number } {
  let asked = 0;
  const refuse = (): Promise<never> => {
    asked += 1;
    return Promise.reject(new Error('Nothing is to be sent here'));
  };
  return { ...createCloud({ ...options, connection: refuse }), asked: () => asked };
}

interface Opened {
  readonly rig: Rig;
  readonly asked: () => number;
}

async function openWindow(folder: string): Promise<Opened> {
  let asked = (): number => 0;
  const rig = await openRig({
    ...{ folder, endpoint: nowhere, credentials: testCredentials, accountId: account, log: memoryLog() },
    createCloud(options) {
      const cloud = silentCloud(options);
      asked = cloud.asked;
      return cloud;
    },
    origin: Date.now(),
    speed: 1,
  });
  return { rig, asked: () => asked() };
}

const first = instanceWith({ id: 'postgres-torture1', name: 'first' });
const second = instanceWith({ id: 'postgres-torture2', name: 'second', offering: 'provisioned' });

/** What an earlier session left, and which file of it is damaged. */
interface Legacy {
  readonly folder: string;
  /** Ids of the operations; the record of the first is the one that is damaged. */
  readonly damaged: string;
  readonly whole: string;
  readonly files: readonly {
    readonly name: string;
    readonly path: string;
    readonly holds: 'record' | 'claim' | 'list';
  }[];
}

/** Two operations, both open, and two instances, as a window leaves them. */
async function leave(): Promise<Legacy> {
  const folder = await scratchFolder('files');
  const { rig } = await openWindow(folder);
  const { plan, zone, name } = { plan: plans.provisioned, zone: plans.provisioned.zone, name: plans.provisioned.name };
  const place = { accountId: account, offering: 'provisioned', region, zone, name };
  const create = await rig.journal.begin({ ...place, kind: 'create', plan, state: 'sending' });
  const change = await rig.journal.begin({
    ...{ ...place, kind: 'rename', instanceId: second.id, subject: 'renamed' },
    state: 'working',
    requestId: '6ef60bec-0242-43af-bb20-270359fb54a7',
  });
  for (const instance of [first, second]) rig.registry.put(account, instance);
  await rig.close();
  const damaged = create.operation.id;
  const list = (await readdir(join(folder, 'instances'))).find((name) => name.endsWith('.json')) ?? '';
  return {
    folder,
    damaged,
    whole: change.operation.id,
    files: [
      { name: 'record of the journal', path: join('operations', `${damaged}.json`), holds: 'record' },
      { name: 'claim', path: join('operations', `${damaged}.1.claim`), holds: 'claim' },
      { name: 'list of instances', path: join('instances', list), holds: 'list' },
    ],
  };
}

type Damage = (whole: Buffer) => Iterable<{ readonly label: string; readonly bytes: Buffer }>;

function* truncated(whole: Buffer): ReturnType<Damage> {
  for (let at = 0; at < whole.length; at += 1)
    yield { label: `after byte ${String(at)}`, bytes: whole.subarray(0, at) };
}

/** A bit of each byte that makes another letter of it, and the one that makes none of it. */
function* flipped(whole: Buffer): ReturnType<Damage> {
  for (let at = 0; at < whole.length; at += 1) {
    for (const bit of [at % 7, 7]) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      yield { label: `bit ${String(bit)} of byte ${String(at)}`, bytes };
    }
  }
}

/** As a power cut leaves it: the length is there, the content is not. */
function* zeroed(whole: Buffer): ReturnType<Damage> {
  yield { label: 'all of it', bytes: Buffer.alloc(whole.length) };
}

const damages: readonly { readonly name: string; readonly damage: Damage }[] = [
  { name: 'truncated at every byte', damage: truncated },
  { name: 'a bit flipped in every byte', damage: flipped },
  { name: 'zeros in place of all', damage: zeroed },
];

const isJson = (bytes: Buffer): boolean => {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
};

/** Opens a copy of what was left, with one file damaged. Resolves to what is wrong, or to `undefined`. */
async function survives(legacy: Legacy, file: Legacy['files'][number], bytes: Buffer): Promise<string | undefined> {
  const folder = await scratchFolder('files');
  try {
    await cp(legacy.folder, folder, { recursive: true, preserveTimestamps: true });
    await writeFile(join(folder, file.path), bytes);
    const { rig, asked } = await openWindow(folder);
    try {
      return (
        lost(rig, legacy, file) ??
        (await forgotten(rig, legacy, file, join(folder, file.path), bytes)) ??
        (await stuck(rig, legacy)) ??
        (await held(folder, legacy)) ??
        (asked() === 0 ? undefined : 'something was sent')
      );
    } finally {
      await rig.close();
    }
  } catch (thrown) {
    return `opening threw: ${toError(thrown).message}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether anything but what is in the damaged file was lost. */
function lost(rig: Rig, legacy: Legacy, { holds }: Legacy['files'][number]): string | undefined {
  if (rig.journal.find(legacy.whole)?.state !== 'working') return 'another record was lost';
  if (holds !== 'record' && rig.journal.find(legacy.damaged) === undefined) return 'a record was lost';
  const known = rig.registry.regions(account).flatMap(({ instances }) => instances);
  if (holds !== 'list' && !isDeepStrictEqual(known, [first, second])) return 'the list of instances was lost';
  return undefined;
}

/** Whether what cannot be used was thrown away, or is in the way still. */
async function forgotten(
  rig: Rig,
  legacy: Legacy,
  { holds }: Legacy['files'][number],
  path: string,
  bytes: Buffer,
): Promise<string | undefined> {
  if (holds === 'claim') return undefined;
  const used =
    holds === 'record' ? rig.journal.find(legacy.damaged) !== undefined : rig.registry.find(account, first.id);
  if (used !== undefined && used !== false) return undefined;
  const folder = dirname(path);
  const names = (await readdir(folder)).filter((name) => join(folder, name).startsWith(path));
  const contents = await Promise.all(names.map((name) => readFile(join(folder, name))));
  if (!contents.some((content) => content.equals(bytes))) return 'what cannot be read was thrown away';
  if (!isJson(bytes) && !names.some((name) => name.includes('.unreadable-')))
    return 'what cannot be read was not set aside';
  return undefined;
}

/** Whether the window can still take up and put on record. */
async function stuck(rig: Rig, { whole }: Legacy): Promise<string | undefined> {
  const begun = await rig.journal.begin({
    ...{ kind: 'restart', accountId: account, offering: 'provisioned', name: second.name, region: second.region },
    ...{ zone: second.zone, instanceId: second.id, state: 'sending' },
  });
  if ((await rig.journal.look(begun.operation.id)) === undefined) return 'nothing can be put on record';
  const known = await rig.journal.look(whole);
  if (known === undefined) return 'another record was lost';
  await rig.journal.change(known, { state: 'done' });
  return rig.journal.find(whole)?.state === 'done' ? undefined : 'a record cannot be changed';
}

/** Whether a claim of a session that is long over, whatever it says, keeps an operation from being followed. */
async function held(folder: string, { damaged }: Legacy): Promise<string | undefined> {
  const path = join(folder, 'operations');
  const later = Date.now() + hour;
  const claims = createClaims({
    ...{ path, holder: thisProcess, now: () => later, log: memoryLog() },
    // Nobody renews it meanwhile, and nobody has to wait for that here.
    sleep: (_milliseconds, signal) => (signal.aborted ? Promise.reject(new CancelledError()) : Promise.resolve()),
  });
  try {
    return (await claims.take(damaged)) === undefined ? 'nobody can follow the operation any more' : undefined;
  } finally {
    await claims.dispose();
  }
}

/** In the sample only each so many-th damage is done. */
const sampledStep = 61;

/** So many at a time. */
const width = 4;

/** What is kept on disk, damaged at every place: opening it neither throws, hangs, loses another record nor sends. */
export const files: Part = {
  name: 'files',
  async run({ short, onCell }) {
    const legacy = await leave();
    const cells: Cell[] = [];
    try {
      for (const { name: row, damage } of damages) {
        for (const file of legacy.files) {
          const whole = await readFile(join(legacy.folder, file.path));
          const waiting = [...damage(whole)].filter((_, index) => !short || index % sampledStep === 0);
          const attacks = waiting.length;
          const failures: string[] = [];
          const work = async (): Promise<void> => {
            for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
              const wrong = await survives(legacy, file, next.bytes);
              if (wrong !== undefined) failures.push(`${row}, ${next.label}: ${file.name}: ${wrong}`);
            }
          };
          await Promise.all(Array.from({ length: width }, work));
          const cell = { row, column: file.name, attacks, failures };
          cells.push(cell);
          onCell?.(cell, cells.length, damages.length * legacy.files.length);
        }
      }
    } finally {
      await rm(legacy.folder, { recursive: true, force: true });
    }
    return [{ title: 'Damaged files', cells }];
  },
};
