import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NetworkError, NotSignedInError, ServiceError } from '../../../src/domain/errors.ts';
import type { Explain } from '../../../src/domain/explanation.ts';
import type { Task } from '../../../src/domain/task.ts';
import type { InstanceOperation } from '../../../src/instances/operation.ts';
import { createTaskWatch } from '../../../src/instances/taskWatch.ts';
import { memoryLog } from '../../support/memory.ts';
import { demoDelete } from '../../support/operations.ts';
import { virtualClock } from '../../support/virtualClock.ts';

const seconds = 1_000;
const operation: InstanceOperation = { ...demoDelete(), kind: 'resize', id: 'op-1', startedAt: 0 };
const offline = new NetworkError({ action: 'A', reason: 'dns', host: 'h', mayHaveArrived: false, detail: 'none' });

const refused = (code: string) =>
  new ServiceError({ action: 'DescribeTasks', region: 'r', code, message: 'no', requestId: 'q' });

const explain: Explain = (error) => {
  if (error instanceof NotSignedInError) return { kind: 'credentials', meaning: '', next: [] };
  if (!(error instanceof ServiceError)) return { kind: 'network', meaning: '', next: [] };
  const kinds = { Denied: 'permission', Wrong: 'input', Offline: 'retired', Frozen: 'account' } as const;
  return { kind: Object.entries(kinds).find(([code]) => code === error.code)?.[1] ?? 'service', meaning: '', next: [] };
};

const task = (status: string, percent = 0, more: Partial<Task> = {}): Task => ({ id: 7, status, percent, ...more });

/** @param looks what each look finds, the last one from then on */
function watched(looks: readonly (Task | Error | undefined)[]) {
  const clock = virtualClock();
  const begun = clock.now();
  const log = memoryLog();
  const seen: string[] = [];
  const asked: (readonly [string, number])[] = [];
  const at: number[] = [];
  const watch = createTaskWatch({
    ...clock,
    management: () => ({
      task: (region, id) => {
        asked.push([region, id]);
        at.push((clock.now() - begun) / seconds);
        const found = looks[Math.min(asked.length, looks.length) - 1];
        return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
      },
    }),
    interval: () => 5 * seconds,
    limit: () => 60 * seconds,
    explain,
    log,
  });
  const ending = new AbortController();
  const end = watch(operation, 7, ending.signal, ({ percent }, standing) => {
    seen.push(`${standing} ${String(percent)}`);
    return Promise.resolve();
  });
  return { end, seen, asked, at, log, ending, clock };
}

test('a task is looked at in intervals until it has succeeded, and each open look is told', async () => {
  const { end, seen, asked, at } = watched([task('Running', 10), task('Running', 60), task('Success', 100)]);
  assert.deepEqual(await end, { kind: 'succeeded' });
  assert.deepEqual(seen, ['open 10', 'open 60']);
  assert.deepEqual(
    asked,
    Array.from({ length: 3 }, () => ['ap-shanghai', 7]),
  );
  assert.deepEqual(at, [5, 10, 15]);
});

test('a task that failed says why, where the service does', async () => {
  assert.deepEqual(await watched([task('Fail', 0, { message: 'no room' })]).end, {
    kind: 'failed',
    message: 'no room',
  });
  assert.deepEqual(await watched([task('Fail')]).end, { kind: 'failed' });
});

test('a task that is not listed three times in a row cannot be told, and one slip is none', async () => {
  const gone = watched([undefined]);
  assert.deepEqual(await gone.end, { kind: 'untold' });
  assert.equal(gone.asked.length, 3);
  const slips = watched([undefined, undefined, task('Running'), undefined, undefined, task('Success')]);
  assert.deepEqual(await slips.end, { kind: 'succeeded' });
});

test('who may not ask for tasks is told so by the first look', async () => {
  for (const code of ['Denied', 'Wrong', 'Offline']) {
    const { end, asked } = watched([refused(code)]);
    assert.deepEqual(await end, { kind: 'untold' }, code);
    assert.equal(asked.length, 1);
  }
});

test('a look that may work later is said in the log and made again; one that cannot ends the watch', async () => {
  const passing = watched([offline, refused('Busy'), task('Success')]);
  assert.deepEqual(await passing.end, { kind: 'succeeded' });
  assert.deepEqual(passing.log.lines, [
    'Look at a task failed: 7 of postgres-1: A failed: dns: none',
    'Look at a task failed: 7 of postgres-1: DescribeTasks failed: Busy: no',
  ]);
  await assert.rejects(watched([new NotSignedInError()]).end, NotSignedInError);
  await assert.rejects(watched([refused('Frozen')]).end, ServiceError);
});

test('what does not change within the limit is stuck, and what does has the limit again', async () => {
  const still = watched([task('Running', 10)]);
  assert.deepEqual(await still.end, { kind: 'stuck' });
  // The first look is the first change; the limit counts from the look after it.
  assert.equal(still.at.at(-1), 10 + 60);
  for (const change of [task('Paused'), task('Running', 11), task('Running', 10, { step: 'copying' })]) {
    const moved = watched([...Array.from({ length: 8 }, () => task('Running', 10)), change]);
    assert.deepEqual(await moved.end, { kind: 'stuck' });
    assert.equal(moved.at.at(-1), 50 + 60);
  }
});

test('trouble alone ends at the limit', async () => {
  const { end, at } = watched([offline]);
  assert.deepEqual(await end, { kind: 'stuck' });
  assert.equal(at.at(-1), 60);
});

test('what waits for its time of switching is looked at once a minute, for as long as it takes', async () => {
  const { end, seen, at } = watched([...Array.from({ length: 300 }, () => task('WaitSwitch', 90)), task('Success')]);
  assert.deepEqual(await end, { kind: 'succeeded' });
  assert.deepEqual(new Set(seen), new Set(['waiting 90']));
  assert.deepEqual(at.slice(0, 3), [5, 65, 125]);
});

test('an end of the window ends the watch', async () => {
  const { end, ending, clock } = watched([task('Running')]);
  await clock.sleep(12 * seconds, new AbortController().signal);
  ending.abort();
  await assert.rejects(end, { name: 'CancelledError' });
});
