import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError } from '../../../src/domain/errors.ts';
import { hasEnded, operationStates } from '../../../src/domain/operation.ts';
import { createJournal } from '../../../src/instances/journal.ts';
import type { Operation } from '../../../src/instances/operation.ts';
import { encodeOperation } from '../../../src/instances/storedOperation.ts';
import { manualClock } from '../../support/clock.ts';
import { memoryClaims, memoryFolder, memoryLog } from '../../support/memory.ts';
import { demoCreate, demoDelete } from '../../support/operations.ts';

const day = 86_400_000;

/** One disk, one clock, and as many windows as are opened. */
function person(initial: Readonly<Record<string, unknown>> = {}) {
  const folder = memoryFolder(initial);
  const clock = manualClock(1_000);
  const held = new Map<string, AbortController>();
  const log = memoryLog();
  let ids = 0;
  const window = () => {
    const claims = memoryClaims(held);
    const newId = (): string => `op-${String((ids += 1))}`;
    const journal = createJournal({ folder, claims, now: clock.now, newId, sleep: clock.sleep, log });
    return { journal, claims };
  };
  return {
    folder,
    clock,
    held,
    log,
    window,
    async open() {
      const { journal } = window();
      await journal.open();
      return journal;
    },
  };
}

/** What other windows wrote is heard of a moment later. */
const heard = (): Promise<void> => new Promise(setImmediate);

test('the next start finds what was begun and changed, and not what was removed', async () => {
  const someone = person();
  const first = await someone.open();
  const { operation } = await first.begin(demoCreate);
  await first.change(operation, { state: 'working', instanceId: 'postgres-1', requestId: 'req-1' });
  await first.remove([(await first.begin(demoDelete())).operation]);

  const second = await someone.open();
  assert.deepEqual(second.operations('1000'), [
    { ...operation, state: 'working', instanceId: 'postgres-1', requestId: 'req-1' },
  ]);
  assert.deepEqual(second.operations('2000'), []);
});

test('records of a newer version, unreadable ones and ones under a foreign name are left alone, and said once', async () => {
  const someone = person();
  const { journal } = someone.window();
  const { operation } = await journal.begin(demoCreate);
  await someone.folder.write('newer', { version: 3, anything: true });
  await someone.folder.write('broken', { version: 2 });
  await someone.folder.write('text', 'x');
  await someone.folder.write('stranger', encodeOperation(operation));
  const other = await someone.open();
  await heard();
  assert.deepEqual(
    other.all().map(({ id }) => id),
    [operation.id],
  );
  assert.deepEqual(await other.remove([{ id: 'newer', state: 'failed' }]), []);
  assert.equal(someone.folder.files.size, 5);
  assert.deepEqual(someone.log.lines, [
    'Record left alone: newer: of a newer version',
    'Record left alone: broken: id: not a text',
    'Record left alone: text: operation: not an object',
    'Record left alone: stranger: id: not the name of the record',
  ]);
});

test('a record that a newer version took over is not written over', async () => {
  const someone = person();
  const journal = await someone.open();
  const { operation } = await journal.begin(demoCreate);
  await someone.folder.write(operation.id, { version: 3, anything: true });
  await assert.rejects(journal.change(operation, { state: 'working' }), CancelledError);
  assert.equal(someone.folder.files.get(operation.id), '{"version":3,"anything":true}');
});

test('it is claimed before it is on disk, and free again when it cannot be written', async () => {
  const someone = person();
  const journal = await someone.open();
  const { write } = someone.folder;
  const claimed: boolean[] = [];
  someone.folder.write = (name, value) => {
    claimed.push(someone.held.has(name));
    return write(name, value);
  };
  const { claim, operation } = await journal.begin(demoCreate);
  assert.deepEqual(claimed, [true]);
  assert.equal(someone.held.has(operation.id), true, 'whoever began it releases it');
  await claim.release();

  someone.folder.write = () => Promise.reject(new Error('disk full'));
  await assert.rejects(journal.begin(demoCreate), /disk full/);
  assert.equal(someone.held.size, 0);
  assert.equal(journal.all().length, 1);
});

test('what one window writes the others hear of, and may ask for at once', async () => {
  const someone = person();
  const [here, there] = [await someone.open(), await someone.open()];
  let told = 0;
  const listening = there.onDidChange(() => (told += 1));
  let toldHere = 0;
  here.onDidChange(() => (toldHere += 1));
  const { operation } = await here.begin(demoCreate);
  assert.deepEqual(await there.look(operation.id), operation);
  assert.equal(told, 1);
  await heard();
  assert.deepEqual([toldHere, told], [1, 1], 'what is known already is not told again');
  await here.change(operation, { state: 'working' });
  await heard();
  assert.equal(there.find(operation.id)?.state, 'working');
  assert.equal(told, 2);
  await here.remove([{ ...operation, state: 'working' }]);
  await heard();
  assert.deepEqual(there.all(), []);
  assert.equal(told, 3);
  there.dispose();
  await here.begin(demoCreate);
  await heard();
  assert.equal(told, 3);
  listening.dispose();
  await there.begin(demoCreate);
  assert.equal(told, 3);
});

test('a change to what was removed meanwhile is cancelled and writes nothing', async () => {
  const someone = person();
  const [here, there] = [await someone.open(), await someone.open()];
  const { operation } = await here.begin(demoDelete({ state: 'scheduled', dueAt: 9_000 }));
  await there.remove([operation]);
  await assert.rejects(here.change(operation, { state: 'sending' }), CancelledError);
  assert.equal(someone.folder.files.size, 0);
});

test('an undo that comes too late removes nothing', async () => {
  const someone = person();
  const [here, there] = [await someone.open(), await someone.open()];
  const { operation } = await here.begin(demoDelete({ state: 'scheduled', dueAt: 9_000 }));
  const sent = here.change(operation, { state: 'sending' });
  const undone = here.remove([operation]);
  assert.deepEqual(await undone, []);
  assert.deepEqual(await there.remove([operation]), []);
  assert.deepEqual(here.all(), [await sent]);
});

test('what has ended says when, and an explanation stays only as long as it explains', async () => {
  const someone = person();
  const journal = await someone.open();
  const { operation } = await journal.begin(demoCreate);
  const explanation = { kind: 'network', meaning: 'm', next: [] } as const;
  const unsettled = await journal.change(operation, { state: 'unsettled', explanation });
  assert.deepEqual(unsettled, { ...operation, state: 'unsettled', explanation });
  const settling = await journal.change(unsettled, { state: 'settling' });
  assert.deepEqual(settling, { ...operation, state: 'settling' });
  someone.clock.pass(500);
  const failed = await journal.change(settling, { state: 'failed', explanation });
  assert.equal(failed.endedAt, 1_500);
  someone.clock.pass(500);
  assert.equal((await journal.change(failed, { requestId: 'req-1' })).endedAt, 1_500);
  assert.deepEqual(await journal.change(failed, { state: 'sending' }), operation);
});

test('newest first, over all accounts', async () => {
  const someone = person();
  const journal = await someone.open();
  const first = (await journal.begin(demoCreate)).operation;
  someone.clock.pass(1);
  const second = (await journal.begin(demoDelete({ accountId: '2000' }))).operation;
  assert.deepEqual(journal.all(), [second, first]);
  assert.deepEqual(journal.operations('1000'), [first]);
});

test('what ended 30 days ago is cleared out, once a day and at the start; what is open never is', async () => {
  const someone = person();
  const journal = await someone.open();
  const open = (await journal.begin(demoCreate)).operation;
  const done = await journal.change((await journal.begin(demoDelete())).operation, { state: 'done' });
  const passDays = async (days: number): Promise<void> => {
    for (let n = 0; n < days; n += 1) {
      someone.clock.pass(day);
      await heard();
    }
  };
  await passDays(30);
  assert.deepEqual(journal.all(), [done, open]);
  await passDays(1);
  assert.deepEqual(journal.all(), [open]);
  assert.deepEqual([...someone.folder.files.keys()], [open.id]);

  const failed = await journal.change(open, { state: 'failed' });
  journal.dispose();
  assert.deepEqual(someone.clock.sleeping(), []);
  someone.clock.pass(31 * day);
  const next = await someone.open();
  await heard();
  assert.deepEqual(next.all(), []);
  assert.equal(next.find(failed.id), undefined);
});

test('records that cannot be cleared out stay, are said in the log, and go with the next day', async () => {
  const someone = person();
  const journal = await someone.open();
  await journal.change((await journal.begin(demoDelete())).operation, { state: 'done' });
  const { remove } = someone.folder;
  someone.folder.remove = () => Promise.reject(new Error('read-only'));
  someone.clock.pass(31 * day);
  await heard();
  assert.equal(journal.all().length, 1);
  assert.deepEqual(someone.log.lines, ['Old records not cleared out: read-only']);

  someone.folder.remove = remove;
  someone.clock.pass(day);
  await heard();
  assert.deepEqual(journal.all(), []);
});

test('records that cannot be read again are said in the log, and what was known stays known', async () => {
  const someone = person();
  const [here, there] = [await someone.open(), await someone.open()];
  const { operation } = await here.begin(demoCreate);
  await heard();
  const { read, readOne } = someone.folder;
  const gone = (): Promise<never> => Promise.reject(new Error('gone for a moment'));
  Object.assign(someone.folder, { read: gone, readOne: gone });
  await someone.folder.write(operation.id, encodeOperation({ ...operation, state: 'working' }));
  await heard();
  assert.deepEqual(there.find(operation.id), operation);
  assert.ok(someone.log.lines.includes('Records not read again: gone for a moment'));
  Object.assign(someone.folder, { read, readOne });
});

test('a record that another window removed is forgotten by whoever asks for it', async () => {
  const someone = person();
  const [here, there] = [await someone.open(), await someone.open()];
  const { operation } = await here.begin(demoCreate);
  await heard();
  someone.folder.files.delete(operation.id);
  assert.deepEqual(there.find(operation.id), operation);
  assert.equal(await there.look(operation.id), undefined);
  assert.equal(there.find(operation.id), undefined);
});

test('whoever listens hears of each change once, and of nothing else', async () => {
  const someone = person();
  const here = await someone.open();
  let told = 0;
  here.onDidChange(() => (told += 1));
  const { operation } = await here.begin(demoCreate);
  await heard();
  assert.equal(told, 1);
  assert.deepEqual(await here.remove([{ id: operation.id, state: 'failed' }]), []);
  assert.equal(told, 1, 'nothing was removed');
  await here.remove([operation]);
  assert.equal(told, 2);
});

test('what is looked at on disk is told when it is news, and gone when it is gone', async () => {
  const someone = person();
  const [here, there] = [await someone.open(), await someone.open()];
  const { operation } = await here.begin(demoCreate);
  await heard();
  let told = 0;
  there.onDidChange(() => (told += 1));
  const changed = { ...operation, state: 'working' } as const;
  someone.folder.files.set(operation.id, JSON.stringify(encodeOperation(changed)));
  assert.deepEqual(await there.look(operation.id), changed);
  assert.deepEqual([told, there.find(operation.id)], [1, changed]);
  someone.folder.files.delete(operation.id);
  assert.equal(await there.look(operation.id), undefined);
  assert.deepEqual([told, there.all()], [2, []]);
  assert.deepEqual(someone.log.lines, [], 'a record that is gone is no record that is wrong');
});

test('records of the same moment stand in one order, whoever reads them', async () => {
  const someone = person();
  const journal = await someone.open();
  for (let n = 0; n < 3; n += 1) await journal.begin(demoCreate);
  const ids = journal.all().map(({ id }) => id);
  assert.deepEqual(ids, ['op-3', 'op-2', 'op-1']);
  assert.deepEqual(
    (await someone.open()).all().map(({ id }) => id),
    ids,
  );
});

test('a window that was never opened can end', () => {
  const someone = person();
  someone.window().journal.dispose();
});

test('claims to operations that are still open are kept when others are tidied away', async () => {
  const someone = person();
  const { journal, claims } = someone.window();
  let wanted: (id: string) => boolean = () => assert.fail('nothing was tidied');
  Object.assign(claims, { tidy: (asked: typeof wanted) => Promise.resolve(void (wanted = asked)) });
  await journal.open();
  const open = (await journal.begin(demoCreate)).operation;
  const done = await journal.change((await journal.begin(demoDelete())).operation, { state: 'done' });
  someone.clock.pass(day);
  await heard();
  assert.deepEqual([open.id, done.id, 'op-99'].map(wanted), [true, false, false]);
});

test('an id that is held cannot be begun', async () => {
  const someone = person();
  const journal = await someone.open();
  someone.held.set('op-1', new AbortController());
  await assert.rejects(journal.begin(demoCreate), /An operation of this id exists: op-1/);
  assert.deepEqual(journal.all(), []);
});

/** One step of the model: `window` 0 or 1, `which` picks among the operations of the model. */
type Step =
  | { readonly kind: 'begin'; readonly window: number; readonly create: boolean }
  | { readonly kind: 'change'; readonly window: number; readonly which: number; readonly state: Operation['state'] }
  | { readonly kind: 'remove'; readonly window: number; readonly which: number; readonly stale: boolean }
  | { readonly kind: 'crash'; readonly window: number }
  | { readonly kind: 'pass'; readonly days: number };

const window = fc.nat({ max: 1 });
const which = fc.nat({ max: 5 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('begin' as const), window, create: fc.boolean() }),
  fc.record({ kind: fc.constant('change' as const), window, which, state: fc.constantFrom(...operationStates) }),
  fc.record({ kind: fc.constant('remove' as const), window, which, stale: fc.boolean() }),
  fc.record({ kind: fc.constant('crash' as const), window }),
  fc.record({ kind: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 20 }) }),
);

test('whatever two windows do and however they crash, both know what a single list would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
      const someone = person();
      const windows = [await someone.open(), await someone.open()];
      const at = (index: number) => windows[index] ?? assert.fail();
      const model = new Map<string, Operation>();
      const picked = (index: number): Operation | undefined => [...model.values()][index % Math.max(model.size, 1)];

      for (const step of steps) {
        if (step.kind === 'begin') {
          const { operation } = await (step.create
            ? at(step.window).begin(demoCreate)
            : at(step.window).begin(demoDelete()));
          model.set(operation.id, operation);
        } else if (step.kind === 'change') {
          const operation = picked(step.which);
          if (operation !== undefined) {
            const changed = await at(step.window).change(operation, { state: step.state });
            assert.equal(changed.state, step.state);
            assert.equal(changed.endedAt !== undefined, hasEnded(changed));
            model.set(operation.id, changed);
          }
        } else if (step.kind === 'remove') {
          const operation = picked(step.which);
          if (operation !== undefined) {
            const state = step.stale && operation.state !== 'sending' ? 'sending' : operation.state;
            const gone = await at(step.window).remove([{ id: operation.id, state }]);
            assert.deepEqual(gone, state === operation.state ? [operation.id] : []);
            if (state === operation.state) model.delete(operation.id);
          }
        } else if (step.kind === 'crash') {
          at(step.window).dispose();
          windows[step.window] = await someone.open();
        } else {
          for (let n = 0; n < step.days; n += 1) {
            someone.clock.pass(day);
            await heard();
          }
          for (const { id, endedAt } of model.values()) {
            if (endedAt !== undefined && someone.clock.now() - endedAt > 30 * day) model.delete(id);
          }
        }
        await heard();
        const expected = [...model.values()].sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
        for (const journal of windows) assert.deepEqual(journal.all(), expected);
      }
    }),
    { numRuns: 150 },
  );
});

test('when another window writes one record, that one is read and no other', async () => {
  const someone = person();
  const one = await someone.open();
  const operations = [];
  for (const name of ['a', 'b', 'c']) operations.push((await one.begin({ ...demoCreate, name })).operation);
  const other = await someone.open();
  await heard();
  const before = other.all();
  const read: string[] = [];
  const { readOne } = someone.folder;
  someone.folder.readOne = (name) => {
    read.push(name);
    return readOne(name);
  };
  someone.folder.read = () => {
    read.push('everything');
    return Promise.resolve(new Map());
  };
  const [first] = operations;
  assert.ok(first);
  await someone.folder.write(first.id, encodeOperation({ ...first, percent: 50 }));
  await heard();
  await heard();
  assert.deepEqual(new Set(read), new Set([first.id]));
  assert.equal(other.find(first.id)?.percent, 50);
  assert.deepEqual(
    other.all().filter((operation) => before.includes(operation)).length,
    2,
    'what did not change is the same object',
  );
  await someone.folder.remove(first.id);
  await heard();
  await heard();
  assert.equal(other.find(first.id), undefined);
});

test('a record that cannot be read alone makes the whole folder be read again, which deals with it', async () => {
  const someone = person();
  const one = await someone.open();
  const { operation } = await one.begin(demoCreate);
  const other = await someone.open();
  someone.folder.readOne = () => Promise.reject(new SyntaxError('half of it'));
  await someone.folder.write('op-9', encodeOperation({ ...operation, id: 'op-9' }));
  await heard();
  await heard();
  assert.notEqual(other.find('op-9'), undefined);
});
