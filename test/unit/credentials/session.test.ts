import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SessionState } from '../../../src/credentials/session.ts';
import type { Notice, Session, Vault } from '../../../src/credentials/session.ts';
import { accountOf, createSession } from '../../../src/credentials/session.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { memoryVault } from '../../support/memory.ts';

const identity = { accountId: '1000', userId: '2000', arn: 'qcs::cam::uin/1000:uin/2000', type: 'CAMUser' };
const credentials = { secretId: 'AKID1', secretKey: new Secret('key-1'), token: new Secret('token-1') };
const simulator = { endpoint: 'http://127.0.0.1:1', secretId: 'AKIDSIM', secretKey: new Secret('sim') };

const deaf: Notice = { send: () => Promise.resolve(), onDidHear: () => ({ dispose: () => undefined }) };

let generations = 0;
const sessionOver = (vault: Vault, notice = deaf): Session =>
  createSession({
    vault,
    notice,
    newGeneration: () => String((generations += 1)),
    sleep: () => Promise.resolve(),
  });

/** Word between the windows of one person. */
function memoryNotice(): () => Notice {
  const windows = new Map<object, (generation: string) => void>();
  return () => {
    const me = {};
    return {
      send: (generation) => {
        for (const [window, listener] of windows) if (window !== me) listener(generation);
        return Promise.resolve();
      },
      onDidHear: (listener) => {
        windows.set(me, listener);
        return { dispose: () => void windows.delete(me) };
      },
    };
  };
}

/** A vault as an editor in the browser has it: each window reads it once and hears of its own changes only. */
function browserVaults(): () => Vault {
  const shared = memoryVault();
  return () => {
    let own: Promise<string | undefined> | undefined;
    const listeners = new Set<() => void>();
    const change = async (text: string | undefined): Promise<void> => {
      own = Promise.resolve(text);
      await (text === undefined ? shared.forget() : shared.write(text));
      for (const listener of listeners) listener();
    };
    return {
      read: () => (own ??= shared.read()),
      write: change,
      forget: () => change(undefined),
      onDidChange: (listener) => {
        listeners.add(listener);
        return { dispose: () => void listeners.delete(listener) };
      },
    };
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test('keys are kept in the vault and found there by the next start', async () => {
  const vault = memoryVault();
  const first = sessionOver(vault);
  await first.open();
  assert.equal(first.state().kind, 'signedOut');
  await first.signIn(credentials, identity);

  const second = sessionOver(vault);
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
  const [one, two] = [sessionOver(vault), sessionOver(vault)];
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
  const session = sessionOver(memoryVault());
  await session.open();
  await session.signIn(credentials, identity);
  await session.useSimulator(simulator, { ...identity, accountId: '9' });
  assert.equal(accountOf(session.state()), '9');
  await session.leaveSimulator();
  assert.equal(accountOf(session.state()), '1000');
});

test('signing out forgets the simulator too', async () => {
  const vault = memoryVault();
  const session = sessionOver(vault);
  await session.open();
  await session.useSimulator(simulator, identity);
  await session.signOut();
  assert.equal(session.state().kind, 'signedOut');
  assert.equal(accountOf(session.state()), '');
});

test('whatever stands in the vault opens, as somebody or as nobody', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
      const session = sessionOver(memoryVault(text));
      await session.open();
      assert.equal(session.state().kind, 'signedOut');
    }),
  );
});

test('a session prints no secret', async () => {
  const session = sessionOver(memoryVault());
  await session.open();
  await session.signIn(credentials, identity);
  assert.doesNotMatch(JSON.stringify(session.state()), /key-1|token-1/);
});

test('where the vault tells no other window, a sign-out is noticed all the same and a sign-in asks for a reload', async () => {
  const [vaultOf, noticeOf] = [browserVaults(), memoryNotice()];
  const [one, two] = [sessionOver(vaultOf(), noticeOf()), sessionOver(vaultOf(), noticeOf())];
  await Promise.all([one.open(), two.open()]);
  const seen: SessionState['kind'][] = [];
  two.onDidChange(({ kind }) => seen.push(kind));

  await one.signIn(credentials, identity);
  await settled();
  await one.signOut();
  await settled();
  assert.deepEqual(seen, ['stale', 'signedOut']);
  assert.equal(accountOf(two.state()), '');

  await two.signIn(credentials, identity);
  assert.equal(two.state().kind, 'cloud');
  await settled();
  assert.equal(one.state().kind, 'stale');
});

test('where the vault tells every window, the notice changes nothing', async () => {
  const [vault, noticeOf] = [memoryVault(), memoryNotice()];
  const [one, two] = [sessionOver(vault, noticeOf()), sessionOver(vault, noticeOf())];
  await Promise.all([one.open(), two.open()]);
  const seen: SessionState['kind'][] = [];
  two.onDidChange(({ kind }) => seen.push(kind));
  await one.signIn(credentials, identity);
  await one.signIn({ ...credentials, secretId: 'AKID2' }, identity);
  await settled();
  assert.deepEqual(seen, ['cloud', 'cloud']);
});
