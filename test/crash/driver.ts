/**
 * A window of the editor without the editor, as a process: takes one job a line from its input and answers each with a
 * line. It kills itself at the pass of a point that it is told.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createCloud } from '../../src/api/cloud.ts';
import type { ChangeOrder } from '../../src/domain/changeOrder.ts';
import type { CreatePlan } from '../../src/domain/createPlan.ts';
import { toError } from '../../src/domain/errors.ts';
import { hasEnded } from '../../src/domain/operation.ts';
import type { Log, Now, Sleep } from '../../src/domain/ports.ts';
import { isRecord } from '../../src/domain/record.ts';
import { Secret } from '../../src/domain/secret.ts';
import { encodeOperation } from '../../src/instances/storedOperation.ts';
import { createRefresher } from '../../src/instances/refresher.ts';
import { sleep as wait } from '../../src/platform/sleep.ts';
import { subnetsOf } from '../../src/simulator/account.ts';
import type { Rig } from '../support/rig.ts';
import { openRig } from '../support/rig.ts';
import { hearPoints } from './points.ts';
import { watchMoments } from './moments.ts';
import { passKey } from './protocol.ts';
import type { Job, Recovered, WriteJob, Written } from './protocol.ts';
import { accountOf, names } from './writes.ts';
import type { Write } from './writes.ts';

/** How many times faster than the real one the clock of the operations goes. */
const speed = 500;

/** What is open after that many milliseconds of that clock hangs. */
const patience = 3_600_000;

/**
 * A clock that moves by what is slept, and stands still while anything else happens: however slow the machine, nothing
 * is late.
 */
function slowlessClock(start: number): { readonly now: Now; readonly sleep: Sleep } {
  let time = start;
  return {
    now: () => time,
    async sleep(milliseconds, signal) {
      const due = time + milliseconds;
      await wait(milliseconds / speed, signal);
      time = Math.max(time, due);
    },
  };
}

function lineLog(lines: string[]): Log {
  const add = (line: string): void => {
    lines.push(line);
  };
  return { trace: () => undefined, debug: add, info: add, warn: add, error: add };
}

interface Opened {
  readonly rig: Rig;
  readonly sleep: Sleep;
  readonly now: Now;
  readonly log: Log;
  readonly lines: string[];
  readonly failures: string[];
}

/** @param start what its clock says at first, in milliseconds since the epoch */
async function openWindow(job: Job, start: number): Promise<Opened> {
  const { folder, endpoint, secretId, origin } = job;
  const lines: string[] = [];
  const failures: string[] = [];
  const log = lineLog(lines);
  const clock = slowlessClock(start);
  const rig = await openRig({
    ...{ folder, endpoint, origin, speed, log, clock },
    credentials: { secretId, secretKey: new Secret(job.secretKey) },
    accountId: names.accountId,
    createCloud,
    onFailure: (operation, error) => {
      failures.push(`${operation.kind}: ${error.message}`);
    },
  });
  return { rig, ...clock, log, lines, failures };
}

/** Passes so far, by point and phase; at the one that is asked for it ends the process. */
function countPasses({ kill, survey }: Job): { passes(): readonly Counted[]; end(): void } {
  const passes = new Map<string, Counted>();
  const deadly = kill === undefined ? undefined : passKey(kill);
  const moments = survey === true ? watchMoments() : undefined;
  let order = 0;
  hearPoints((point, phase) => {
    const key = passKey({ point, phase });
    const count = (passes.get(key)?.count ?? 0) + 1;
    if (key === deadly && count === kill?.count) process.kill(process.pid, 'SIGKILL');
    const here = { order, moment: moments?.now() ?? 0 };
    passes.set(key, { point, phase, count, first: passes.get(key)?.first ?? here, last: here });
    order += 1;
  });
  return {
    passes: () => [...passes.values()],
    end() {
      hearPoints(undefined);
      moments?.end();
    },
  };
}

type Counted = Written['passes'][number];

function planOf({ name, offering }: Write): CreatePlan {
  const { region } = names;
  const common = { region, name: names.instance, charset: 'UTF8', tags: [] };
  if (offering === 'serverless') return { ...common, offering, zone: `${region}-2`, version: '10.4' };
  const zone = `${region}-3`;
  const subnet = subnetsOf(region).find((one) => one.zone === zone);
  const rental = {
    ...{ specCode: 'pg.it.small2', cpu: 1, memoryGb: 2, storageGb: 50, storageType: 'PHYSICAL_LOCAL_SSD' },
    ...{ securityGroupIds: [], adminName: names.admin, deletionProtection: false },
    ...(name === 'create prepaid' ? { prepaidMonths: 1 } : {}),
  };
  const network = { vpcId: subnet?.vpcId ?? '', subnetId: subnet?.id ?? '' };
  return { ...common, offering, zone, version: '16', network, rental };
}

function orderOf({ kind, name }: Write, password: Secret): ChangeOrder {
  const database = { name: names.database, owner: names.admin };
  switch (kind) {
    case 'rename':
      return { kind, name: names.renamed };
    case 'resize':
      return {
        ...{ kind, size: { cpu: 2, memoryGb: 4, storageGb: 100 } },
        at: { kind: name === 'resize later' ? 'maintenanceWindow' : 'now' },
      };
    case 'resetPassword':
      return { kind, account: names.admin, password };
    case 'createAccount':
      return { kind, account: { name: names.account, type: 'normal', password } };
    case 'deleteAccount':
      return { kind, account: names.account };
    case 'createDatabase':
    case 'deleteDatabase':
      return { kind, database };
    case 'restart':
    case 'isolate':
    case 'restore':
    case 'protect':
    case 'unprotect':
      return { kind };
    case 'create':
    case 'delete':
    case 'openPublic':
    case 'closePublic':
      throw new Error(`Not an order: ${kind}`);
  }
}

/** Id of the record of a create that an earlier window could not settle. */
const unknown = 'unknown';

async function leaveUnsettled({ folder, write, origin, ids: candidates }: WriteJob): Promise<void> {
  const plan = planOf(write);
  const { offering, name, region, zone } = plan;
  const explanation = { kind: 'state', meaning: 'more than one', next: [] } as const;
  const place = { id: unknown, accountId: names.accountId, offering, name, region, zone };
  // Before the instance was made.
  const startedAt = origin - 60_000;
  const record = { ...place, kind: 'create', state: 'unsettled', plan, startedAt, candidates, explanation } as const;
  const path = join(folder, 'operations');
  await mkdir(path, { recursive: true });
  await writeFile(join(path, `${unknown}.json`), JSON.stringify(encodeOperation(record)));
}

async function carryOut(rig: Rig, job: WriteJob): Promise<void> {
  const { write, instance } = job;
  const { writes, signal } = rig;
  const password = new Secret(job.password);
  const unheard = (): void => undefined;
  if (write.isChoice === true && instance !== undefined) {
    await rig.follower.decide(unknown, async (operation, ends) => {
      if (operation.kind === 'create') await writes.creation.adopt(operation, instance, ends, unheard);
    });
    return;
  }
  if (write.kind === 'create') {
    const order = { plan: planOf(write), ...(write.offering === 'serverless' ? {} : { password }) };
    await writes.creation.create(names.accountId, order, signal, unheard);
    return;
  }
  if (instance === undefined) throw new Error(`There is no instance for this: ${write.name}`);
  switch (write.kind) {
    case 'delete': {
      const [deleting] = await writes.deletion.begin([instance], 5_000, signal);
      if (deleting === undefined) throw new Error('No deletion was begun');
      if (write.isUndone === true) await writes.deletion.undo([deleting.operation]);
      await deleting.result;
      return;
    }
    case 'openPublic': {
      const howLong =
        write.closesAgain === true ? ({ kind: 'for', milliseconds: 60_000 } as const) : ({ kind: 'forGood' } as const);
      await writes.publicAccess.open(instance, howLong, false, signal, unheard);
      return;
    }
    case 'closePublic':
      await writes.publicAccess.close(instance, false, signal, unheard);
      return;
    default: {
      const result = await writes.change.carryOut(instance, orderOf(write, password), signal, unheard);
      if (result.kind === 'waiting') await result.ended;
    }
  }
}

/** What the window knows before the write: the instance, and the password that was kept for it. */
async function setUp(
  { registry, passwords }: Rig,
  { instance, write, password, oldPassword }: WriteJob,
): Promise<void> {
  if (write.isChoice === true) await passwords.keepPending(unknown, names.admin, new Secret(password));
  if (instance === undefined || write.isChoice === true) return;
  registry.put(names.accountId, instance);
  await registry.settled();
  if (write.kind === 'createAccount') return;
  const account = accountOf(write);
  await passwords.set(instance.id, new Secret(oldPassword), account === '' ? undefined : account);
}

/** Waits until nothing is under way or planned. @returns false when that takes too long */
async function untilQuiet({ rig, sleep, now }: Opened): Promise<boolean> {
  const { journal, signal } = rig;
  const isOpen = (): boolean => journal.all().some((one) => !hasEnded(one) && one.state !== 'unsettled');
  // What an earlier window could not settle is tried again, and may end as it was.
  if (journal.all().some(({ state }) => state === 'unsettled')) await sleep(200_000, signal);
  const deadline = now() + patience;
  while (isOpen() && now() < deadline) await sleep(1_000, signal);
  return !isOpen();
}

async function write(job: WriteJob): Promise<Written> {
  if (job.write.isChoice === true) await leaveUnsettled(job);
  // As the clock of the service: by their times it is told which instance a create has made.
  const window = await openWindow(job, Date.now());
  const { rig } = window;
  await setUp(rig, job);
  const counting = countPasses(job);
  // What is unsettled it would settle by itself as long as there is only one that it can be.
  if (job.write.isChoice !== true) rig.follower.start();
  try {
    await carryOut(rig, job);
  } catch (thrown) {
    // What rejects was not sent; the books will tell.
    window.lines.push(`Not carried out: ${toError(thrown).message}`);
  }
  const isQuiet = await untilQuiet(window);
  await rig.registry.settled();
  counting.end();
  await rig.close();
  return { passes: counting.passes(), isQuiet, log: window.lines };
}

async function recover(job: Job): Promise<Recovered> {
  const counting = countPasses(job);
  // Never behind the window before it, which slept no longer than the time that has passed.
  const window = await openWindow(job, job.origin + (Date.now() - job.origin) * speed);
  const { rig, log, lines, failures } = window;
  rig.follower.start();
  const isQuiet = await untilQuiet(window);
  const refresher = createRefresher({
    service: rig.cloud.instances,
    registry: rig.registry,
    offerings: () => ['serverless', 'provisioned'],
    onRetired: () => undefined,
    regions: () => [names.region],
    ...{ explain: rig.cloud.explain, signal: rig.signal, log },
  });
  await refresher.refresh(names.accountId);
  const known = rig.registry.regions(names.accountId).flatMap(({ instances }) => instances);
  const kept = await Promise.all(
    [...new Set([...known.map(({ id }) => id), ...job.ids])].flatMap((id) =>
      [names.admin, names.account].map(async (account) => {
        const password = await rig.passwords.get(id, account);
        return { id, account, isNoted: rig.passwords.keeps(id), fingerprint: fingerprint(password?.reveal()) };
      }),
    ),
  );
  const operations = rig.journal.all();
  counting.end();
  await rig.close();
  return {
    passes: counting.passes(),
    ...{ isQuiet, operations, kept, failures, log: lines },
    known: known.map(({ id, name }) => ({ id, name })),
    secrets: await secretNames(job.folder),
  };
}

function fingerprint(password: string | undefined): string {
  return password === undefined ? '' : createHash('sha256').update(password).digest('hex');
}

async function secretNames(folder: string): Promise<string[]> {
  try {
    const content: unknown = JSON.parse(await readFile(join(folder, 'secrets.json'), 'utf8'));
    return isRecord(content) ? Object.keys(content) : [];
  } catch {
    // None was ever kept.
    return [];
  }
}

async function attend(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    // Its parent is the only one who writes here.
    const job = JSON.parse(line) as WriteJob | Job;
    let answer: unknown;
    try {
      answer = { answer: 'write' in job ? await write(job) : await recover(job) };
    } catch (thrown) {
      answer = { trouble: toError(thrown).stack };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

void attend();
