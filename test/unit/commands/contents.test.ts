import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreateAccountAnswers } from '../../../src/commands/createAccount.ts';
import { createAccount } from '../../../src/commands/createAccount.ts';
import { createDatabase } from '../../../src/commands/createDatabase.ts';
import type { DeleteAccountAnswers } from '../../../src/commands/deleteAccount.ts';
import { deleteAccount } from '../../../src/commands/deleteAccount.ts';
import type { DeleteDatabaseAnswers } from '../../../src/commands/deleteDatabase.ts';
import { deleteDatabase } from '../../../src/commands/deleteDatabase.ts';
import type { ResetPasswordAnswers } from '../../../src/commands/resetPassword.ts';
import { resetPassword } from '../../../src/commands/resetPassword.ts';
import type { NewDatabase } from '../../../src/domain/ports.ts';
import { offline, refusal } from '../instances/lifeWorld.ts';
import { generated, manageDesk } from './manageDesk.ts';

const typed = 'Typed-pass-1';

test('the password of the account of a row is reset to a generated one, kept, and can be copied', async () => {
  const { world, window, deps, prompter, calls, messages, clipboard } = await manageDesk<ResetPasswordAnswers>({
    moves: [{ choose: 'Generate' }, { choose: 'Reset Password' }],
    presses: ['Copy Password'],
  });
  const shop = world.add();
  await resetPassword(deps)(shop, 'admin');
  assert.deepEqual(calls, ['resetPassword admin postgres-aaaa1111']);
  assert.equal((await window.passwords.get(shop.id, 'admin'))?.reveal(), generated);
  assert.deepEqual(
    prompter.seen.map(({ key }) => key),
    ['password', 'send'],
  );
  assert.deepEqual(prompter.seen.at(-1)?.rows, ['$(cloud-upload) Reset Password', 'Password']);
  assert.equal(clipboard.text(), generated);
  assert.match(messages.shown[0] ?? '', /^info: The password of account "admin" of "shop" is reset.*\[Copy Password\]/);
  assert.doesNotMatch(messages.shown.join(), new RegExp(generated));
});

test('on an instance the account is asked for, and a password may be typed twice', async () => {
  const { world, window, deps, prompter } = await manageDesk<ResetPasswordAnswers>({
    moves: [{ choose: 'app' }, { choose: 'Type one' }, { type: typed }, { type: typed }, { choose: 'Reset Password' }],
  });
  world.accounts.add('app');
  const shop = world.add();
  await resetPassword(deps)(shop);
  assert.deepEqual(prompter.seen[0]?.rows, ['admin', 'app']);
  assert.equal((await window.passwords.get(shop.id, 'app'))?.reveal(), typed);
  assert.equal(await window.passwords.get(shop.id, 'admin'), undefined);
});

test('Escape at any question changes nothing and keeps nothing', async () => {
  for (const moves of [
    ['escape'],
    [{ choose: 'Generate' }, 'escape'],
    [{ choose: 'Type one' }, { type: typed }, 'escape'],
  ] as const) {
    const { world, window, deps, calls, messages } = await manageDesk<ResetPasswordAnswers>({ moves });
    const shop = world.add();
    await resetPassword(deps)(shop, 'admin');
    assert.deepEqual([calls, messages.shown], [[], []]);
    assert.equal(await window.passwords.get(shop.id, 'admin'), undefined);
  }
});

test('a password that the service refuses is said with the reason, and not kept', async () => {
  const { world, window, deps, messages } = await manageDesk<ResetPasswordAnswers>({
    moves: [{ choose: 'Generate' }, { choose: 'Reset Password' }],
  });
  world.made.meets.push(refusal('InvalidParameterValue.PasswordRuleError'));
  const shop = world.add();
  await resetPassword(deps)(shop, 'admin');
  assert.match(messages.shown.join(), /^error: Cannot reset the password of account "admin" of "shop"/);
  assert.equal(await window.passwords.get(shop.id, 'admin'), undefined);
});

test('an account is made with its type and its password', async () => {
  const { world, window, deps, prompter, calls } = await manageDesk<CreateAccountAnswers>({
    moves: [{ type: ' app ' }, { choose: 'Administrator' }, { choose: 'Generate' }, { choose: 'Create Account' }],
  });
  const made: unknown[] = [];
  const { createAccount: create } = world.management;
  world.management.createAccount = (region, id, account, signal) => {
    made.push([account.name, account.type, account.password.reveal()]);
    return create(region, id, account, signal);
  };
  const shop = world.add();
  await createAccount(deps)(shop);
  assert.deepEqual(made, [['app', 'tencentDBSuper', generated]]);
  assert.deepEqual(calls, ['createAccount postgres-aaaa1111']);
  assert.equal((await window.passwords.get(shop.id, 'app'))?.reveal(), generated);
  assert.deepEqual(prompter.seen.at(-1)?.rows, ['$(cloud-upload) Create Account', 'Name', 'Type', 'Password']);
});

test('a name that is taken is said while one types, and a list that fails blocks nothing', async () => {
  const findings: (string | undefined)[] = [];
  const { world, deps } = await manageDesk<CreateAccountAnswers>();
  const shop = world.add();
  const ask = async (...[, question, answers]: Parameters<typeof deps.ask>) => {
    const prompt = question.prompt(answers);
    assert.ok(prompt.kind === 'text');
    const { signal } = new AbortController();
    for (const text of ['admin ', 'app']) findings.push((await prompt.lookUp?.(text, signal))?.message);
    return { kind: 'cancel' } as const;
  };
  await createAccount({ ...deps, ask })(shop);
  assert.deepEqual(findings, ['"admin" exists already.', undefined]);

  const broken = await manageDesk<CreateAccountAnswers>({ moves: [{ type: 'app' }, 'escape'] });
  broken.world.management.accounts = () => Promise.reject(offline);
  await createAccount(broken.deps)(broken.world.add());
  assert.equal(broken.prompter.left(), 0);
});

test('a database is made for an account, and each line of the review leads back', async () => {
  const { world, deps, calls, messages, prompter } = await manageDesk<NewDatabase>({
    moves: [
      { type: 'shop2' },
      { choose: 'admin' },
      { choose: 'Name' },
      { type: 'shop' },
      { choose: 'Create Database' },
    ],
  });
  await createDatabase(deps)(world.add());
  assert.deepEqual(calls, ['createDatabase postgres-aaaa1111']);
  assert.ok(world.databases.has('shop'));
  assert.deepEqual(
    prompter.seen.map(({ key }) => key),
    ['name', 'owner', 'send', 'name', 'send'],
  );
  assert.deepEqual(messages.shown, ['status: Database "shop" of "shop" is created.']);
});

test('a database goes once its name is typed, and its owner is not asked for when it is known', async () => {
  const { world, deps, prompter, messages } = await manageDesk<DeleteDatabaseAnswers>({ moves: [{ type: 'old' }] });
  world.databases.add('old');
  await deleteDatabase(deps)(world.add(), { name: 'old', owner: 'admin' });
  assert.ok(!world.databases.has('old'));
  assert.deepEqual(
    prompter.seen.map(({ key }) => key),
    ['typed'],
  );
  assert.deepEqual(messages.shown, ['status: Database "old" of "shop" is deleted.']);
});

test('on an instance the database is asked for, and an owner that is not named as well', async () => {
  const { world, deps, prompter } = await manageDesk<DeleteDatabaseAnswers>({
    moves: [{ choose: 'old' }, { choose: 'admin' }, { type: 'old' }],
  });
  world.databases.add('old');
  world.management.databases = () => Promise.resolve([...world.databases].map((name) => ({ name })));
  await deleteDatabase(deps)(world.add());
  assert.deepEqual(
    prompter.seen.map(({ key }) => key),
    ['database', 'owner', 'typed'],
  );
  assert.ok(!world.databases.has('old'));
});

test('a name that is not typed exactly deletes nothing, whatever let it through', async () => {
  for (const wrong of ['old ', 'OLD', '']) {
    const { world, deps, calls } = await manageDesk<DeleteDatabaseAnswers>();
    const ask = () => Promise.resolve({ kind: 'finish', values: { typed: wrong } } as const);
    await deleteDatabase({ ...deps, ask })(world.add(), { name: 'old', owner: 'admin' });
    assert.deepEqual(calls, []);
  }
});

test('an account goes once its name is typed, with the password that was kept for it', async () => {
  const { world, window, deps, prompter } = await manageDesk<DeleteAccountAnswers>({ moves: [{ type: 'admin' }] });
  const shop = world.add();
  await window.passwords.keepPending('op-x', 'admin', deps.generate());
  await window.passwords.settlePending('op-x', shop.id);
  await deleteAccount(deps)(shop, 'admin');
  assert.ok(!world.accounts.has('admin'));
  assert.equal(await window.passwords.get(shop.id, 'admin'), undefined);
  assert.equal(prompter.seen.length, 1);

  const asked = await manageDesk<DeleteAccountAnswers>({ moves: [{ choose: 'admin' }, 'escape'] });
  await deleteAccount(asked.deps)(asked.world.add());
  assert.deepEqual(asked.calls, []);
});

test('a name that cannot be typed as it is read stands aside for a word', async () => {
  const name = 'a\u202Eb';
  const { world, deps, calls } = await manageDesk<DeleteAccountAnswers>({ moves: [{ type: 'delete' }] });
  await deleteAccount(deps)(world.add(), name);
  assert.deepEqual(calls, ['deleteAccount postgres-aaaa1111']);
});

test('no account, and a list of accounts that cannot be loaded, are said in the list', async () => {
  const none = await manageDesk<DeleteAccountAnswers>({ moves: ['enter', 'escape'] });
  none.world.accounts.clear();
  await deleteAccount(none.deps)(none.world.add());
  assert.deepEqual(none.prompter.seen[0]?.rows, ['There is no account.']);
});

test('the inside of an instance that cannot be managed is not touched', async () => {
  const { world, deps, messages, calls } = await manageDesk();
  const shop = world.add({ offering: 'serverless' });
  await resetPassword(deps)(shop);
  await createAccount(deps)(shop);
  await deleteAccount(deps)(shop);
  await createDatabase(deps)(shop);
  await deleteDatabase(deps)(shop);
  assert.deepEqual([messages.shown.length, calls], [5, []]);
});
