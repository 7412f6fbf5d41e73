import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTokenBucket } from '../../../src/api/tokenBucket.ts';
import { CancelledError } from '../../../src/domain/errors.ts';
import type { Sleep } from '../../../src/domain/ports.ts';
import { never } from './support.ts';

/** A clock that stands still until every sleeper has gone to sleep, and then goes on to the first of them. */
function createClock(): { readonly now: () => number; readonly sleep: Sleep; readonly run: () => Promise<void> } {
  let time = 1_000;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        sleepers.push({ at: time + milliseconds, wake: resolve });
        signal.addEventListener('abort', () => {
          reject(new CancelledError());
        });
      }),
    run: async () => {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (sleepers.length === 0) return;
        time = Math.min(...sleepers.map(({ at }) => at));
        const due = sleepers.filter(({ at }) => at <= time);
        sleepers = sleepers.filter(({ at }) => at > time);
        for (const { wake } of due) wake();
      }
    },
  };
}

test('no window of a period ever holds more than the tokens, and nobody waits without need', async () => {
  const arrivals = fc.array(fc.nat({ max: 1_500 }), { minLength: 1, maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 20 }), async (times, tokens) => {
      const clock = createClock();
      const bucket = createTokenBucket({ tokens, period: 1_000, now: clock.now, sleep: clock.sleep });
      const passed: number[] = [];
      const callers = times.map(async (time) => {
        await clock.sleep(time, never());
        await bucket.take(never());
        passed.push(clock.now());
      });
      await clock.run();
      await Promise.all(callers);
      for (const [index, time] of passed.entries()) {
        const later = passed[index + tokens];
        if (later !== undefined) assert.ok(later - time >= 1_000, `${String(time)} and ${String(later)}`);
      }
      // The best that the rule allows: each passes as it comes, or one period after the one `tokens` places before it.
      const best: number[] = [];
      for (const time of times.map((arrival) => arrival + 1_000).sort((a, b) => a - b)) {
        best.push(Math.max(time, (best[best.length - tokens] ?? -Infinity) + 1_000));
      }
      assert.deepEqual(passed, best);
    }),
    { numRuns: 100 },
  );
});

test('an abort ends the waiting and takes no token', async () => {
  const clock = createClock();
  const bucket = createTokenBucket({ tokens: 1, period: 1_000, now: clock.now, sleep: clock.sleep });
  await bucket.take(never());
  const abort = new AbortController();
  const waiting = bucket.take(abort.signal);
  const outcome = assert.rejects(waiting, CancelledError);
  abort.abort();
  await outcome;
  const next = bucket.take(never()).then(() => clock.now());
  await clock.run();
  assert.equal(await next, 2_000);
  await assert.rejects(bucket.take(AbortSignal.abort()), CancelledError);
});

test('a clock that is set back keeps nobody waiting for longer than a period', async () => {
  let time = 1_000_000;
  const bucket = createTokenBucket({
    tokens: 1,
    period: 1_000,
    now: () => time,
    sleep: () => Promise.reject(new Error('nobody should wait')),
  });
  await bucket.take(never());
  time = 5;
  await bucket.take(never());
});
