import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DeletionResult } from '../../../src/instances/deletion.ts';
import type { InstanceOperation } from '../../../src/instances/operation.ts';
import { manualClock } from '../../support/clock.ts';
import { accountId, only, openWorldWindow, refusal, signedOut, states, world } from './lifeWorld.ts';

const seconds = 1_000;

async function results(deleting: readonly { result: Promise<DeletionResult> }[]): Promise<string[]> {
  return (await Promise.all(deleting.map(({ result }) => result))).map(({ kind }) => kind);
}

test('a deletion waits the undo time out on record, is sent once, and is done when the service lists it no more', async () => {
  const made = world();
  const { journal, deletion, known, signal } = await openWorldWindow(made);
  const shop = made.add();
  known.set(shop.id, shop);
  const start = made.clock.now();
  const [deleting] = await deletion.begin([shop], 10 * seconds, signal);
  assert.equal(only(journal, 'delete').state, 'scheduled');
  assert.equal(only(journal, 'delete').dueAt, start + 10 * seconds);
  await made.clock.sleep(9 * seconds, signal);
  assert.deepEqual(made.calls, []);

  const result = await deleting?.result;
  assert.equal(result?.kind, 'gone');
  assert.deepEqual(made.calls, [`delete ${shop.id}`]);
  assert.deepEqual(made.onRecord, [['delete sending']], 'it said so on disk before the request left');
  assert.ok(made.clock.now() - start >= 10 * seconds + made.pace.value);
  assert.equal(only(journal, 'delete').state, 'done');
  assert.equal(only(journal, 'delete').requestId, 'req-delete');
  assert.deepEqual([...known], [], 'its row is gone');
  assert.deepEqual(made.forgotten, [shop.id]);
  assert.equal(made.held.size, 0, 'nothing stays claimed');
});

test('the password of what is gone is forgotten before the record ends, so that no crash leaves it behind', async () => {
  const made = world();
  const { deletion, signal } = await openWorldWindow(made);
  const { write } = made.folder;
  const forgottenThen: number[] = [];
  made.folder.write = async (name, value) => {
    if (JSON.stringify(value).includes('"done"')) forgottenThen.push(made.forgotten.length);
    await write(name, value);
  };
  assert.deepEqual(await results(await deletion.begin([made.add()], 0, signal)), ['gone']);
  assert.deepEqual(forgottenThen, [1]);
});

test('the row shows the status of the service while it goes', async () => {
  const made = world();
  const { deletion, known, signal } = await openWorldWindow(made);
  const [deleting] = await deletion.begin([made.add()], 0, signal);
  await made.clock.sleep(6 * seconds, signal);
  assert.deepEqual(
    [...known.values()].map(({ status }) => status),
    ['recycling'],
  );
  assert.equal((await deleting?.result)?.kind, 'gone');
});

test('without an undo time it is sent at once', async () => {
  const made = world();
  const { deletion, signal } = await openWorldWindow(made);
  const deleting = await deletion.begin([made.add()], 0, signal);
  await new Promise(setImmediate);
  assert.equal(made.calls.length, 1);
  assert.deepEqual(await results(deleting), ['gone']);
});

test('at any moment and from any window, either the undo works or the deletion is sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(14 * seconds), fc.boolean(), async (moment, elsewhere) => {
      const made = world();
      const mine = await openWorldWindow(made);
      const other = await openWorldWindow(made);
      const deleting = await mine.deletion.begin([made.add()], 10 * seconds, mine.signal);
      const seen = deleting.map(({ operation }) => operation);
      await made.clock.sleep(moment, mine.signal);
      const { undone, late } = await (elsewhere ? other : mine).deletion.undo(seen);
      const ended = await results(deleting);
      if (undone.length > 0) {
        assert.deepEqual([late, made.calls, ended], [[], [], ['undone']]);
        assert.equal(made.folder.files.size, 0);
        assert.ok(moment <= (elsewhere ? 8 : 10) * seconds, 'another window must not cross the sending');
      } else {
        assert.deepEqual([late, made.calls.length, ended], [seen, 1, ['gone']]);
        assert.ok(moment >= (elsewhere ? 8 : 10) * seconds, 'while there is time, it can be undone');
      }
    }),
  );
});

test('an undo between the end of the time and the sending still works', async () => {
  const clock = manualClock(1_000_000);
  const made = world(clock);
  const { deletion, signal } = await openWorldWindow(made);
  const deleting = await deletion.begin([made.add()], 10 * seconds, signal);
  clock.pass(10 * seconds);
  const { undone } = await deletion.undo(deleting.map(({ operation }) => operation));
  assert.equal(undone.length, 1);
  assert.deepEqual([await results(deleting), made.calls], [['undone'], []]);
});

test('what the person undoes stays deletable', async () => {
  const made = world();
  const { deletion, signal } = await openWorldWindow(made);
  const shop = made.add();
  const first = await deletion.begin([shop], 10 * seconds, signal);
  await deletion.undo(first.map(({ operation }) => operation));
  assert.deepEqual(await results(first), ['undone']);
  assert.deepEqual(await results(await deletion.begin([shop], 10 * seconds, signal)), ['gone']);
  assert.equal(made.calls.length, 1);
});

test('a deletion whose window was closed within the undo time is never sent, and says that nothing was deleted', async () => {
  const made = world();
  const first = await openWorldWindow(made);
  const deleting = await first.deletion.begin([made.add()], 10 * seconds, first.signal);
  first.end();
  assert.deepEqual(await results(deleting), ['left']);

  const second = await openWorldWindow(made);
  made.clock.pass(3_600 * seconds);
  const result = await second.deletion.settle(only(second.journal, 'delete'), second.signal);
  assert.ok(result.kind === 'failed');
  assert.match(result.explanation.meaning, /editor was closed before the deletion was sent\. Nothing was deleted/);
  assert.deepEqual(states(second.journal, 'delete'), ['failed']);
  assert.deepEqual(made.calls, []);
});

test('after a lost answer the list tells that it is being deleted, and nothing is sent again', async () => {
  const made = world();
  const { deletion, signal } = await openWorldWindow(made);
  made.meets.push('take and lose');
  made.pace.value = 120 * seconds;
  assert.deepEqual(await results(await deletion.begin([made.add()], 0, signal)), ['gone']);
  assert.equal(made.calls.length, 1);
});

test('a lost deletion of an instance that clearly still runs has failed, and is not sent again by itself', async () => {
  const made = world();
  const { journal, deletion, signal } = await openWorldWindow(made);
  made.meets.push('lose');
  const start = made.clock.now();
  const [deleting] = await deletion.begin([made.add()], 0, signal);
  const result = await deleting?.result;
  assert.ok(result?.kind === 'failed');
  assert.match(result.explanation.meaning, /did not arrive/);
  assert.deepEqual(result.explanation.next, ['retry']);
  assert.ok(made.clock.now() - start >= 60 * seconds, 'a list may lag, so one look does not count');
  assert.equal(made.calls.length, 1);
  assert.deepEqual(states(journal, 'delete'), ['failed']);
});

test('a deletion that was accepted does not fail because the list lags behind', async () => {
  const made = world();
  const { deletion, signal } = await openWorldWindow(made);
  const shop = made.add();
  made.pace.value = 120 * seconds;
  const deleting = await deletion.begin([shop], 0, signal);
  await made.clock.sleep(seconds, signal);
  made.instances.set(shop.id, shop);
  assert.deepEqual(await results(deleting), ['gone']);
});

test('a lost deletion that was seen to be under way is said to be, however long it takes', async () => {
  const made = world();
  const { deletion, signal } = await openWorldWindow(made);
  made.meets.push('take and lose');
  made.pace.value = 3_600 * seconds;
  const [deleting] = await deletion.begin([made.add()], 0, signal);
  const result = await deleting?.result;
  assert.ok(result?.kind === 'unsettled');
  assert.match(result.explanation.meaning, /took the deletion and still lists/);
});

test('a lost deletion of an instance that shows nothing either way stays open, and says that nobody knows', async () => {
  const made = world();
  const { deletion, signal } = await openWorldWindow(made);
  made.meets.push('lose');
  const [deleting] = await deletion.begin([made.add({ status: 'job running' })], 0, signal);
  const result = await deleting?.result;
  assert.ok(result?.kind === 'unsettled');
  assert.match(result.explanation.meaning, /not clear whether the instance is being deleted/);
  assert.deepEqual(result.explanation.next, ['checkNetwork', 'wait']);
});

test('a deletion stays open when its window can no longer ask what came of it', async () => {
  const made = world();
  const { journal, deletion, signal } = await openWorldWindow(made);
  const [deleting] = await deletion.begin([made.add()], 0, signal);
  made.looks.push(signedOut);
  const result = await deleting?.result;
  assert.ok(result?.kind === 'unsettled');
  assert.equal(result.explanation.meaning, 'Not signed in');
  assert.deepEqual(states(journal, 'delete'), ['unsettled']);
});

test('a deletion on its way when its window ends is left to the next one', async () => {
  const made = world();
  const { journal, deletion, signal, end, log } = await openWorldWindow(made);
  const deleting = await deletion.begin([made.add()], 0, signal);
  await made.clock.sleep(seconds, new AbortController().signal);
  end();
  assert.deepEqual(await results(deleting), ['left']);
  assert.deepEqual(states(journal, 'delete'), ['working']);
  assert.ok(!log.lines.some((line) => line.startsWith('Deletion not followed')), 'an end is no failure');
});

test('a deletion that another window takes back while this one waits is not sent', async () => {
  const made = world();
  const [mine, other] = [await openWorldWindow(made), await openWorldWindow(made)];
  const deleting = await mine.deletion.begin([made.add()], 10 * seconds, mine.signal);
  await other.journal.remove([only(other.journal, 'delete')]);
  assert.deepEqual(await results(deleting), ['undone']);
  assert.deepEqual(made.calls, []);
});

test('an instance that the service no longer knows is gone already', async () => {
  for (const code of [
    'ResourceNotFound.InstanceNotFoundError',
    'InvalidParameterValue.InstanceNotExist',
    'InstanceNotExist',
  ]) {
    const made = world();
    const { deletion, known, signal } = await openWorldWindow(made);
    const shop = made.add();
    known.set(shop.id, shop);
    made.meets.push(refusal(code));
    assert.deepEqual(await results(await deletion.begin([shop], 0, signal)), ['gone']);
    assert.equal(known.size, 0);
  }
});

test('of several each is deleted on its own, and a refusal is kept with its reason and request id', async () => {
  const made = world();
  const { journal, deletion, signal } = await openWorldWindow(made);
  const all = ['a', 'b', 'c'].map((name) => made.add({ id: `postgres-${name}`, name }));
  made.meets.push('take', refusal('OperationDenied.InstanceStatusLimitOpError'), 'take');
  const deleting = await deletion.begin(all, 10 * seconds, signal);
  assert.deepEqual(await results(deleting), ['gone', 'failed', 'gone']);
  const refused = journal.all().find(({ state }) => state === 'failed');
  assert.equal(refused?.name, 'b');
  assert.equal(refused.requestId, 'req-refused');
  assert.deepEqual([...made.instances.keys()], ['postgres-b']);
});

test('when one cannot be put on record, nothing is sent for any, and nothing stays on record', async () => {
  const made = world();
  const { deletion, signal } = await openWorldWindow(made);
  const write = made.folder.write;
  let writes = 0;
  made.folder.write = (name, value) =>
    (writes += 1) === 2 ? Promise.reject(new Error('disk full')) : write(name, value);
  const all = ['a', 'b', 'c'].map((name) => made.add({ id: `postgres-${name}`, name }));
  await assert.rejects(deletion.begin(all, 0, signal), /disk full/);
  await new Promise(setImmediate);
  assert.deepEqual([made.calls, made.folder.files.size, made.held.size], [[], 0, 0]);
});

test('what cannot be put on record as sent is not sent', async () => {
  const made = world();
  const { deletion, signal } = await openWorldWindow(made);
  const deleting = await deletion.begin([made.add()], 10 * seconds, signal);
  made.folder.write = () => Promise.reject(new Error('disk full'));
  assert.deepEqual(await results(deleting), ['failed']);
  assert.deepEqual(made.calls, []);
});

test('an instance that is listed for too long stays open for the next start, which says so only if it is news', async () => {
  const made = world();
  const first = await openWorldWindow(made);
  made.pace.value = 3_600 * seconds;
  const [deleting] = await first.deletion.begin([made.add()], 0, first.signal);
  const result = await deleting?.result;
  assert.ok(result?.kind === 'unsettled' && !result.again);
  assert.equal(result.explanation.requestId, 'req-delete');

  const second = await openWorldWindow(made);
  const later = await second.deletion.settle(only(second.journal, 'delete'), second.signal);
  assert.ok(later.kind === 'unsettled' && later.again);
  assert.equal(made.calls.length, 1);
});

test('the next window finds out what came of a deletion that was on its way, without sending it', async () => {
  for (const state of ['sending', 'settling', 'working'] as const) {
    const made = world();
    const { journal, deletion, signal } = await openWorldWindow(made);
    const shop = made.add();
    const { operation } = await journal.begin({
      kind: 'delete',
      accountId,
      offering: 'serverless',
      name: shop.name,
      region: shop.region,
      zone: shop.zone,
      instanceId: shop.id,
      state,
      ...(state === 'working' ? { requestId: 'req-1' } : {}),
    });
    made.instances.delete(shop.id);
    assert.equal((await deletion.settle(operation, signal)).kind, 'gone');
    assert.deepEqual(made.calls, []);
  }
});

test('the planned closing of an instance goes with it', async () => {
  const made = world();
  const { journal, deletion, publicAccess, signal } = await openWorldWindow(made);
  const shop = made.add();
  await publicAccess.open(shop, { kind: 'for', milliseconds: 1_800 * seconds }, false, signal, () => undefined);
  assert.deepEqual(states(journal, 'closePublic'), ['scheduled']);
  assert.deepEqual(await results(await deletion.begin([shop], 0, signal)), ['gone']);
  assert.deepEqual(states(journal, 'closePublic'), []);
});

test('a password that cannot be forgotten does not turn a deletion into a failure', async () => {
  const made = world();
  const { deletion, signal } = await openWorldWindow(made);
  made.forgotten.push = () => {
    throw new Error('locked');
  };
  assert.deepEqual(await results(await deletion.begin([made.add()], 0, signal)), ['gone']);
});

test('what is not a deletion waiting for its time cannot be undone', async () => {
  const made = world();
  const { journal, deletion, publicAccess, signal } = await openWorldWindow(made);
  await publicAccess.open(made.add(), { kind: 'for', milliseconds: 1_800 * seconds }, false, signal, () => undefined);
  const all = journal.all().filter((one): one is InstanceOperation => one.kind !== 'create');
  assert.equal((await deletion.undo(all)).undone.length, 0);
  assert.deepEqual(states(journal, 'closePublic'), ['scheduled']);
});
