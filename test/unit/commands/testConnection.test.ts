import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testConnection } from '../../../src/commands/testConnection.ts';
import type { TestSubject } from '../../../src/database/connectionTest.ts';
import type { TestChoice } from '../../../src/database/testSheet.ts';
import { CancelledError } from '../../../src/domain/errors.ts';
import type { InstanceAccess } from '../../../src/domain/instance.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { OpenStepList } from '../../../src/domain/windowPorts.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryClipboard, memoryMessages } from '../../support/memory.ts';

const instance = instanceWith({ addresses: [{ kind: 'public', host: 'h', port: 1, status: 'opened' }] });
const access: InstanceAccess = { instance, accounts: [{ user: 'u', password: new Secret('s') }], databases: ['d'] };

interface Setting {
  readonly known?: InstanceAccess | undefined;
  /** What is chosen at the end of each test; then the list is closed. */
  readonly choices?: readonly TestChoice[];
  readonly press?: readonly string[];
  /** Sets this one when asked to set a password. */
  readonly newPassword?: string;
  /** Closes the list while the test runs. */
  readonly escape?: boolean;
}

/** A window in which each test is a row `TESTED`, and a person who chooses as told. */
function setUp(setting: Setting = {}) {
  const done: string[] = [];
  const shown: string[] = [];
  const subjects: TestSubject[] = [];
  const choices = [...(setting.choices ?? [])];
  const [clipboard, messages] = [memoryClipboard(), memoryMessages(setting.press)];
  let kept: Secret | undefined;

  const openStepList: OpenStepList = <T>(title: string) => {
    const { promise, resolve } = Promise.withResolvers<T | undefined>();
    let closed = false;
    done.push(title);
    return {
      chosen: promise,
      show(rows, { placeholder, focus, busy }) {
        assert.ok(!closed, 'a closed list is shown nothing');
        shown.push(`${placeholder} > ${rows[focus]?.label ?? ''}`);
        if (busy) {
          if (setting.escape === true) resolve(undefined);
          return;
        }
        const choice = choices.shift();
        // A row's value is the window's own business; it is a `TestChoice` here, as the command's list is one of those.
        resolve(rows.find(({ value }) => value === choice)?.value as T | undefined);
      },
      close() {
        closed = true;
        resolve(undefined);
      },
    };
  };

  const command = testConnection({
    access: () => Promise.resolve('known' in setting ? setting.known : access),
    passwords: { get: () => Promise.resolve(kept) },
    resetPassword: () => Promise.resolve(void done.push('asked to reset')),
    load: () =>
      Promise.resolve({
        createConnectionTest: () => async (subject, show, signal) => {
          subjects.push(subject);
          show([{ tone: 'running', label: 'STEP' }], 0);
          await Promise.resolve();
          if (signal.aborted) throw new CancelledError();
          const every: readonly TestChoice[] = ['openPublicAccess', 'setPassword', 'testAgain', 'copyReport'];
          return {
            works: true,
            rows: [
              { tone: 'passed', label: 'TESTED' },
              ...every.map((value) => ({ tone: 'action', label: value, value }) as const),
            ],
            focus: 0,
            report: 'REPORT',
          };
        },
      }),
    openStepList,
    openPublicAccess: () => Promise.resolve(void done.push('opened')),
    setPassword: () => {
      done.push('asked for a password');
      if (setting.newPassword !== undefined) kept = new Secret(setting.newPassword);
      return Promise.resolve();
    },
    clipboard,
    messages,
    signal: new AbortController().signal,
    sleep: () => Promise.resolve(),
    now: () => 0,
    clock: () => 0,
  });
  return { command, done, shown, subjects, clipboard, messages };
}

test('the list is there at once, fills, and ends with the result', async () => {
  const { command, shown } = setUp();
  await command(instance);
  assert.deepEqual(shown, [
    'Testing… Press Escape to stop. > Asking the service for address and account',
    'Testing… Press Escape to stop. > STEP',
    'The connection works. > TESTED',
  ]);
});

test('Escape ends the test that runs', async () => {
  const { command, shown } = setUp({ escape: true });
  await assert.rejects(command(instance), (error) => error instanceof Error && /Abort|Cancelled/.test(error.name));
  assert.ok(!shown.some((line) => line.includes('TESTED')));
});

test('the report goes to the clipboard, and that is said', async () => {
  const { command, clipboard, messages } = setUp({ choices: ['copyReport'] });
  await command(instance);
  assert.equal(clipboard.text(), 'REPORT');
  assert.match(messages.shown.join(), /Report of the connection test copied/);
});

test('the test is repeated as often as one likes, with a list of its own each time', async () => {
  const { command, done, subjects } = setUp({ choices: ['testAgain', 'testAgain'] });
  await command(instance);
  assert.equal(subjects.length, 3);
  assert.deepEqual(done, ['Test connection: shop', 'Test connection: shop', 'Test connection: shop']);
});

test('public access is opened when it is chosen', async () => {
  const { command, done } = setUp({ choices: ['openPublicAccess'] });
  await command(instance);
  assert.deepEqual(done, ['Test connection: shop', 'opened']);
});

test('a password that was set is tried at once, and one that was not set changes nothing', async () => {
  const set = setUp({ choices: ['setPassword'], newPassword: 'new' });
  await set.command(instance);
  assert.deepEqual(
    set.subjects.map(({ ownPassword }) => ownPassword?.reveal()),
    [undefined, 'new'],
  );
  const left = setUp({ choices: ['setPassword'] });
  await left.command(instance);
  assert.equal(left.subjects.length, 1);
});

test('where there is nothing to connect to, that is said in place of a test', async () => {
  const without = { ...access, instance: instanceWith({ addresses: [] }) };
  for (const [known, words] of [
    [undefined, /no longer lists "shop"/],
    [without, /no open address/],
    [{ ...access, accounts: [] }, /no database account/],
    [{ ...access, databases: [] }, /no database for/],
  ] as const) {
    const { command, messages, subjects } = setUp({ known });
    await command(instance);
    assert.match(messages.shown.join(), words);
    assert.equal(messages.shown.length, 1);
    assert.equal(subjects.length, 0);
  }
  const { command, done } = setUp({ known: without, press: ['Open Public Access'] });
  await command(instance);
  assert.ok(done.includes('opened'));
});
