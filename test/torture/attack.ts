import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { cloudOptions } from '../support/cloudBundle.ts';
import { memoryLog } from '../support/memory.ts';
import { openRig, type Disk, type Rig, type RigOptions } from '../support/rig.ts';
import { account, newPassword, type Read, type Write } from './actions.ts';
import type { Strike } from './faults.ts';
import type { Field } from './field.ts';
import { errorText, filesIn, leakIn } from './leaks.ts';
import { brokenPromise } from './promise.ts';

/** How many times faster than the real one the clock of the operations goes. */
const speed = 100;

/** Milliseconds of real time after which something hangs: far beyond anything that is waited for, on any machine. */
const hanging = 120_000;

const errorKinds = [
  ...[ServiceError, NetworkError, UnexpectedAnswerError, NotSignedInError],
  ...[KeysUnavailableError, ConfigurationError, CancelledError],
];

type Outcome = { readonly kind: 'value' } | { readonly kind: 'error'; readonly error: Error } | { readonly kind: 'hangs' };

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

/** Lets a strike fall: on every call, or on those of one action. */
async function arm(field: Field, strike: Strike, action: string | undefined): Promise<void> {
  const { blow, effects = [] } = strike;
  const only = strike.strikes === 'action' ? action : undefined;
  if (blow !== undefined) field.enemy.arm({ ...blow, ...(only === undefined ? {} : { action: only }) });
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

/** Attacks a read. Resolves to what was wrong, or to `undefined`. */
export async function attackRead(field: Field, read: Read, strike: Strike): Promise<string | undefined> {
  const place = await field.place();
  const log = memoryLog();
  const endpoint = strike.endpoint ?? field.enemy.endpoint;
  const target = { site: 'mainland', endpoint } as const;
  const connection = { credentials: field.credentials, target };
  const options: CloudOptions = {
    ...cloudOptions(endpoint),
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

/** What hurts in the first window, and is gone in the second. */
export type Hurt = Pick<RigOptions, 'cloudOptions'> & { readonly disk?: (real: Disk) => Disk };

/** Attacks a write, lets the next window take up what was left, and checks the promise. Resolves like `attackRead`. */
export async function attackWrite(
  field: Field,
  write: Write,
  strike: Strike,
  disk?: (real: Disk) => Disk,
): Promise<string | undefined> {
  const instance = await field.prepare(write);
  const folder = await mkdtemp(join(tmpdir(), 'tencentdb-postgres-torture-'));
  const log = memoryLog();
  const origin = Date.now();
  const window = (endpoint: string, change: Partial<RigOptions> = {}): Promise<Rig> => {
    const { credentials } = field;
    return openRig({ folder, endpoint, credentials, accountId: account, createCloud, origin, speed, log, ...change });
  };
  try {
    await seed(await window(field.enemy.endpoint), instance);
    const rig = await window(strike.endpoint ?? field.enemy.endpoint, {
      ...(strike.options === undefined ? {} : { cloudOptions: strike.options }),
      ...(disk === undefined ? {} : { disk }),
    });
    await strike.begin?.(field);
    await arm(field, strike, write.wire);
    const outcome = await outcomeOf(write.confirm(rig, instance));
    await rig.close();
    const after = strike.after?.();
    await field.disarm();
    if (outcome.kind === 'hangs') return 'it hangs';
    const told = outcome.kind === 'error' && disk === undefined ? badError(outcome.error, field.secrets) : undefined;
    const end = await takeUp(window, field.enemy.endpoint);
    const texts = { 'the log': log.lines.join('\n'), ...(await filesIn(folder)) };
    return end ?? told ?? after ?? (await verdict(field, write, strike, window)) ?? leakIn(texts, field.secrets);
  } finally {
    await field.disarm();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The instance is in the tree before anything is done to it. */
async function seed(rig: Rig, instance: Instance | undefined): Promise<void> {
  if (instance !== undefined) rig.registry.put(account, instance);
  await rig.close();
}

type OpenWindow = (endpoint: string, change?: Partial<RigOptions>) => Promise<Rig>;

/** A window in which nothing is wrong takes up what is open. Resolves to what was wrong with that. */
async function takeUp(window: OpenWindow, endpoint: string): Promise<string | undefined> {
  const through = new Set<string>();
  const failures: Error[] = [];
  const rig = await window(endpoint, {
    onFollowed: ({ id }) => through.add(id),
    onFailure: ({ id }, error) => {
      through.add(id);
      failures.push(error);
    },
  });
  const isOver = (): boolean =>
    rig.journal.all().every((one) => hasEnded(one) || (through.has(one.id) && one.state !== 'scheduled'));
  if (!isOver()) rig.follower.start();
  const deadline = Date.now() + hanging;
  while (!isOver() && Date.now() < deadline) await sleep(5, rig.signal);
  const over = isOver();
  await rig.close();
  const [failure] = failures;
  if (failure !== undefined) return `it could not be carried on: ${failure.message}`;
  return over ? undefined : 'the next window never gets through with it';
}

async function verdict(field: Field, write: Write, strike: Strike, window: OpenWindow): Promise<string | undefined> {
  const books = await field.books();
  const rig = await window(field.enemy.endpoint);
  try {
    const [instance] = books.instances;
    const { brings } = write;
    const kept = brings === undefined ? undefined : await rig.passwords.get(instance?.id ?? '', brings);
    const known = rig.registry.regions(account).flatMap(({ instances }) => instances.map(({ id }) => id));
    return brokenPromise({
      kind: write.kind,
      operations: rig.journal.all(),
      worked: books.worked(write.wire),
      existing: books.instances.filter(({ status }) => !/^(recycl|offlin)ing$/.test(status)).map(({ id }) => id),
      known: [...known],
      ...(brings === undefined ? {} : { password: kept?.equals(newPassword) === true ? 'kept' : 'notKept' }),
      deniesInstance: strike.deniesInstance === true,
    });
  } finally {
    await rig.close();
  }
}
