import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { operationKinds, operationStates } from '../../src/domain/operation.ts';
import type { RunningSimulator } from '../simulator/support.ts';
import { startSimulator } from '../simulator/support.ts';
import { prepare, readBooks, settledCalls } from './books.ts';
import type { WindowProgram } from './bundle.ts';
import type { LeftRecord } from './judge.ts';
import { broken } from './judge.ts';
import type { Job, Pass, Recovered, Written } from './protocol.ts';
import type { WindowProcess } from './window.ts';
import { startWindow } from './window.ts';
import { clockOffsetOf, faultsOf } from './writes.ts';
import type { Way, Write } from './writes.ts';

/** One write in one way, and where its windows die. */
export interface Trial {
  readonly write: Write;
  readonly way: Way;
  /** Absent: it lives to see the end. */
  readonly kill?: Pass;
  /** Where the window dies that took up what the first one left. */
  readonly killAgain?: Pass;
}

export interface Outcome {
  /** What of the promise was broken. */
  readonly broken: readonly string[];
  /** What the window passed when nothing killed it. */
  readonly written?: Written;
  /** What the last one passed that took up what was left. */
  readonly recovery: Written['passes'];
  readonly wasKilled: boolean;
  readonly wasKilledAgain: boolean;
  /** What the windows said, for who looks into it. */
  readonly log: readonly string[];
}

/** Does one trial after another: simulators and a window that takes up what is left, ready at hand. */
export interface Bench {
  run(trial: Trial): Promise<Outcome>;
  close(): Promise<void>;
}

const password = 'New-passw0rd';
const oldPassword = 'Old-passw0rd';

const recordSchema = z.object({
  id: z.string(),
  kind: z.enum(operationKinds),
  state: z.enum(operationStates),
  requestId: z.string().optional(),
});

export function createBench(program: WindowProgram): Bench {
  const simulators = new Map<boolean, Promise<RunningSimulator>>();
  let heir: WindowProcess | undefined;

  function simulatorFor({ hasAddress = false }: Write): Promise<RunningSimulator> {
    const running = simulators.get(hasAddress) ?? startSimulator({ pace: 5, postgres: hasAddress ? 'auto' : 'none' });
    simulators.set(hasAddress, running);
    return running;
  }

  async function run({ write, way, kill, killAgain }: Trial): Promise<Outcome> {
    const simulator = await simulatorFor(write);
    const { control, endpoint, secretId, secretKey } = simulator;
    const instance = await prepare(simulator, write);
    const instanceId = instance?.id;
    await control.addFaults(...faultsOf(way, write));
    await control.setClock(clockOffsetOf(way));
    const folder = await mkdtemp(join(tmpdir(), 'tencentdb-postgres-crash-'));
    const ids = instanceId === undefined ? [] : [instanceId];
    const job = { folder, endpoint, secretId, secretKey, origin: Date.now(), ids };
    try {
      const written = await inWindow((window) =>
        window.write({
          ...{ ...job, write, password, oldPassword, survey: kill === undefined },
          ...(instance === undefined ? {} : { instance }),
          ...(kill === undefined ? {} : { kill }),
        }),
      );
      const left = await recordsIn(folder);
      const sentThen = (await settledCalls(simulator, write.action)).length;
      await control.clearFaults();
      const wasKilledAgain =
        killAgain !== undefined &&
        (await inWindow((window) => window.recover({ ...job, kill: killAgain }))) === undefined;
      const recovered = await takenUp(job);
      if (recovered === undefined) throw new Error('A window died that nobody killed');
      await control.setClock(0);
      const books = await readBooks(simulator, write);
      const evidence = {
        ...{ write, way, left, sentThen, books, recovered, wasKilled: written === undefined },
        ...(instanceId === undefined ? {} : { instanceId }),
        brought: fingerprint(password),
        old: instanceId === undefined || write.kind === 'createAccount' ? '' : fingerprint(oldPassword),
      };
      return {
        broken: [...broken(evidence), ...(written?.isQuiet === false ? ['the write never ended'] : [])],
        ...(written === undefined ? {} : { written }),
        recovery: recovered.passes,
        wasKilled: written === undefined,
        wasKilledAgain,
        log: [
          ...left.map((record) => `left: ${JSON.stringify(record)}`),
          ...recovered.log,
          ...recovered.operations.map((one) => `in the end: ${JSON.stringify(one)}`),
          ...books.calls.map((one) => `sent: ${JSON.stringify(one)}`),
          ...books.instances.map((one) => `there: ${JSON.stringify(one)}`),
        ],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async function inWindow<T>(work: (window: WindowProcess) => Promise<T>): Promise<T> {
    const window = startWindow(program);
    try {
      return await work(window);
    } finally {
      await window.end();
    }
  }

  /** One process opens a window for each trial: to what is on disk it is a new one every time. */
  async function takenUp(job: Job): Promise<Recovered | undefined> {
    const window = heir ?? startWindow(program);
    heir = undefined;
    try {
      const recovered = await window.recover(job);
      heir = window;
      return recovered;
    } finally {
      if (heir === undefined) await window.end();
    }
  }

  return {
    run,
    async close() {
      await heir?.end();
      await Promise.all([...simulators.values()].map(async (running) => (await running).stop()));
    },
  };
}

/** The journal as it lies on disk. A file that cannot be read is none: the next window will see to it. */
async function recordsIn(folder: string): Promise<LeftRecord[]> {
  const path = join(folder, 'operations');
  const files = (await readdir(path)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(files.map((name) => readFile(join(path, name), 'utf8')));
  return texts.map((text) => {
    const { requestId, ...record } = recordSchema.parse(JSON.parse(text));
    return { ...record, ...(requestId === undefined ? {} : { requestId }) };
  });
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
