import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SecretStore } from '../../../src/credentials/passwords.ts';
import { createPasswords } from '../../../src/credentials/passwords.ts';
import type { Memory } from '../../../src/domain/memory.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { memoryLog } from '../../support/memory.ts';
import { memoryFacts, memorySecrets } from '../../support/targets.ts';

function vault(secrets: SecretStore = memorySecrets(), memory: Memory = memoryFacts()) {
  const log = memoryLog();
  const passwords = createPasswords({ secrets, memory, log });
  const words = async (id: string, user?: string): Promise<string | undefined> =>
    (await passwords.get(id, user))?.reveal();
  return { passwords, secrets, memory, log, words };
}

test('a password is kept for its instance alone, and forgotten', async () => {
  const { passwords, words } = vault();
  await passwords.set('postgres-1', new Secret('one'));
  await passwords.set('postgres-2', new Secret('two'));
  await passwords.forget('postgres-2');
  await passwords.forget('postgres-3');
  assert.equal(await words('postgres-1'), 'one');
  assert.equal(await words('postgres-2'), undefined);
  assert.deepEqual([passwords.keeps('postgres-1'), passwords.keeps('postgres-2')], [true, false]);
});

test('each account of an instance has its own, whatever the account is called', async () => {
  const { passwords, words } = vault();
  const users = ['admin', 'app', '__proto__', 'a/b', '', '"'];
  for (const user of users) await passwords.set('postgres-1', new Secret(`of ${user}`), user);
  for (const user of users) assert.equal(await words('postgres-1', user), `of ${user}`);
  assert.equal(await words('postgres-1', 'other'), undefined);
  assert.equal(await words('postgres-1'), undefined, 'that of an account is not that of the instance');
  assert.equal(await words('postgres-2', 'admin'), undefined);
});

test('accounts that are kept at the same moment do not overwrite each other', async () => {
  const { passwords, words } = vault();
  await Promise.all(['a', 'b', 'c'].map((user) => passwords.set('postgres-1', new Secret(user), user)));
  assert.deepEqual(await Promise.all(['a', 'b', 'c'].map((user) => words('postgres-1', user))), ['a', 'b', 'c']);
});

test('one that is kept for the instance, as older versions did, serves every account that has none', async () => {
  const secrets = memorySecrets();
  await secrets.store('tencentdbPostgres.password.postgres-1', 'old');
  const { passwords, words } = vault(secrets);
  await passwords.set('postgres-1', new Secret('new'), 'app');
  assert.deepEqual([await words('postgres-1'), await words('postgres-1', 'admin')], ['old', 'old']);
  assert.equal(await words('postgres-1', 'app'), 'new');
});

test('one account is forgotten alone, and with the instance all of them', async () => {
  const { passwords, words, secrets } = vault();
  await passwords.set('postgres-1', new Secret('i'));
  await passwords.set('postgres-1', new Secret('a'), 'admin');
  await passwords.set('postgres-1', new Secret('b'), 'app');
  await passwords.forget('postgres-1', 'app');
  assert.deepEqual([await words('postgres-1', 'admin'), await words('postgres-1', 'app')], ['a', 'i']);
  assert.ok(passwords.keeps('postgres-1'));
  await passwords.forget('postgres-1');
  assert.deepEqual([await words('postgres-1', 'admin'), await words('postgres-1')], [undefined, undefined]);
  assert.ok(!passwords.keeps('postgres-1'));
  assert.equal(await secrets.get('tencentdbPostgres.accountPasswords.postgres-1'), undefined);
});

test('an instance is not noted any more once its last account is forgotten', async () => {
  const { passwords } = vault();
  await passwords.set('postgres-1', new Secret('a'), 'admin');
  assert.ok(passwords.keeps('postgres-1'));
  await passwords.forget('postgres-1', 'admin');
  assert.ok(!passwords.keeps('postgres-1'));
});

test('another window finds what one has kept', async () => {
  const [secrets, memory] = [memorySecrets(), memoryFacts()];
  await vault(secrets, memory).passwords.set('postgres-1', new Secret('one'), 'admin');
  const other = vault(secrets, memory);
  assert.equal(await other.words('postgres-1', 'admin'), 'one');
  assert.ok(other.passwords.keeps('postgres-1'));
});

test('what is noted outside the secret storage is the id, never the password', async () => {
  const { passwords, memory } = vault();
  await passwords.set('postgres-1', new Secret('hunter2'));
  await passwords.set('postgres-1', new Secret('hunter3'), 'admin');
  assert.deepEqual(memory.read('keptPasswords'), ['postgres-1']);
});

test('a note of any shape does no harm', async () => {
  for (const keptPasswords of ['x', 7, null, [1, 'postgres-9'], { a: 1 }]) {
    const { passwords } = vault(memorySecrets(), memoryFacts({ keptPasswords }));
    assert.ok(!passwords.keeps('postgres-1'));
    await passwords.set('postgres-1', new Secret('one'));
    assert.ok(passwords.keeps('postgres-1'));
  }
});

test('a secret that cannot be understood counts as none, and is replaced', async () => {
  for (const broken of ['', '{', 'null', '7', '{"admin":"x"}', '[["admin"]]', '[["admin",7],null]']) {
    const secrets = memorySecrets();
    await secrets.store('tencentdbPostgres.accountPasswords.postgres-1', broken);
    const { passwords, words } = vault(secrets);
    assert.equal(await words('postgres-1', 'admin'), undefined, broken);
    await passwords.set('postgres-1', new Secret('one'), 'admin');
    assert.equal(await words('postgres-1', 'admin'), 'one');
  }
});

test('the password of a create belongs to its instance as soon as that is known, in any window', async () => {
  const [secrets, memory] = [memorySecrets(), memoryFacts()];
  await vault(secrets, memory).passwords.keepPending('op-1', 'admin', new Secret('hunter2'));
  const other = vault(secrets, memory);
  assert.ok(!other.passwords.keeps('postgres-1'));
  await other.passwords.settlePending('op-1', 'postgres-1');
  assert.equal(await other.words('postgres-1', 'admin'), 'hunter2');
  assert.ok(other.passwords.keeps('postgres-1'));
  assert.equal(await secrets.get('tencentdbPostgres.pendingPassword.op-1'), undefined);
  await other.passwords.settlePending('op-1', 'postgres-2');
  assert.equal(await other.words('postgres-2', 'admin'), undefined, 'it is used once');
});

test('a pending password that came to nothing is dropped', async () => {
  const { passwords, words } = vault();
  await passwords.keepPending('op-1', 'admin', new Secret('hunter2'));
  await passwords.dropPending('op-1');
  await passwords.dropPending('op-2');
  await passwords.settlePending('op-1', 'postgres-1');
  assert.equal(await words('postgres-1', 'admin'), undefined);
});

test('what cannot be settled stays pending, and is logged without the password', async () => {
  const secrets = memorySecrets();
  const { passwords, log, words } = vault(secrets);
  await passwords.keepPending('op-1', 'admin', new Secret('hunter2'));
  const { store } = secrets;
  const remove = secrets.delete;
  secrets.store = () => Promise.reject(new Error('locked'));
  secrets.delete = () => Promise.reject(new Error('locked'));
  await passwords.settlePending('op-1', 'postgres-1');
  await passwords.dropPending('op-1');
  assert.match(log.lines.join('\n'), /locked.*\n.*locked/);
  assert.doesNotMatch(log.lines.join(), /hunter2/);
  Object.assign(secrets, { store, delete: remove });
  await passwords.settlePending('op-1', 'postgres-1');
  assert.equal(await words('postgres-1', 'admin'), 'hunter2');
});

test('one that cannot be kept says so, and the next one is kept all the same', async () => {
  const secrets = memorySecrets();
  const { passwords, words } = vault(secrets);
  const { store } = secrets;
  secrets.store = () => Promise.reject(new Error('locked'));
  await assert.rejects(passwords.keepPending('op-1', 'admin', new Secret('x')), /locked/);
  await assert.rejects(passwords.set('postgres-1', new Secret('x'), 'admin'), /locked/);
  secrets.store = store;
  await passwords.set('postgres-1', new Secret('one'), 'admin');
  assert.equal(await words('postgres-1', 'admin'), 'one');
});
