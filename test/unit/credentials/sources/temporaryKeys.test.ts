import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTemporaryKeyCache } from '../../../../src/credentials/sources/temporaryKeys.ts';
import type { TemporaryKeyCache, TemporaryKeys } from '../../../../src/credentials/sources/temporaryKeys.ts';
import type { Credentials } from '../../../../src/domain/credentials.ts';
import { CancelledError } from '../../../../src/domain/errors.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { memoryLog } from '../../../support/memory.ts';

const minute = 60_000;

/** A cache with a clock, and a service that is answered by hand. */
function scene(): {
  readonly cache: TemporaryKeyCache;
  readonly clock: { now: number };
  readonly log: ReturnType<typeof memoryLog>;
  readonly asks: { signal: AbortSignal; give: (expiresAt: number) => void; refuse: () => void }[];
  readonly get: (signal?: AbortSignal, name?: string, refused?: Credentials) => Promise<TemporaryKeys>;
} {
  const clock = { now: 0 };
  const log = memoryLog();
  const cache = createTemporaryKeyCache({ now: () => clock.now, log });
  const asks: { signal: AbortSignal; give: (expiresAt: number) => void; refuse: () => void }[] = [];
  const ask = (signal: AbortSignal): Promise<TemporaryKeys> =>
    new Promise((resolve, reject) => {
      const secretId = `AKID${String(asks.length)}`;
      asks.push({
        signal,
        give: (expiresAt) => {
          resolve({ credentials: { secretId, secretKey: new Secret('hidden-key') }, expiresAt });
        },
        refuse: () => {
          reject(new Error('refused'));
        },
      });
    });
  return {
    cache,
    clock,
    log,
    asks,
    get: (signal = new AbortController().signal, name = 'role', refused) => cache.get(name, ask, signal, refused),
  };
}

test('keys are kept until five minutes before their end, then asked anew', async () => {
  const { clock, asks, get } = scene();
  const first = get();
  asks[0]?.give(120 * minute);
  assert.equal((await first).credentials.secretId, 'AKID0');
  clock.now = 115 * minute - 1;
  assert.equal((await get()).credentials.secretId, 'AKID0');
  clock.now = 115 * minute;
  const second = get();
  asks[1]?.give(235 * minute);
  assert.equal((await second).credentials.secretId, 'AKID1');
  assert.equal(asks.length, 2);
});

test('several who need the same keys ask once, and those who need others ask for themselves', async () => {
  const { asks, get } = scene();
  const both = Promise.all([get(), get()]);
  const other = get(undefined, 'other');
  assert.equal(asks.length, 2);
  asks[0]?.give(minute);
  asks[1]?.give(minute);
  const [one, two] = await both;
  assert.equal(one, two);
  assert.notEqual(one, await other);
});

test('a refusal reaches all who wait, and the next one asks again', async () => {
  const { asks, get } = scene();
  const both = [get(), get()];
  asks[0]?.refuse();
  for (const one of both) await assert.rejects(one, /refused/);
  const next = get();
  asks[1]?.give(120 * minute);
  assert.equal((await next).credentials.secretId, 'AKID1');
});

test('when there are no new keys, the old ones are used up', async () => {
  const { clock, log, asks, get } = scene();
  const first = get();
  asks[0]?.give(120 * minute);
  await first;
  clock.now = 117 * minute;
  const late = get();
  asks[1]?.refuse();
  assert.equal((await late).credentials.secretId, 'AKID0');
  assert.ok(log.lines.some((line) => line.includes('refused')));
  clock.now = 120 * minute;
  const tooLate = get();
  asks[2]?.refuse();
  await assert.rejects(tooLate, /refused/);
});

test('one who leaves does not take the keys from the others', async () => {
  const { asks, get } = scene();
  const leaving = new AbortController();
  const gone = get(leaving.signal);
  const stays = get();
  leaving.abort();
  await assert.rejects(gone, CancelledError);
  assert.equal(asks[0]?.signal.aborted, false);
  asks[0].give(120 * minute);
  assert.equal((await stays).credentials.secretId, 'AKID0');
});

test('when the last one leaves, the asking ends, and the next one begins anew', async () => {
  const { asks, get } = scene();
  const leaving = new AbortController();
  const gone = get(leaving.signal);
  leaving.abort();
  await assert.rejects(gone, CancelledError);
  assert.equal(asks[0]?.signal.aborted, true);
  const next = get();
  asks[0].refuse();
  await new Promise(setImmediate);
  const another = get();
  asks[1]?.give(120 * minute);
  assert.equal((await next).credentials.secretId, 'AKID1');
  assert.equal(await another, await next);
});

test('who has cancelled already asks nobody', async () => {
  const { asks, get } = scene();
  await assert.rejects(get(AbortSignal.abort()), CancelledError);
  assert.equal(asks.length, 0);
});

test('the log holds no key', async () => {
  const { log, asks, get } = scene();
  const keys = get();
  asks[0]?.give(120 * minute);
  await keys;
  assert.ok(log.lines.length > 0);
  assert.doesNotMatch(log.lines.join('\n'), /hidden-key|AKID/);
});

test('keys that the service refused are not given again, and only those', async () => {
  const { asks, get } = scene();
  const first = get();
  asks[0]?.give(120 * minute);
  const refused = (await first).credentials;
  const second = get(undefined, 'role', refused);
  asks[1]?.give(120 * minute);
  assert.equal((await second).credentials.secretId, 'AKID1');
  // Another call heard of the same refusal; there are new keys by now.
  assert.equal((await get(undefined, 'role', refused)).credentials.secretId, 'AKID1');
  const none = get(undefined, 'role', (await second).credentials);
  asks[2]?.refuse();
  await assert.rejects(none, /refused/, 'no use in those that were kept');
});
