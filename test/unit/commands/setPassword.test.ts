import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PasswordAnswer } from '../../../src/commands/setPassword.ts';
import { setPassword } from '../../../src/commands/setPassword.ts';
import { createTargetFinder } from '../../../src/commands/targetFinder.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryMessages } from '../../support/memory.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';
import { manageDesk } from './manageDesk.ts';

const told = instanceWith({ offering: 'serverless' });
const rented = instanceWith({ offering: 'provisioned' });

/** One window in which passwords are set, one after the other. */
async function setting() {
  const { deps, window, messages, world } = await manageDesk();
  const { passwords } = window;
  const secrets: (boolean | undefined)[] = [];
  return {
    passwords,
    messages,
    world,
    secrets,
    async type(instance: typeof told, moves: readonly Move[], account?: string) {
      const prompter = scriptedPrompter<PasswordAnswer>(moves);
      const ask: typeof prompter.ask = (heading, question, answers, position) => {
        const prompt = question.prompt(answers);
        if (prompt.kind === 'text') secrets.push(prompt.secret);
        return prompter.ask(heading, question, answers, position);
      };
      await setPassword({ ...deps, passwords, ask })(instance, account);
      assert.equal(prompter.left(), 0);
      return prompter.seen;
    },
  };
}

test('a password is kept as it was typed, an empty one forgets it, and Escape changes nothing', async () => {
  const { passwords, messages, type } = await setting();
  const after = async (move: Move): Promise<string | undefined> => {
    await type(told, [move], 'whoever');
    return (await passwords.get(told.id))?.reveal();
  };
  assert.equal(await after({ type: ' hunter2 ' }), ' hunter2 ');
  assert.equal(await after('escape'), ' hunter2 ');
  assert.equal(await after({ type: '' }), undefined);
  assert.doesNotMatch(messages.shown.join(), /hunter2/);
  assert.match(messages.shown.join('\n'), /password that you set.*\n.*password of the service/);
});

test('the box shows dots and never what is kept', async () => {
  const { type, secrets } = await setting();
  const first = await type(told, [{ type: 'hunter2' }]);
  const second = await type(told, ['escape']);
  assert.deepEqual(secrets, [true, true]);
  assert.deepEqual(
    [...first, ...second].map(({ value }) => value),
    ['', ''],
  );
});

test('where the service tells no password it is that of one account, and nothing is promised of the service', async () => {
  const { passwords, messages, world, type } = await setting();
  world.accounts.add('app');
  const seen = await type(rented, [{ choose: 'app' }, { type: 'hunter2' }]);
  assert.deepEqual(seen[0]?.rows, ['admin', 'app']);
  assert.equal((await passwords.get(rented.id, 'app'))?.reveal(), 'hunter2');
  assert.equal(await passwords.get(rented.id, 'admin'), undefined);

  assert.equal((await type(rented, [{ type: '' }], 'app')).length, 1, 'the account is known');
  assert.equal(await passwords.get(rented.id, 'app'), undefined);
  assert.deepEqual(messages.shown, [
    'status: Connections to "shop" as "app" use the password that you set.',
    'status: No password is kept for "app" of "shop" any more.',
  ]);
});

/** Looks for ways to log in as `admin`, whose password nobody knows yet. */
async function finding(instance: typeof told, presses: readonly string[], known: string | undefined) {
  const { passwords } = await setting();
  const messages = memoryMessages(presses);
  const asked: string[] = [];
  const way = (word: string) => async (_instance: typeof told, account?: string) => {
    asked.push(`${word} ${String(account)}`);
    if (known !== undefined) await passwords.set(instance.id, new Secret(known), account);
  };
  const find = createTargetFinder({
    access: () =>
      Promise.resolve({
        instance: { ...instance, addresses: [{ kind: 'private', host: '10.0.0.1', port: 5432, status: 'opened' }] },
        accounts: [{ user: 'admin' }],
        databases: ['postgres'],
      }),
    passwords,
    messages,
    setPassword: way('set'),
    resetPassword: way('reset'),
    signal: new AbortController().signal,
  });
  return { targets: await find(instance), asked, shown: messages.shown };
}

test('an account whose password nobody knows is said, with the ways to one, and then used', async () => {
  for (const [press, asked] of [
    ['Set Password', 'set admin'],
    ['Reset Password', 'reset admin'],
  ] as const) {
    const found = await finding(rented, [press], 'hunter2');
    assert.match(
      found.shown.join(),
      /^warning: No password is kept for account "admin" of "shop"\..*\[Set Password, Reset Password\]$/,
    );
    assert.deepEqual(found.asked, [asked]);
    assert.deepEqual([found.targets?.[0].user, found.targets?.[0].password.reveal()], ['admin', 'hunter2']);
  }
});

test('whoever sets none is not asked twice', async () => {
  const closed = await finding(rented, [], undefined);
  assert.deepEqual([closed.targets, closed.asked, closed.shown.length], [undefined, [], 1]);
  const escaped = await finding(rented, ['Set Password'], undefined);
  assert.deepEqual([escaped.targets, escaped.asked, escaped.shown.length], [undefined, ['set admin'], 1]);
});

test('what cannot be reset is not offered to be', async () => {
  const { shown } = await finding(told, [], undefined);
  assert.match(shown.join(), /\[Set Password\]$/);
});
