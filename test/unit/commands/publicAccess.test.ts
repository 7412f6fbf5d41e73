import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closePublicAccess } from '../../../src/commands/closePublicAccess.ts';
import { createFailureDesk } from '../../../src/commands/failure.ts';
import type { OpenPublicAccessAnswers } from '../../../src/commands/openPublicAccess.ts';
import { openPublicAccess, waitingWords } from '../../../src/commands/openPublicAccess.ts';
import { tellPublicAccess } from '../../../src/commands/tellPublicAccess.ts';
import { consoleLinks } from '../../../src/domain/links.ts';
import type { Progress } from '../../../src/domain/windowPorts.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryClipboard, memoryMessages } from '../../support/memory.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';
import { offline, only, openWorldWindow, publicEntry, refusal, states, world } from '../instances/lifeWorld.ts';

const minutes = 60_000;

/** The commands over the real engine, a service in memory and a scripted person. */
async function desktop(moves: readonly Move[], presses: readonly string[] = []) {
  const made = world();
  const window = await openWorldWindow(made);
  const messages = memoryMessages(presses);
  const prompter = scriptedPrompter<OpenPublicAccessAnswers>(moves);
  const reports: string[] = [];
  const done: string[] = [];
  const nothing = (): Promise<void> => Promise.resolve();
  const desk = createFailureDesk({
    messages,
    clipboard: memoryClipboard(),
    openLink: nothing,
    links: () => consoleLinks('mainland'),
    signIn: nothing,
    openSettings: nothing,
  });
  const tell = tellPublicAccess({
    messages,
    desk,
    copyConnectionString: ({ name }) => Promise.resolve(void done.push(`copy ${name}`)),
    retry: ({ kind }) => Promise.resolve(void done.push(`retry ${kind}`)),
    now: made.clock.now,
  });
  const progress: Progress = (title, work) => {
    reports.push(title);
    return work((text) => void reports.push(text));
  };
  const common = { publicAccess: window.publicAccess, progress, tell, signal: window.signal };
  return {
    made,
    window,
    messages,
    prompter,
    reports,
    done,
    tell,
    open: openPublicAccess({ ...common, ask: prompter.ask }),
    close: closePublicAccess(common),
  };
}

test('opening asks for how long, says what it waits for, and offers the connection string', async () => {
  const { made, window, messages, prompter, reports, done, open } = await desktop(
    ['enter'],
    ['Copy Connection String'],
  );
  const start = made.clock.now();
  await open(made.add());
  assert.deepEqual(prompter.seen[0]?.rows, [
    '$(clock) 30 minutes',
    '$(clock) 2 hours',
    '$(clock) 1 day',
    '$(unlock) Until I close it',
  ]);
  assert.equal(only(window.journal, 'closePublic').dueAt, start + 30 * minutes, 'the shortest is proposed');
  assert.equal(reports[0], 'Opening public access to "shop"');
  assert.ok(reports.includes('Waiting for the public address. Its status: initing'), reports.join(' | '));
  assert.deepEqual(messages.shown, [
    'info: Public access to "shop" is open for 30 minutes (198.51.100.7:5432). [Copy Connection String]',
  ]);
  assert.deepEqual(done, ['copy shop']);
});

test('every time says what is risked, and Escape opens nothing', async () => {
  const { made, messages, open } = await desktop(['escape']);
  await open(made.add());
  assert.deepEqual([made.calls, messages.shown], [[], []]);
});

test('what stays open until it is closed plans nothing and says so', async () => {
  const { made, window, messages, open } = await desktop([{ choose: 'Until I close it' }]);
  await open(made.add());
  assert.deepEqual(states(window.journal, 'closePublic'), []);
  assert.match(messages.shown.join(), /is open until you close it \(198\.51\.100\.7:5432\)/);
});

test('a refused opening is an error with Try Again', async () => {
  const { made, messages, done, open } = await desktop(['enter'], ['Try Again']);
  made.meets.push(refusal('InvalidInstanceStatus'));
  await open(made.add());
  assert.match(messages.shown.join(), /^error: Cannot open public access to "shop": InvalidInstanceStatus/);
  assert.deepEqual(done, ['retry openPublic']);
});

test('closing asks nothing, waits, and says it in the status bar', async () => {
  const { made, messages, reports, close } = await desktop([]);
  const shop = made.add({ addresses: [publicEntry('opened')] });
  await close(shop);
  assert.equal(made.publicStatus(shop.id), 'closed');
  assert.ok(reports.includes('Waiting for the instance. Its status: Running a task'), reports.join(' | '));
  assert.deepEqual(messages.shown, ['status: Public access to "shop" is closed.']);
});

test('an address that cannot be closed is said as an error, whoever tried', async () => {
  const { made, messages, done, close } = await desktop([], ['Try Again']);
  made.meets.push(refusal('OperationDenied.CamDeniedError'));
  await close(made.add({ addresses: [publicEntry('opened')] }));
  assert.match(messages.shown.join(), /^error: Public access to "shop" may still be open: it cannot be closed: /);
  assert.deepEqual(done, ['retry closePublic']);
});

test('a closing that waits for the network is said once', async () => {
  const { made, window, messages, tell, close } = await desktop([]);
  made.looks.push(...Array.from({ length: 1_000 }, () => offline));
  await close(made.add({ addresses: [publicEntry('opened')] }));
  assert.match(messages.shown.join(), /^error: Public access to "shop" is still open and cannot be closed yet: /);
  made.looks.push(...Array.from({ length: 1_000 }, () => offline));
  await tell(await window.publicAccess.settle(only(window.journal, 'closePublic'), window.signal, () => undefined));
  assert.equal(messages.shown.length, 1);
});

test('an overdue closing is said with its time', async () => {
  const { made, window, messages, tell, open } = await desktop(['enter']);
  await open(made.add());
  const planned = only(window.journal, 'closePublic');
  made.clock.pass(3 * 60 * minutes);
  await tell(await window.publicAccess.settle(planned, window.signal, () => undefined));
  assert.match(
    messages.shown.at(-1) ?? '',
    /^warning: Closed public access to "shop" 2 hours 3[0-9] minutes late: no editor was running\./,
  );
});

test('what is waited for is said for every instance', () => {
  assert.equal(waitingWords(instanceWith()), 'Waiting for the public address');
  assert.match(waitingWords(instanceWith({ addresses: [publicEntry('opening')] })), /Its status: opening$/);
  assert.match(waitingWords(instanceWith({ status: 'restarting' })), /instance\. Its status: Restarting$/);
});

test('an opening that is not known to have worked is said so, once', async () => {
  const { made, window, messages, tell } = await desktop([]);
  const shop = made.add();
  made.pace.value = 600 * minutes;
  const result = await window.publicAccess.open(shop, { kind: 'forGood' }, false, window.signal, () => undefined);
  await tell(result);
  assert.equal(messages.shown.length, 1);
  assert.match(messages.shown[0] ?? '', /It is not known whether public access to "shop" was opened/);
  made.looks.push(...Array.from({ length: 1_000 }, () => offline));
  await tell(await window.publicAccess.settle(only(window.journal, 'openPublic'), window.signal, () => undefined));
  assert.equal(messages.shown.length, 1, 'an earlier start has said it');
});
