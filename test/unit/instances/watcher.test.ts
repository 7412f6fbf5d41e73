import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError, NetworkError, NotSignedInError } from '../../../src/domain/errors.ts';
import type { Explain } from '../../../src/domain/explanation.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { createWatcher, type WatchTarget } from '../../../src/instances/watcher.ts';
import { instanceWith } from '../../support/instances.ts';

const explain: Explain = (error) => ({
  kind: error instanceof NotSignedInError ? 'credentials' : 'network',
  meaning: error.message,
  next: [],
});

const target: WatchTarget = {
  accountId: '100000000001',
  offering: 'serverless',
  region: 'ap-guangzhou',
  instanceId: 'postgres-aaaa1111',
};
const forever = new AbortController().signal;
const offline = new NetworkError({
  action: 'DescribeServerlessDBInstances',
  reason: 'dns',
  host: 'nowhere',
  mayHaveArrived: false,
  detail: 'ENOTFOUND',
});

/** A status, nothing listed, or a failing look. */
type Look = string | undefined | Error;

/** A world whose time passes only while somebody sleeps. The last look repeats. */
function world(looks: readonly Look[], options: { interval?: number; limit?: number } = {}) {
  const interval = options.interval ?? 5;
  const limit = options.limit ?? 100;
  const clock = { time: 1_000 };
  const polls: number[] = [];
  const troubles: string[] = [];
  const watcher = createWatcher({
    async find(asked, signal) {
      assert.equal(asked, target);
      await new Promise(setImmediate);
      if (signal.aborted) throw new CancelledError();
      const look = looks[Math.min(polls.length, looks.length - 1)];
      polls.push(clock.time);
      if (look instanceof Error) throw look;
      return look === undefined ? undefined : instanceWith({ id: asked.instanceId, status: look });
    },
    async sleep(milliseconds, signal) {
      await new Promise(setImmediate);
      if (signal.aborted) throw new CancelledError();
      clock.time += milliseconds;
    },
    now: () => clock.time,
    interval: () => interval,
    limit: () => limit,
    explain,
    onTrouble: (error) => troubles.push(error.message),
  });
  return { watcher, clock, polls, troubles };
}

test('it waits one interval before each look, tells each look, and ends with the first usable status', async () => {
  const { watcher, polls } = world(['applying', 'init', 'initing', 'running', 'restarting']);
  const seen: string[] = [];
  const result = await watcher.follow(target, forever, (instance) => seen.push(instance.status));
  assert.deepEqual(seen, ['applying', 'init', 'initing', 'running']);
  assert.deepEqual(polls, [1_005, 1_010, 1_015, 1_020]);
  assert.equal(result.outcome, 'usable');
  assert.equal(result.instance?.status, 'running');
});

test('an instance that is not listed yet is waited for', async () => {
  const { watcher } = world([undefined, undefined, 'running']);
  const seen: Instance[] = [];
  assert.equal((await watcher.follow(target, forever, (instance) => seen.push(instance))).outcome, 'usable');
  assert.equal(seen.length, 1);
});

test('an instance that goes away ends the watch', async () => {
  const { watcher } = world(['initing', 'isolated']);
  assert.equal((await watcher.follow(target, forever, () => undefined)).outcome, 'gone');
});

test('a status that no document lists is given the whole time', async () => {
  const passing = world(['polishing', 'running']);
  assert.equal((await passing.watcher.follow(target, forever, () => undefined)).outcome, 'usable');
  const lasting = world(['polishing']);
  const result = await lasting.watcher.follow(target, forever, () => undefined);
  assert.equal(result.outcome, 'unknown-status');
  assert.equal(result.instance?.status, 'polishing');
});

test('the limit ends the watch with what was last seen, and the last look falls on the limit', async () => {
  const { watcher, polls } = world(['initing'], { interval: 40, limit: 100 });
  const result = await watcher.follow(target, forever, () => undefined);
  assert.equal(result.outcome, 'too-long');
  assert.equal(result.instance?.status, 'initing');
  assert.deepEqual(polls, [1_040, 1_080, 1_100]);
});

test('an instance that was never listed ends too long and without an instance', async () => {
  const { watcher } = world([undefined]);
  assert.deepEqual(await watcher.follow(target, forever, () => undefined), { outcome: 'too-long' });
});

test('a failing look is told and does not end the watch', async () => {
  const { watcher, troubles } = world([offline, 'initing', offline, 'running']);
  assert.equal((await watcher.follow(target, forever, () => undefined)).outcome, 'usable');
  assert.equal(troubles.length, 2);
});

test('a look refused for its credentials ends the watch with that error', async () => {
  const { watcher, troubles, polls } = world(['initing', new NotSignedInError(), 'running']);
  await assert.rejects(
    watcher.follow(target, forever, () => undefined),
    NotSignedInError,
  );
  assert.deepEqual(troubles, []);
  assert.equal(polls.length, 2);
});

test('aborting ends it at once with a cancellation and no further look', async () => {
  const { watcher, polls } = world(['initing'], { limit: 1_000_000 });
  const stop = new AbortController();
  const followed = watcher.follow(target, stop.signal, () => {
    stop.abort();
  });
  await assert.rejects(followed, CancelledError);
  const looks = polls.length;
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.equal(polls.length, looks);
  await assert.rejects(
    watcher.follow(target, stop.signal, () => undefined),
    CancelledError,
  );
  assert.equal(polls.length, looks);
});

test('following the same instance twice looks once for both', async () => {
  const { watcher, polls } = world(['initing', 'running']);
  const seen: string[] = [];
  const listen = (instance: Instance): void => void seen.push(instance.status);
  const results = await Promise.all([watcher.follow(target, forever, listen), watcher.follow(target, forever, listen)]);
  assert.equal(polls.length, 2);
  assert.deepEqual(seen, ['initing', 'initing', 'running', 'running']);
  assert.equal(results[0], results[1]);
});

test('one of two followers can leave without ending the other', async () => {
  const { watcher } = world(['initing', 'initing', 'running']);
  const stop = new AbortController();
  const leaving = watcher.follow(target, stop.signal, () => {
    stop.abort();
  });
  const staying = watcher.follow(target, forever, () => undefined);
  await assert.rejects(leaving, CancelledError);
  assert.equal((await staying).outcome, 'usable');
});

test('an instance can be followed anew after everybody left or the watch ended', async () => {
  const { watcher } = world(['initing', 'running', 'restarting', 'running']);
  const stop = new AbortController();
  const leaving = watcher.follow(target, stop.signal, () => {
    stop.abort();
  });
  await assert.rejects(leaving, CancelledError);
  assert.equal((await watcher.follow(target, forever, () => undefined)).outcome, 'usable');
  const seen: string[] = [];
  await watcher.follow(target, forever, (instance) => seen.push(instance.status));
  assert.deepEqual(seen, ['restarting', 'running']);
});

test('waiting ends with the first look that decides, and hears when nothing is listed', async () => {
  const { watcher, polls } = world(['running', 'isolated', undefined, 'running']);
  const seen: (string | undefined)[] = [];
  const decision = await watcher.until(target, forever, (instance) => {
    seen.push(instance?.status);
    return instance === undefined ? 'gone' : undefined;
  });
  assert.deepEqual(decision, { kind: 'decided', value: 'gone' });
  assert.deepEqual(seen, ['running', 'isolated', undefined]);
  assert.equal(polls.length, 3);
});

test('a look that failed decides nothing', async () => {
  const { watcher, troubles } = world([offline, offline, undefined]);
  let asked = 0;
  const decision = await watcher.until(target, forever, () => (asked += 1));
  assert.deepEqual(decision, { kind: 'decided', value: 1 });
  assert.equal(troubles.length, 2);
});

test('waiting in vain ends by the limit with what was last seen', async () => {
  const { watcher, polls } = world(['initing', 'running', undefined], { interval: 40, limit: 100 });
  const decision = await watcher.until(target, forever, () => undefined);
  assert.ok(decision.kind === 'too-long');
  assert.equal(decision.instance?.status, 'running');
  assert.deepEqual(polls, [1_040, 1_080, 1_100]);
  assert.deepEqual(await world([undefined]).watcher.until(target, forever, () => undefined), { kind: 'too-long' });
});

test('waiting ends with a cancellation, and with an error that no later look can mend', async () => {
  const stop = new AbortController();
  const { watcher } = world(['running'], { limit: 1_000_000 });
  await assert.rejects(
    watcher.until(target, stop.signal, () => {
      stop.abort();
    }),
    CancelledError,
  );
  await assert.rejects(
    world([new NotSignedInError()]).watcher.until(target, forever, () => true),
    NotSignedInError,
  );
});

test('whatever the service answers, a watch ends by its limit and never looks again once settled', async () => {
  const settled = ['running', 'readonly', 'limited run', 'isolated', 'offline'];
  const anyLook: fc.Arbitrary<Look> = fc.oneof(
    fc.constantFrom('applying', 'initing', 'job running', 'never heard of', ''),
    fc.constantFrom(undefined, offline),
    fc.constantFrom(...settled),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyLook, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 100 }),
      async (looks, interval, limit) => {
        const { watcher, polls, clock, troubles } = world(looks, { interval, limit });
        const seen: string[] = [];
        const result = await watcher.follow(target, forever, (instance) => seen.push(instance.status));

        assert.ok(clock.time <= 1_000 + limit);
        assert.ok(seen.slice(0, -1).every((status) => !settled.includes(status)));
        assert.equal(result.instance?.status, seen.at(-1));
        assert.equal(['usable', 'gone'].includes(result.outcome), settled.includes(seen.at(-1) ?? ''));
        const answered = polls.map((_, index) => looks[Math.min(index, looks.length - 1)]);
        assert.equal(seen.length + troubles.length, answered.filter((look) => look !== undefined).length);
      },
    ),
    { numRuns: 200 },
  );
});
