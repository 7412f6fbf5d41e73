import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError } from '../../../src/domain/errors.ts';
import { createFollower } from '../../../src/instances/follower.ts';
import { createJournal } from '../../../src/instances/journal.ts';
import type { Journal, NewOperation } from '../../../src/instances/journal.ts';
import type { Operation } from '../../../src/instances/operation.ts';
import { encodeOperation } from '../../../src/instances/storedOperation.ts';
import { manualClock } from '../../support/clock.ts';
import { memoryClaims, memoryFolder, memoryLog } from '../../support/memory.ts';
import { demoCreate, demoDelete } from '../../support/operations.ts';

const interval = 15_000;

/** Everything that can happen by itself has happened. */
const quiet = async (): Promise<void> => {
  for (let n = 0; n < 5; n += 1) await new Promise(setImmediate);
};

const record = (id: string, fields: NewOperation, startedAt = 1): Operation => ({ ...fields, id, startedAt });

/** One disk and one clock; windows are opened over the given records. */
function person(records: readonly Operation[] = []) {
  const folder = memoryFolder(Object.fromEntries(records.map((one) => [one.id, encodeOperation(one)])));
  const held = new Map<string, AbortController>();
  const clock = manualClock(100_000);
  let ids = 0;

  async function window(
    options: { settle?: (operation: Operation, signal: AbortSignal, journal: Journal) => Promise<void> } = {},
  ) {
    const claims = memoryClaims(held);
    const newId = (): string => `new-${String((ids += 1))}`;
    const log = memoryLog();
    const journal = createJournal({ folder, claims, now: clock.now, newId, sleep: clock.sleep, log });
    await journal.open();
    const settled: string[] = [];
    const failures: string[] = [];
    const accounts = new Set(['1000']);
    const follower = createFollower({
      journal,
      claims,
      settle: async (operation, signal) => {
        settled.push(`${operation.id} ${operation.state}`);
        if (options.settle === undefined) await journal.change(operation, { state: 'done' });
        else await options.settle(operation, signal, journal);
      },
      canFollow: (accountId) => accounts.has(accountId),
      sleep: clock.sleep,
      now: clock.now,
      interval,
      log,
      onFailure: ({ id }, error) => failures.push(`${id}: ${error.message}`),
    });
    return { journal, claims, follower, settled, failures, accounts };
  }

  return { folder, held, clock, window };
}

const untilAborted = (_operation: Operation, signal: AbortSignal): Promise<void> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new CancelledError());
    });
  });

test('what an earlier session left open is taken up once, and what has ended is not', async () => {
  const someone = person([
    record('a', demoCreate),
    record('b', demoDelete({ state: 'working' })),
    { ...record('c', demoDelete({ state: 'done' })), endedAt: 2 },
    { ...record('d', demoDelete({ state: 'failed' })), endedAt: 2 },
  ]);
  const { follower, settled, journal } = await someone.window();
  follower.start();
  await quiet();
  someone.clock.pass(interval);
  await quiet();
  assert.deepEqual(settled.sort(), ['a sending', 'b working']);
  assert.equal(journal.find('a')?.state, 'done');
  assert.equal(someone.held.size, 0);
  await follower.dispose();
});

test('of two windows one follows, and when it dies the other one does after an interval', async () => {
  const someone = person([record('a', demoCreate)]);
  const [one, two] = [await someone.window({ settle: untilAborted }), await someone.window({ settle: untilAborted })];
  one.follower.start();
  two.follower.start();
  await quiet();
  assert.deepEqual([one.settled, two.settled], [['a sending'], []]);
  // Its process is gone: nothing is told, and its claims do not count any more.
  someone.held.delete('a');
  await quiet();
  assert.deepEqual(two.settled, []);
  someone.clock.pass(interval);
  await quiet();
  assert.deepEqual([one.settled, two.settled], [['a sending'], ['a sending']]);
});

test('an operation that its creator follows is left to it, and taken up when the creator has gone', async () => {
  const someone = person();
  const { follower, journal, settled } = await someone.window();
  follower.start();
  const { claim, operation } = await journal.begin(demoCreate);
  await quiet();
  assert.deepEqual(settled, []);
  await claim.release();
  someone.clock.pass(interval);
  await quiet();
  assert.deepEqual(settled, [`${operation.id} sending`]);
});

test('what another window follows is tried for once an interval, however much is told meanwhile', async () => {
  const many = Array.from({ length: 20 }, (_, n) => record(`op-${String(n)}`, demoCreate));
  const someone = person(many);
  const other = await someone.window({ settle: untilAborted });
  other.follower.start();
  await quiet();
  const { follower, claims, journal } = await someone.window();
  const tried: string[] = [];
  const { take } = claims;
  claims.take = (id) => {
    tried.push(id);
    return take(id);
  };
  follower.start();
  await quiet();
  assert.equal(tried.length, many.length);
  for (const percent of [1, 2, 3]) {
    await other.journal.change(many[0] ?? record('none', demoCreate), { percent });
    follower.wake();
    await quiet();
  }
  assert.deepEqual(new Set(tried.slice(many.length)), new Set(['op-0']));
  assert.equal(journal.find('op-0')?.percent, 3);
  tried.length = 0;
  someone.clock.pass(interval);
  await quiet();
  assert.deepEqual(tried.sort(), many.map(({ id }) => id).sort());
});

test('what another window did while this one was not listening is seen before anything is done', async () => {
  const someone = person([record('a', demoDelete({ state: 'scheduled', dueAt: 1 }))]);
  const { follower, journal, settled } = await someone.window();
  journal.dispose();
  const ended = { ...record('a', demoDelete({ state: 'done' })), endedAt: 2 };
  someone.folder.files.set('a', JSON.stringify(encodeOperation(ended)));
  assert.equal(journal.find('a')?.state, 'scheduled');
  follower.start();
  await quiet();
  assert.deepEqual(settled, []);
  assert.equal(someone.held.size, 0);
});

test('what is planned waits until it is due, to the millisecond, and what is overdue comes before all else', async () => {
  const someone = person([
    record('open', demoCreate, 9),
    record('later', demoDelete({ kind: 'closePublic', state: 'scheduled', dueAt: 103_000 })),
    record('over', demoDelete({ kind: 'closePublic', state: 'scheduled', dueAt: 90_000 }), 8),
    record('most', demoDelete({ kind: 'closePublic', state: 'scheduled', dueAt: 50_000 }), 7),
  ]);
  const { follower, claims, settled } = await someone.window();
  const { take } = claims;
  claims.take = async (id) => {
    if (id === 'over') await new Promise(setImmediate);
    return take(id);
  };
  follower.start();
  await quiet();
  assert.deepEqual(settled, ['most scheduled', 'over scheduled', 'open sending']);
  someone.clock.pass(2_999);
  await quiet();
  assert.equal(settled.length, 3);
  someone.clock.pass(1);
  await quiet();
  assert.equal(settled[3], 'later scheduled');
});

test('what is planned while the follower sleeps is not slept over, and what is planned anew is done again', async () => {
  const someone = person();
  let times = 0;
  const { follower, journal, settled } = await someone.window({
    settle: async (operation) => {
      times += 1;
      await journal.change(operation, times === 1 ? { dueAt: someone.clock.now() + 2_000 } : { state: 'done' });
    },
  });
  follower.start();
  await quiet();
  const { claim } = await journal.begin(
    demoDelete({ kind: 'closePublic', state: 'scheduled', dueAt: someone.clock.now() + 1_000 }),
  );
  await claim.release();
  await quiet();
  for (const expected of [1, 1, 2]) {
    someone.clock.pass(1_000);
    await quiet();
    assert.equal(settled.length, expected);
  }
});

test('what becomes due during a look is seen by the next one, without waiting for the interval', async () => {
  const someone = person([record('a', demoCreate)]);
  const { follower, journal, claims, settled } = await someone.window({ settle: untilAborted });
  const { take } = claims;
  claims.take = async (id) => {
    claims.take = take;
    await (await journal.begin(demoDelete())).claim.release();
    return take(id);
  };
  follower.start();
  await quiet();
  assert.deepEqual(settled, ['a sending', 'new-1 sending']);
});

test('an account without keys waits until there are some', async () => {
  const someone = person([record('a', demoDelete({ accountId: '2000' }))]);
  const { follower, settled, accounts } = await someone.window();
  follower.start();
  await quiet();
  assert.deepEqual(settled, []);
  accounts.add('2000');
  follower.wake();
  await quiet();
  assert.deepEqual(settled, ['a sending']);
});

test('what was left unsettled is asked about once a start, and what becomes unsettled waits for the next one', async () => {
  const someone = person([record('a', demoDelete({ state: 'unsettled' }))]);
  const one = await someone.window({
    settle: async (operation, _signal, journal) => {
      await journal.change(operation, { state: 'unsettled' });
    },
  });
  one.follower.start();
  const begun = await one.journal.begin(demoDelete({ state: 'unsettled' }));
  await begun.claim.release();
  for (let n = 0; n < 3; n += 1) {
    await quiet();
    someone.clock.pass(interval);
  }
  assert.deepEqual(one.settled, ['a unsettled']);
});

test('what this session is through with stays claimed until the window ends, and is not begun anew', async () => {
  const someone = person([record('a', demoCreate), record('b', demoCreate)]);
  const [one, two] = [
    await someone.window({
      settle: ({ id }) => (id === 'a' ? Promise.resolve() : Promise.reject(new Error('no permission'))),
    }),
    await someone.window(),
  ];
  one.follower.start();
  await quiet();
  two.follower.start();
  for (let n = 0; n < 3; n += 1) {
    await quiet();
    someone.clock.pass(interval);
  }
  assert.deepEqual(one.settled.sort(), ['a sending', 'b sending']);
  assert.deepEqual(one.failures, ['b: no permission']);
  assert.deepEqual(two.settled, []);
  await one.follower.dispose();
  await one.claims.dispose();
  await quiet();
  someone.clock.pass(interval);
  await quiet();
  assert.deepEqual(two.settled.sort(), ['a sending', 'b sending']);
});

test('a claim that is lost stops the work quietly, and the operation may come back here', async () => {
  const someone = person([record('a', demoCreate)]);
  const { follower, settled, failures } = await someone.window({ settle: untilAborted });
  follower.start();
  await quiet();
  const lost = someone.held.get('a') ?? assert.fail();
  const other = new AbortController();
  someone.held.set('a', other);
  lost.abort();
  await quiet();
  someone.clock.pass(interval);
  await quiet();
  assert.equal(settled.length, 1);
  assert.equal(someone.held.get('a'), other, 'the new holder is left alone');
  someone.held.delete('a');
  someone.clock.pass(interval);
  await quiet();
  assert.equal(settled.length, 2);
  assert.deepEqual(failures, []);
});

test('the end of the window stops what is followed, waits for it, frees it, and looks at nothing any more', async () => {
  const someone = person([record('a', demoCreate)]);
  let ended = false;
  const { follower, journal, settled, failures } = await someone.window({
    settle: (operation, signal) =>
      untilAborted(operation, signal).finally(async () => {
        await quiet();
        ended = true;
      }),
  });
  follower.start();
  await quiet();
  await follower.dispose();
  assert.equal(ended, true);
  assert.equal(someone.held.size, 0);
  const { claim } = await journal.begin(demoCreate);
  await claim.release();
  someone.clock.pass(10 * interval);
  await quiet();
  assert.equal(settled.length, 1);
  assert.deepEqual(failures, []);
});

test('a claim that cannot be made is tried again later', async () => {
  const someone = person([record('a', demoCreate)]);
  const { follower, claims, settled } = await someone.window();
  const { take } = claims;
  claims.take = () => Promise.reject(new Error('read-only'));
  follower.start();
  await quiet();
  assert.deepEqual(settled, []);
  claims.take = take;
  someone.clock.pass(interval);
  await quiet();
  assert.deepEqual(settled, ['a sending']);
});

test('a decision is carried out here although this window is through with the operation, and frees it when it ends', async () => {
  const someone = person([record('a', demoDelete({ state: 'unsettled' }))]);
  const one = await someone.window({
    settle: async (operation, _signal, journal) => {
      await journal.change(operation, { state: 'unsettled' });
    },
  });
  const two = await someone.window();
  one.follower.start();
  await quiet();
  assert.equal(someone.held.size, 1, 'kept by the window that has asked');

  const decided: string[] = [];
  assert.equal(await two.follower.decide('a', () => assert.fail('two windows at once')), false);
  const isDone = await one.follower.decide('a', async (operation) => {
    decided.push(operation.state);
    await one.journal.change(operation, { state: 'done' });
  });
  assert.deepEqual([isDone, decided, someone.held.size], [true, ['unsettled'], 0]);
  await one.follower.dispose();
  await two.follower.dispose();
});

test('a decision about what nobody follows is carried out by any window, on the record as it is now', async () => {
  const someone = person([record('a', demoDelete({ state: 'unsettled' }))]);
  const { follower, journal } = await someone.window();
  journal.dispose();
  someone.folder.files.set('a', JSON.stringify(encodeOperation(record('a', demoDelete({ state: 'working' })))));
  const decided: string[] = [];
  const isDone = await follower.decide('a', ({ state }) => Promise.resolve(void decided.push(state)));
  assert.deepEqual([isDone, decided, someone.held.size], [true, ['working'], 1], 'not ended: it stays here');
  assert.equal(await follower.decide('a', () => Promise.resolve()), true, 'and can be decided about again');
  assert.equal(await follower.decide('gone', () => assert.fail('there is none')), false);
  assert.equal(someone.held.size, 1);
});

test('a decision that fails is told once, and one that the end of the window cuts short frees the operation', async () => {
  const someone = person([record('a', demoDelete({ state: 'unsettled' }))]);
  const { follower, failures } = await someone.window();
  assert.equal(await follower.decide('a', () => Promise.reject(new Error('disk full'))), true);
  assert.deepEqual(failures, ['a: disk full']);
  const deciding = follower.decide('a', untilAborted);
  await quiet();
  await follower.dispose();
  await deciding;
  assert.equal(someone.held.size, 0);
  assert.equal(failures.length, 1);
});

test('a clock that was set back keeps nobody from trying again', async () => {
  const someone = person([record('a', demoCreate)]);
  const other = await someone.window({ settle: untilAborted });
  other.follower.start();
  await quiet();
  const { follower, settled } = await someone.window();
  follower.start();
  await quiet();
  someone.clock.pass(-90_000);
  someone.held.delete('a');
  follower.wake();
  await quiet();
  assert.deepEqual(settled, ['a sending']);
});
