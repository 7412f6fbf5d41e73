import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createDoctor, stepNames } from '../../../src/database/doctor.ts';
import type { Limits, StepName } from '../../../src/database/doctor.ts';
import type { Probes, Session } from '../../../src/database/probes.ts';
import { TroubleError } from '../../../src/database/trouble.ts';
import { CancelledError } from '../../../src/domain/errors.ts';
import type { Sleep } from '../../../src/domain/ports.ts';
import { targetAt } from './support.ts';

const signal = new AbortController().signal;
const target = targetAt(5432);
const limits: Limits = { resolve: 1, connect: 2, encrypt: 3, login: 4, query: 5, version: 6, latency: 7 };

/** Waits for ever, unless it is the limit of this step. */
const overrunAt =
  (step: StepName | undefined): Sleep =>
  (milliseconds, aborted) =>
    step !== undefined && milliseconds === limits[step]
      ? Promise.resolve()
      : new Promise((_resolve, reject) => {
          aborted.addEventListener('abort', () => {
            reject(new CancelledError());
          });
        });

/** Probes that all pass, but for what is changed; `ended` counts the good-byes. */
function healthy(change: Partial<Probes> & { readonly query?: Session['query'] } = {}) {
  const { query = (text: string) => Promise.resolve(text === 'select 1' ? '1' : '10.23'), ...probes } = change;
  const log = { ended: 0 };
  const session: Session = {
    query,
    end: () => {
      log.ended += 1;
    },
  };
  return {
    log,
    session,
    probes: {
      resolve: () => Promise.resolve(['203.0.113.9']),
      connect: () => Promise.resolve(),
      encrypt: () => Promise.resolve(undefined),
      login: () => Promise.resolve(session),
      ...probes,
    } satisfies Probes,
  };
}

/** Every reading of the clock is one millisecond later. */
function ticking(): () => number {
  let time = 0;
  return () => (time += 1);
}

async function examineWith(probes: Probes, options: { overrun?: StepName; stop?: AbortSignal } = {}) {
  const told: string[] = [];
  const examine = createDoctor({ probes, limits, sleep: overrunAt(options.overrun), clock: ticking() });
  const examination = await examine(
    target,
    (step, state) => {
      told.push(`${step} ${state.kind}`);
    },
    options.stop ?? signal,
  );
  return { examination, told };
}

const never = (): Promise<never> => new Promise(() => undefined);

test('each step is told as it begins and as it passes, in their order', async () => {
  const { probes, log } = healthy();
  const { examination, told } = await examineWith(probes);
  assert.deepEqual(
    told,
    stepNames.flatMap((step) => [`${step} running`, `${step} passed`]),
  );
  assert.equal(examination.failure, undefined);
  assert.equal(examination.range, 'public');
  assert.equal(log.ended, 1);
});

test('the latency is the median of the round trips, and the times are those of the clock', async () => {
  let now = 0;
  const trips = [0, 50, 2, 900, 3, 4];
  const { probes } = healthy({
    query: (text) => {
      if (text === 'select 1') now += trips.shift() ?? 0;
      return Promise.resolve(text === 'select 1' ? '1' : '17.2');
    },
  });
  const examine = createDoctor({ probes, limits, sleep: overrunAt(undefined), clock: () => now });
  const { steps } = await examine(target, () => undefined, signal);
  assert.deepEqual(steps.slice(-2), [
    {
      step: 'version',
      state: { kind: 'passed', milliseconds: 0, finding: { step: 'version', version: '17.2' } },
    },
    {
      step: 'latency',
      state: { kind: 'passed', milliseconds: 959, finding: { step: 'latency', median: 4, rounds: 5 } },
    },
  ]);
});

describe('a step that fails is the last one', () => {
  const refuse = (): Promise<never> => Promise.reject(new TroubleError({ kind: 'refused' }));
  const cases: readonly (readonly [StepName, Parameters<typeof healthy>[0]])[] = [
    ['resolve', { resolve: refuse }],
    ['connect', { connect: refuse }],
    ['encrypt', { encrypt: refuse }],
    ['login', { login: refuse }],
    ['query', { query: refuse }],
    ['version', { query: (text) => (text === 'select 1' ? Promise.resolve('1') : refuse()) }],
  ];
  for (const [step, change] of cases) {
    test(step, async () => {
      const { probes, log } = healthy(change);
      const { examination, told } = await examineWith(probes);
      assert.deepEqual(examination.failure, { step, trouble: { kind: 'refused' } });
      assert.equal(told.at(-1), `${step} failed`);
      assert.equal(log.ended, stepNames.indexOf(step) > stepNames.indexOf('login') ? 1 : 0);
    });
  }

  test('and a wrong answer to select 1 is no pass', async () => {
    const { probes } = healthy({ query: () => Promise.resolve('2') });
    const { examination } = await examineWith(probes);
    assert.deepEqual(examination.failure, { step: 'query', trouble: { kind: 'garbage' } });
  });

  test('a name without an address is not known', async () => {
    const { probes } = healthy({ resolve: () => Promise.resolve([]) });
    const { examination } = await examineWith(probes);
    assert.deepEqual(examination.failure, { step: 'resolve', trouble: { kind: 'unknownName' } });
  });
});

describe('a step that overruns its limit', () => {
  const silent: Readonly<Record<StepName, Parameters<typeof healthy>[0]>> = {
    resolve: { resolve: never },
    connect: { connect: never },
    encrypt: { encrypt: never },
    login: { login: never },
    query: { query: never },
    version: { query: (text) => (text === 'select 1' ? Promise.resolve('1') : never()) },
    latency: {},
  };
  for (const step of stepNames.filter((name) => name !== 'latency')) {
    test(`is left alone even where it does not listen: ${step}`, async () => {
      const { examination } = await examineWith(healthy(silent[step]).probes, { overrun: step });
      assert.deepEqual(examination.failure, { step, trouble: { kind: 'timeout' } });
    });
  }

  test('is told to stop, and a login that comes too late is closed', async () => {
    const { session, log } = healthy();
    const late = Promise.withResolvers<Session>();
    let told = false;
    const { probes } = healthy({
      login: (_target, stop) => {
        stop.addEventListener('abort', () => {
          told = true;
        });
        return late.promise;
      },
    });
    const { examination } = await examineWith(probes, { overrun: 'login' });
    assert.equal(examination.failure?.trouble.kind, 'timeout');
    assert.ok(told);
    late.resolve(session);
    await late.promise;
    await Promise.resolve();
    assert.equal(log.ended, 1);
  });
});

for (const step of ['resolve', 'login', 'query'] as const) {
  test(`a person who ends the test during ${step} gets no verdict, and nothing stays open`, async () => {
    const stop = new AbortController();
    const end = (): Promise<never> => {
      stop.abort();
      return never();
    };
    const { probes, log } = healthy({ [step]: end });
    await assert.rejects(examineWith(probes, { stop: stop.signal }), CancelledError);
    assert.equal(log.ended, step === 'query' ? 1 : 0);
  });
}

test('an error that is not ours is trouble of an unknown kind, without its text', async () => {
  const { probes } = healthy({ connect: () => Promise.reject(new Error('password=hidden')) });
  const { examination } = await examineWith(probes);
  assert.deepEqual(examination.failure, { step: 'connect', trouble: { kind: 'other' } });
});
