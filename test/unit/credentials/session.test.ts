import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SessionState } from '../../../src/credentials/session.ts';
import { accountOf, createSession } from '../../../src/credentials/session.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { memoryVault } from '../../support/memory.ts';

const identity = { accountId: '1000', userId: '2000', arn: 'qcs::cam::uin/1000:uin/2000', type: 'CAMUser' };
const credentials = { secretId: 'AKID1', secretKey: new Secret('key-1'), token: new Secret('token-1') };
const simulator = { endpoint: 'http://127.0.0.1:1', secretId: 'AKIDSIM', secretKey: new Secret('sim') };

test('keys are kept in the vault and found there by the next start', async () => {
  const vault = memoryVault();
  const first = createSession(vault);
  await first.open();
  assert.equal(first.state().kind, 'signedOut');
  await first.signIn(credentials, identity);

  const second = createSession(vault);
  assert.equal(second.state().kind, 'opening');
  await second.open();
  const state = second.state();
  assert.ok(state.kind === 'cloud');
  assert.equal(state.accountId, '1000');
  assert.equal(state.credentials.secretKey.reveal(), 'key-1');
  assert.equal(state.credentials.token?.reveal(), 'token-1');
});

test('a second window notices a sign-in and a sign-out at once', async () => {
  const vault = memoryVault();
  const [one, two] = [createSession(vault), createSession(vault)];
  await Promise.all([one.open(), two.open()]);
  const seen: SessionState['kind'][] = [];
  two.onDidChange(({ kind }) => seen.push(kind));
  await one.signIn(credentials, identity);
  await one.signOut();
  await new Promise(setImmediate);
  assert.deepEqual(seen, ['cloud', 'signedOut']);
  assert.equal(vault.text(), undefined);
});

test('the simulator stands before the account and gives it back', async () => {
  const session = createSession(memoryVault());
  await session.open();
  await session.signIn(credentials, identity);
  await session.useSimulator(simulator, { ...identity, accountId: '9' });
  assert.equal(accountOf(session.state()), '9');
  await session.leaveSimulator();
  assert.equal(accountOf(session.state()), '1000');
});

test('signing out forgets the simulator too', async () => {
  const vault = memoryVault();
  const session = createSession(vault);
  await session.open();
  await session.useSimulator(simulator, identity);
  await session.signOut();
  assert.equal(session.state().kind, 'signedOut');
  assert.equal(accountOf(session.state()), '');
});

test('whatever stands in the vault opens, as somebody or as nobody', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
      const session = createSession(memoryVault(text));
      await session.open();
      assert.equal(session.state().kind, 'signedOut');
    }),
  );
});

test('a session prints no secret', async () => {
  const session = createSession(memoryVault());
  await session.open();
  await session.signIn(credentials, identity);
  assert.doesNotMatch(JSON.stringify(session.state()), /key-1|token-1/);
});
