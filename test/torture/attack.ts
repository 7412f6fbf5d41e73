import { rm } from 'node:fs/promises';
import { createCloud, type CloudOptions } from '../../src/api/cloud.ts';
import { explain } from '../../src/api/explain.ts';
import {
  CancelledError,
  ConfigurationError,
  KeysUnavailableError,
  NetworkError,
  NotSignedInError,
  ServiceError,
  toError,
  UnexpectedAnswerError,
} from '../../src/domain/errors.ts';
import type { Instance } from '../../src/domain/instance.ts';
import { hasEnded } from '../../src/domain/operation.ts';
import { sleep } from '../../src/platform/sleep.ts';
import { cloudOptions as usualCloud } from '../support/cloudBundle.ts';
import { memoryLog } from '../support/memory.ts';
import { openRig, type Clock, type Disk, type Rig, type RigOptions } from '../support/rig.ts';
import { scratchFolder } from '../support/scratch.ts';
import { account, newPassword, type Read, type Write } from './actions.ts';
import type { Strike } from './faults.ts';
import type { Field } from './field.ts';
import { errorText, filesIn, leakIn } from './leaks.ts';
import { brokenPromise } from './promise.ts';

/** How many times faster than really is waited. */
const speed = 100;

/** Milliseconds that a call takes while the way is broken, by the clock of the operations: some end by their limit only. */
const brokenCall = 20_000;

/** Milliseconds of real time after which something hangs: far beyond anything that is waited for, on any machine. */
const hanging = 120_000;

const errorKinds = [
  ...[ServiceError, NetworkError, UnexpectedAnswerError, NotSignedInError],
  ...[KeysUnavailableError, ConfigurationError, CancelledError],
];

type Outcome =
  { readonly kind: 'value' } | { readonly kind: 'error'; readonly error: Error } | { readonly kind: 'hangs' };

async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  const over = new AbortController();
  const tooLong = sleep(hanging, over.signal).then((): Outcome => ({ kind: 'hangs' }));
  tooLong.catch(() => undefined);
  const ended = work.then(
    (): Outcome => ({ kind: 'value' }),
    (thrown: unknown): Outcome => ({ kind: 'error', error: toError(thrown) }),
  );
  try {
    return await Promise.race([ended, tooLong]);
  } finally {
    over.abort();
  }
}

/** Lets a strike fall. @param action the one under attack; absent: there are no others */
async function arm(field: Field, strike: Strike, action: string | undefined): Promise<void> {
  const { blow, strikes, effects = [] } = strike;
  const only = strikes === 'action' ? action : undefined;
  const from = strikes === 'wayFromThere' ? action : undefined;
  if (blow !== undefined) {
    field.enemy.arm({
      ...blow,
      ...(only === undefined ? {} : { action: only }),
      ...(from === undefined ? {} : { from }),
    });
  }
  await field.control.addFaults(...effects.map((effect) => `${only ?? '*'}=${effect}`));
}

/** What is wrong with an error that came out of a call. */
function badError(error: Error, secrets: ReadonlySet<string>): string | undefined {
  if (!errorKinds.some((kind) => error instanceof kind)) return `an error of no kind: ${error.name}: ${error.message}`;
  const explanation = explain(error);
  if (explanation.meaning.trim() === '') return `no words for ${error.name}`;
  if (/Something unexpected happened/.test(explanation.meaning)) return `no words for ${error.message}`;
  if (error instanceof ServiceError && error.code === 'AuthFailure.SignatureExpire') {
    if (!explanation.next.includes('checkClock')) return 'nothing is said about the clock';
  }
  return leakIn({ 'the error': errorText(error), 'the words': JSON.stringify(explanation) }, secrets);
}

/**
 * Time passes by being waited for, and by nothing else: on a machine that is slow, or stands still for a while, no limit
 * passes that would not pass on a fast one.
 */
function createFightClock(origin: number): Clock & { pass(milliseconds: number): void } {
  let time = origin;
  return {
    now: () => time,
    async sleep(milliseconds, signal) {
      const due = time + milliseconds;
      await sleep(milliseconds / speed, signal);
      time = Math.max(time, due);
    },
    pass(milliseconds) {
      time += milliseconds;
    },
  };
}

/** Attacks a read. Resolves to what was wrong, or to `undefined`. */
export async function attackRead(field: Field, read: Read, strike: Strike): Promise<string | undefined> {
  const place = await field.place();
  const log = memoryLog();
  const endpoint = strike.endpoint ?? field.enemy.endpoint;
  const target = { site: 'mainland', endpoint } as const;
  const connection = { credentials: field.credentials, target };
  const options: CloudOptions = {
    ...usualCloud(endpoint),
    timeout: () => 60_000,
    connection: () => Promise.resolve(connection),
    sleep: (milliseconds, signal) => sleep(milliseconds / speed, signal),
    log,
    ...strike.options,
  };
  const cloud = createCloud(options);
  const { signal } = new AbortController();
  try {
    if (strike.begin !== undefined) {
      await read.ask(cloud, { ...place, connection }, signal);
      await strike.begin(field);
    }
    await arm(field, strike, undefined);
    const outcome = await outcomeOf(read.ask(cloud, { ...place, connection }, signal));
    if (outcome.kind === 'hangs') return 'it hangs';
    const problem =
      outcome.kind === 'error'
        ? (wrongEnd(strike, outcome.error) ?? badError(outcome.error, field.secrets))
        : strike.ends === 'badly'
          ? 'it ended well, as if nothing had been the matter'
          : undefined;
    return problem ?? leakIn({ 'the log': log.lines.join('\n') }, field.secrets) ?? strike.after?.();
  } finally {
    await cloud.close();
    await field.disarm();
  }
}

function wrongEnd({ ends, reason }: Strike, error: Error): string | undefined {
  if (ends === 'well') return `it failed: ${error.message}`;
  if (reason === undefined) return undefined;
  return error instanceof NetworkError && error.reason === reason
    ? undefined
    : `it failed for another reason than ${reason}: ${error.message}`;
}

/**
 * Attacks a write, lets the next window take up what was left, and checks the promise. Resolves like `attackRead`.
 * @param disk fails in the first window
 */
export async function attackWrite(
  field: Field,
  write: Write,
  strike: Strike,
  disk?: (real: Disk) => Disk,
): Promise<string | undefined> {
  const instance = await field.prepare(write);
  const folder = await scratchFolder('torture');
  const log = memoryLog();
  const origin = Date.now();
  const clock = createFightClock(origin);
  const window = (endpoint: string, change: Partial<RigOptions> = {}): Promise<Rig> => {
    const { credentials } = field;
    const unhurried = { timeout: () => 60_000 };
    const usual = { folder, endpoint, credentials, accountId: account, createCloud, origin, speed, clock, log };
    return openRig({ ...usual, cloudOptions: unhurried, ...change });
  };
  const { timeout = () => 60_000, ...options } = strike.options ?? {};
  const cloudOptions: Partial<CloudOptions> = {
    ...options,
    timeout() {
      if (strike.strikes !== 'action') clock.pass(brokenCall);
      return timeout();
    },
  };
  let armed = true;
  const disarm = async (): Promise<void> => {
    if (armed) await field.disarm();
    armed = false;
  };
  try {
    // On record before the disk fails.
    if (disk !== undefined) await (await windowWith(window(field.enemy.endpoint), instance)).close();
    const rig = await windowWith(
      window(strike.endpoint ?? field.enemy.endpoint, {
        cloudOptions,
        ...(disk === undefined ? {} : { disk }),
      }),
      disk === undefined ? instance : undefined,
    );
    await strike.begin?.(field);
    await arm(field, strike, write.wire);
    const outcome = await outcomeOf(write.confirm(rig, instance));
    await rig.close();
    const after = strike.after?.();
    await disarm();
    if (outcome.kind === 'hangs') return 'it hangs';
    const told = outcome.kind === 'error' && disk === undefined ? badError(outcome.error, field.secrets) : undefined;
    const kept = await takeUp(field, write, strike, window);
    const texts = { 'the log': log.lines.join('\n'), ...(await filesIn(folder)) };
    return kept ?? told ?? after ?? leakIn(texts, field.secrets);
  } finally {
    await disarm();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A window whose tree shows the instance. */
async function windowWith(opening: Promise<Rig>, instance: Instance | undefined): Promise<Rig> {
  const rig = await opening;
  if (instance !== undefined) rig.registry.put(account, instance);
  return rig;
}

type OpenWindow = (endpoint: string, change?: Partial<RigOptions>) => Promise<Rig>;

/** A window in which nothing is wrong takes up what is open, and then the promise is checked. */
async function takeUp(field: Field, write: Write, strike: Strike, window: OpenWindow): Promise<string | undefined> {
  const through = new Set<string>();
  const failures: Error[] = [];
  const rig = await window(field.enemy.endpoint, {
    onFollowed: ({ id }) => through.add(id),
    onFailure: ({ id }, error) => {
      through.add(id);
      failures.push(error);
    },
  });
  const isOver = (): boolean =>
    rig.journal.all().every((one) => hasEnded(one) || (through.has(one.id) && one.state !== 'scheduled'));
  try {
    if (!isOver()) rig.follower.start();
    const deadline = Date.now() + hanging;
    while (!isOver() && Date.now() < deadline) await sleep(5, rig.signal);
    const [failure] = failures;
    if (failure !== undefined) return `it could not be carried on: ${failure.message}`;
    return isOver() ? await verdict(field, write, strike, rig) : 'the next window never gets through with it';
  } finally {
    await rig.close();
  }
}

async function verdict(field: Field, write: Write, strike: Strike, rig: Rig): Promise<string | undefined> {
  const { worked, instances: all } = await field.books();
  const instances = all.filter(({ kind }) => kind === write.group);
  const { brings } = write;
  const kept = brings === undefined ? undefined : await rig.passwords.get(instances[0]?.id ?? '', brings);
  const known = rig.registry.regions(account).flatMap((one) => one.instances.map(({ id }) => id));
  return brokenPromise({
    kind: write.kind,
    operations: rig.journal.all(),
    worked: worked(write.wire),
    // What is on its way out is not there any more.
    existing: instances.filter(({ status }) => !/^(recycl|offlin)ing$/.test(status)).map(({ id }) => id),
    known,
    ...(brings === undefined ? {} : { password: kept?.equals(newPassword) === true ? 'kept' : 'notKept' }),
    deniesInstance: strike.deniesInstance === true,
  });
}
