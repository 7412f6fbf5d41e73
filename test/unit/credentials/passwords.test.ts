import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPasswords } from '../../../src/credentials/passwords.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { memoryFacts, memorySecrets } from '../../support/targets.ts';

test('a password is kept for its instance alone, and forgotten', async () => {
  const passwords = createPasswords({ secrets: memorySecrets(), memory: memoryFacts() });
  await passwords.set('postgres-1', new Secret('one'));
  await passwords.set('postgres-2', new Secret('two'));
  await passwords.forget('postgres-2');
  await passwords.forget('postgres-3');
  assert.equal((await passwords.get('postgres-1'))?.reveal(), 'one');
  assert.equal(await passwords.get('postgres-2'), undefined);
  assert.deepEqual([passwords.keeps('postgres-1'), passwords.keeps('postgres-2')], [true, false]);
});

test('another window finds what one has kept', async () => {
  const [secrets, memory] = [memorySecrets(), memoryFacts()];
  await createPasswords({ secrets, memory }).set('postgres-1', new Secret('one'));
  const other = createPasswords({ secrets, memory });
  assert.equal((await other.get('postgres-1'))?.reveal(), 'one');
  assert.ok(other.keeps('postgres-1'));
});

test('what is noted outside the secret storage is the id, never the password', async () => {
  const memory = memoryFacts();
  const passwords = createPasswords({ secrets: memorySecrets(), memory });
  await passwords.set('postgres-1', new Secret('hunter2'));
  await passwords.set('postgres-1', new Secret('hunter3'));
  assert.deepEqual(memory.read('keptPasswords'), ['postgres-1']);
});

test('a note of any shape does no harm', async () => {
  for (const keptPasswords of ['x', 7, null, [1, 'postgres-9'], { a: 1 }]) {
    const passwords = createPasswords({ secrets: memorySecrets(), memory: memoryFacts({ keptPasswords }) });
    assert.ok(!passwords.keeps('postgres-1'));
    await passwords.set('postgres-1', new Secret('one'));
    assert.ok(passwords.keeps('postgres-1'));
  }
});
