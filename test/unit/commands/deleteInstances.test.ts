import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeleteAnswers, DeleteInstancesDeps } from '../../../src/commands/deleteInstances.ts';
import { deleteInstances } from '../../../src/commands/deleteInstances.ts';
import { createFailureDesk } from '../../../src/commands/failure.ts';
import { tellDeletion } from '../../../src/commands/tellDeletion.ts';
import { undoDelete } from '../../../src/commands/undoDelete.ts';
import { consoleLinks } from '../../../src/domain/links.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { memoryClipboard, memoryMessages } from '../../support/memory.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';
import { openWorldWindow, refusal, states, world } from '../instances/lifeWorld.ts';

interface Person {
  /** Presses the button of the dialog. */
  readonly confirms?: boolean;
  readonly types?: readonly Move[];
  readonly presses?: readonly string[];
  /** Seconds. */
  readonly undo?: number;
}

/** The command over the real engine, a service in memory and a scripted person. */
async function desktop(person: Person) {
  const made = world();
  const window = await openWorldWindow(made);
  const messages = memoryMessages(person.presses);
  const dialogs: string[] = [];
  const retried: string[] = [];
  const prompter = scriptedPrompter<DeleteAnswers>(person.types ?? []);
  const undo = undoDelete({ deletion: window.deletion, messages });
  const nothing = (): Promise<void> => Promise.resolve();
  const desk = createFailureDesk({
    messages,
    clipboard: memoryClipboard(),
    openLink: nothing,
    links: () => consoleLinks('mainland'),
    signIn: nothing,
    openSettings: nothing,
  });
  const deps: DeleteInstancesDeps = {
    deletion: window.deletion,
    journal: window.journal,
    confirm: (title, detail, action) => {
      dialogs.push([title, detail, action].join('\n'));
      return Promise.resolve(person.confirms ?? true);
    },
    ask: prompter.ask,
    messages,
    undo,
    tell: tellDeletion({
      messages,
      desk,
      retry: (operations) => Promise.resolve(void retried.push(...operations.map(({ name }) => name))),
      showActivity: () => Promise.resolve(void retried.push('activity')),
    }),
    accountLabel: (id) => `work (${id})`,
    undoTime: () => (person.undo ?? 10) * 1_000,
    signal: window.signal,
  };
  return { made, window, messages, dialogs, retried, prompter, run: deleteInstances(deps) };
}

const several = (made: { add(fields: Partial<Instance>): Instance }, count: number): Instance[] =>
  Array.from({ length: count }, (_, index) =>
    made.add({ id: `postgres-${String(index)}`, name: `db-${String(index)}` }),
  );

test('a deletion says what is lost, has the name typed, waits, and says when it is done', async () => {
  const { made, messages, dialogs, prompter, run } = await desktop({ types: [{ type: 'shop' }] });
  await run([made.add()]);
  assert.deepEqual(made.calls, ['delete postgres-aaaa1111']);
  assert.match(dialogs.join(), /Delete "shop"\?/);
  assert.match(dialogs.join(), /shop \(postgres-aaaa1111\): ap-guangzhou, account work \(100000000001\)/);
  assert.match(dialogs.join(), /cannot be undone: there is no recycle bin/);
  assert.equal(prompter.seen[0]?.value, '', 'nothing is typed beforehand');
  assert.deepEqual(messages.shown, [
    'info: "shop" will be deleted in 10 seconds. [Undo]',
    'info: Instance "shop" is deleted. []',
  ]);
});

test('what lies in the recycle bin is destroyed, in the word of its command', async () => {
  const { made, dialogs, prompter, run } = await desktop({ types: [{ type: 'shop' }], undo: 0 });
  await run([made.add({ offering: 'provisioned', status: 'isolated' })]);
  assert.deepEqual(made.calls, ['delete postgres-aaaa1111']);
  assert.match(dialogs.join(), /^Destroy "shop"\?\n/);
  assert.match(dialogs.join(), /Backups and read-only replicas go as well\. This cannot be undone\./);
  assert.equal(prompter.seen[0]?.title, 'Destroy "shop"?');
});

test('what is still in use is not destroyed', async () => {
  const { made, messages, dialogs, run } = await desktop({ types: [{ type: 'shop' }], undo: 0 });
  await run([made.add({ offering: 'provisioned', status: 'running' })]);
  assert.deepEqual([made.calls, dialogs], [[], []]);
  assert.deepEqual(messages.shown, [
    'warning: Only what lies in the recycle bin can be destroyed. Move it there first: shop []',
  ]);
});

test('neither the closed dialog nor Escape at the name deletes anything', async () => {
  for (const person of [{ confirms: false }, { types: ['escape'] }] as const) {
    const { made, messages, window, run } = await desktop(person);
    await run([made.add()]);
    assert.deepEqual([made.calls, messages.shown, window.journal.all()], [[], [], []]);
  }
});

test('an answer that is not the very name deletes nothing, whatever let it through', async () => {
  const { made, window, messages } = await desktop({});
  const command = deleteInstances({
    deletion: window.deletion,
    journal: window.journal,
    confirm: () => Promise.resolve(true),
    ask: () => Promise.resolve({ kind: 'finish', values: { typed: 'shop ' } }),
    messages,
    undo: () => Promise.resolve(),
    tell: () => Promise.resolve(),
    accountLabel: (id) => id,
    undoTime: () => 0,
    signal: window.signal,
  });
  await command([made.add()]);
  assert.deepEqual(made.calls, []);
});

test('Undo in the message calls it off, and one message says so', async () => {
  const { made, messages, window, run } = await desktop({ types: [{ type: 'shop' }], presses: ['Undo'] });
  await run([made.add()]);
  // The command does not wait for its message.
  await new Promise(setImmediate);
  assert.deepEqual([made.calls, window.journal.all()], [[], []]);
  assert.deepEqual(messages.shown, [
    'info: "shop" will be deleted in 10 seconds. [Undo]',
    'status: Not deleted: "shop". Nothing was sent.',
  ]);
});

test('an undo that comes too late says so', async () => {
  const { made, window, messages, run } = await desktop({ types: [{ type: 'shop' }], undo: 0 });
  const running = run([made.add()]);
  while (window.journal.all().length === 0) await new Promise(setImmediate);
  const [operation] = window.journal.all();
  await running;
  assert.ok(operation !== undefined);
  await undoDelete({ deletion: window.deletion, messages })([operation]);
  assert.match(messages.shown.join('\n'), /Too late to undo: "shop"/);
});

test('several are listed in one dialog, long lists cut, and the count is typed', async () => {
  const { made, messages, dialogs, run } = await desktop({ types: [{ type: 'delete 12' }], undo: 0 });
  await run(several(made, 12));
  assert.match(dialogs.join(), /Delete 12 instances\?/);
  assert.match(dialogs.join(), /db-9 \(postgres-9\)/);
  assert.doesNotMatch(dialogs.join(), /db-10/);
  assert.match(dialogs.join(), /and 2 more/);
  assert.equal(made.calls.length, 12);
  assert.deepEqual(messages.shown, ['status: Deleting…', 'info: 12 instances are deleted. []']);
});

test('of several with failures, one message sums up with the reasons, and offers to try those again', async () => {
  const { made, window, messages, retried, run } = await desktop({
    types: [{ type: 'delete 3' }],
    undo: 0,
    presses: ['Try Again'],
  });
  made.meets.push('take', refusal('InvalidInstanceStatus'), 'take');
  await run(several(made, 3));
  assert.equal(messages.shown.length, 2);
  assert.match(
    messages.shown[1] ?? '',
    /^error: 2 of 3 instances are deleted\. Cannot delete "db-1": InvalidInstanceStatus.* \[Try Again, Show Activity\]$/,
  );
  assert.deepEqual(retried, ['db-1']);
  assert.deepEqual(states(window.journal, 'delete').sort(), ['done', 'done', 'failed']);
});

test('a single failure offers the request id beside trying again', async () => {
  const { made, messages, run } = await desktop({ types: [{ type: 'shop' }], undo: 0 });
  made.meets.push(refusal('InvalidInstanceStatus'));
  await run([made.add()]);
  assert.match(
    messages.shown.join('\n'),
    /error: Cannot delete "shop": InvalidInstanceStatus Request ID: req-refused \[Try Again, Show Activity, Copy Request ID\]/,
  );
});

test('what is being deleted already is not asked about, nor is a row counted twice', async () => {
  const { made, messages, dialogs, run } = await desktop({ types: [{ type: 'shop' }], undo: 0 });
  const shop = made.add();
  const first = run([shop, shop]);
  while (made.calls.length === 0) await new Promise(setImmediate);
  await run([shop]);
  await first;
  assert.equal(dialogs.length, 1);
  assert.match(dialogs.join(), /Delete "shop"\?/);
  assert.equal(made.calls.length, 1);
  assert.match(messages.shown.join('\n'), /status: This is being deleted already/);
});

test('what an earlier start could not settle either is not said again', async () => {
  const { messages, window } = await desktop({});
  const tell = tellDeletion({
    messages,
    desk: { show: () => Promise.reject(new Error('said')) },
    retry: () => Promise.resolve(),
    showActivity: () => Promise.resolve(),
  });
  const { operation } = await window.journal.begin({
    kind: 'delete',
    accountId: '1',
    offering: 'serverless',
    name: 'shop',
    region: 'r',
    zone: 'z',
    instanceId: 'postgres-1',
    state: 'unsettled',
  });
  const explanation = { kind: 'service', meaning: 'm', next: [] } as const;
  await tell([{ kind: 'unsettled', operation, explanation, again: true }]);
  assert.deepEqual(messages.shown, []);
  await assert.rejects(tell([{ kind: 'unsettled', operation, explanation, again: false }]), /said/);
});
