import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clearFinished, dismissOperations } from '../../../src/commands/clearActivity.ts';
import { keepOpen } from '../../../src/commands/keepOpen.ts';
import { retryOperation } from '../../../src/commands/retryOperation.ts';
import type { OperationView } from '../../../src/domain/operation.ts';
import { memoryMessages } from '../../support/memory.ts';
import { operationWith } from '../../support/treeStates.ts';

/** Takes out what was asked for, but for those that have moved on. */
function journalOf(movedOn: readonly string[] = []) {
  const removed: string[] = [];
  return {
    removed,
    remove: (operations: readonly Pick<OperationView, 'id'>[]) => {
      const gone = operations.map(({ id }) => id).filter((id) => !movedOn.includes(id));
      removed.push(...gone);
      return Promise.resolve(gone);
    },
  };
}

test('clearing takes out what is over, and leaves the rest', async () => {
  const [journal, messages] = [journalOf(), memoryMessages()];
  const states = ['scheduled', 'sending', 'settling', 'working', 'done', 'failed', 'unsettled'] as const;
  const operations = () => states.map((state) => operationWith({ id: state, state }));
  await clearFinished({ operations, journal, messages })();
  assert.deepEqual(journal.removed, ['done', 'failed']);
  assert.match(messages.shown.join(), /Cleared from Activity: 2/);
});

test('clearing says when there is nothing to clear', async () => {
  const messages = memoryMessages();
  await clearFinished({ operations: () => [operationWith()], journal: journalOf(), messages })();
  assert.match(messages.shown.join(), /Nothing to clear/);
});

test('a password that was kept for what is dismissed goes with it, and stays with what has moved on', async () => {
  const journal = journalOf(['settled']);
  const dropped: string[] = [];
  const passwords = { dropPending: (id: string) => Promise.resolve(void dropped.push(id)) };
  const dismissed = ['unknown', 'settled'].map((id) => operationWith({ id, state: 'unsettled' }));
  await dismissOperations({ journal, passwords })(dismissed);
  assert.deepEqual([journal.removed, dropped], [['unknown'], ['unknown']]);
});

function retrying(begins: boolean) {
  const all = [operationWith({ id: 'old', kind: 'delete', state: 'failed' })];
  const done: string[] = [];
  const journal = journalOf();
  const retry = ({ kind }: OperationView): Promise<void> => {
    done.push(kind);
    if (begins) all.push(operationWith({ id: 'new', kind }));
    return Promise.resolve();
  };
  return { done, journal, act: retryOperation({ retry, journal: { ...journal, all: () => all } }) };
}

test('a failed operation is done again by its kind, and its record goes for the new one', async () => {
  const { act, done, journal } = retrying(true);
  await act(operationWith({ id: 'old', kind: 'delete', state: 'failed' }));
  assert.deepEqual([done, journal.removed], [['delete'], ['old']]);
});

test('a record stays when the person thought better of it', async () => {
  const { act, done, journal } = retrying(false);
  await act(operationWith({ id: 'old', kind: 'delete', state: 'failed' }));
  assert.deepEqual([done, journal.removed], [['delete'], []]);
});

test('what has not failed is not done again', async () => {
  const { act, done } = retrying(true);
  for (const state of ['working', 'unsettled', 'done'] as const) await act(operationWith({ state }));
  assert.deepEqual(done, []);
});

test('a timed closing is called off, and what that means is said', async () => {
  const [journal, messages] = [journalOf(), memoryMessages()];
  await keepOpen({ journal, messages })([operationWith({ kind: 'closePublic', state: 'scheduled' })]);
  assert.deepEqual(journal.removed, ['op-1']);
  assert.match(messages.shown.join(), /info: Public access of "newshop" stays open until you close it/);
});

test('a closing that has begun is not called off, and that is said', async () => {
  const [journal, messages] = [journalOf(['late']), memoryMessages()];
  const closings = ['late', 'early'].map((id) =>
    operationWith({ id, name: id, kind: 'closePublic', state: 'scheduled' }),
  );
  await keepOpen({ journal, messages })(closings);
  assert.deepEqual(journal.removed, ['early']);
  assert.match(messages.shown.join(), /warning: Too late: the public access of "late" is closing already/);
});

test('without a closing there is nothing to say', async () => {
  const messages = memoryMessages();
  await keepOpen({ journal: journalOf(), messages })([]);
  assert.deepEqual(messages.shown, []);
});
