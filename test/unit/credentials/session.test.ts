import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SessionState } from '../../../src/credentials/session.ts';
import type { Notice, Session, Vault } from '../../../src/credentials/session.ts';
import { accountOf, accountsOf, createSession, profileOf } from '../../../src/credentials/session.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { memoryVault } from '../../support/memory.ts';

const identity = { accountId: '1000', userId: '2000', arn: 'qcs::cam::uin/1000:uin/2000', type: 'CAMUser' };
const profile = { name: 'main', source: { kind: 'stored' }, accountId: '1000', userId: '2000' } as const;
const credentials = { secretId: 'AKID1', secretKey: new Secret('key-1'), token: new Secret('token-1') };
const simulator = { endpoint: 'http://127.0.0.1:1', secretId: 'AKIDSIM', secretKey: new Secret('sim') };

const deaf: Notice = { send: () => Promise.resolve(), onDidHear: () => ({ dispose: () => undefined }) };

let generations = 0;
const sessionOver = (vault: Vault, notice = deaf): Session =>
  createSession({
    vault,
    notice,
    newId: () => String((generations += 1)),
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
  await first.add(profile, credentials);

  const second = sessionOver(vault);
  assert.equal(second.state().kind, 'opening');
  await second.open();
  const state = second.state();
  assert.ok(state.kind === 'cloud');
  assert.equal(state.current.accountId, '1000');
  const keys = second.keysOf(state.current.id);
  assert.equal(keys?.secretKey.reveal(), 'key-1');
  assert.equal(keys.token?.reveal(), 'token-1');
});

test('a second window notices a sign-in and a sign-out at once', async () => {
  const vault = memoryVault();
  const [one, two] = [sessionOver(vault), sessionOver(vault)];
  await Promise.all([one.open(), two.open()]);
  const seen: SessionState['kind'][] = [];
  two.onDidChange(({ kind }) => seen.push(kind));
  await one.add(profile, credentials);
  await one.signOut();
  await new Promise(setImmediate);
  assert.deepEqual(seen, ['cloud', 'signedOut']);
  assert.equal(vault.text(), undefined);
});

test('the simulator stands before the account and gives it back', async () => {
  const session = sessionOver(memoryVault());
  await session.open();
  await session.add(profile, credentials);
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
  await session.add(profile, credentials);
  assert.doesNotMatch(JSON.stringify(session.state()), /key-1|token-1/);
});

test('where the vault tells no other window, a sign-out is noticed all the same and a sign-in asks for a reload', async () => {
  const [vaultOf, noticeOf] = [browserVaults(), memoryNotice()];
  const [one, two] = [sessionOver(vaultOf(), noticeOf()), sessionOver(vaultOf(), noticeOf())];
  await Promise.all([one.open(), two.open()]);
  const seen: SessionState['kind'][] = [];
  two.onDidChange(({ kind }) => seen.push(kind));

  await one.add(profile, credentials);
  await settled();
  await one.signOut();
  await settled();
  assert.deepEqual(seen, ['stale', 'signedOut']);
  assert.equal(accountOf(two.state()), '');

  await two.add(profile, credentials);
  assert.equal(two.state().kind, 'cloud');
  await settled();
  assert.equal(one.state().kind, 'stale');
});

test('a window that cannot read what another wrote does not write over it', async () => {
  const [vaultOf, noticeOf] = [browserVaults(), memoryNotice()];
  const [one, two] = [sessionOver(vaultOf(), noticeOf()), sessionOver(vaultOf(), noticeOf())];
  await Promise.all([one.open(), two.open()]);
  await one.add(profile, credentials);
  await settled();
  await assert.rejects(two.add({ ...profile, accountId: '3000' }, credentials), /Reload this window/);

  const three = sessionOver(vaultOf(), noticeOf());
  await three.open();
  assert.equal(accountOf(three.state()), '1000');
});

test('what another window forgot does not come back with a new profile', async () => {
  const [vaultOf, noticeOf] = [browserVaults(), memoryNotice()];
  const first = sessionOver(vaultOf(), noticeOf());
  await first.open();
  await first.add(profile, credentials);
  const [one, two] = [sessionOver(vaultOf(), noticeOf()), sessionOver(vaultOf(), noticeOf())];
  await Promise.all([one.open(), two.open()]);
  await one.signOut();
  await settled();
  await two.add({ ...profile, accountId: '3000' }, credentials);
  const state = two.state();
  assert.deepEqual(state.kind === 'cloud' && state.profiles.map(({ accountId }) => accountId), ['3000']);
});

test('of several profiles one is in use, and all of their accounts may be shown', async () => {
  const vault = memoryVault();
  const session = sessionOver(vault);
  await session.open();
  const first = await session.add(profile, credentials);
  const second = await session.add({ ...profile, name: 'other', accountId: '3000' }, credentials);
  assert.deepEqual(accountsOf(session.state()), ['3000']);
  await session.showAll(true);
  assert.deepEqual(accountsOf(session.state()), ['3000', '1000']);
  await session.use(first.id);
  assert.equal(profileOf(session.state(), '3000')?.name, 'other');

  const next = sessionOver(vault);
  await next.open();
  assert.deepEqual(accountsOf(next.state()), ['1000', '3000']);
  await next.remove(first.id);
  assert.equal(accountOf(next.state()), '3000');
  assert.equal(next.keysOf(first.id), undefined);
  await next.remove(second.id);
  assert.equal(next.state().kind, 'signedOut');
  assert.equal(vault.text(), undefined);
});

test('new keys of the same user replace the old ones; the name and the regions that were chosen stay', async () => {
  const session = sessionOver(memoryVault());
  await session.open();
  const { id } = await session.add(profile, credentials);
  await session.change(id, { name: 'mine', regions: ['ap-beijing'] });
  const again = await session.add(profile, { ...credentials, secretId: 'AKID2' });
  assert.deepEqual(again, { ...profile, id, name: 'mine', regions: ['ap-beijing'] });
  assert.equal(session.keysOf(id)?.secretId, 'AKID2');
  await session.change(id, { regions: undefined });
  const state = session.state();
  assert.deepEqual(state.kind === 'cloud' && state.profiles, [{ ...profile, id, name: 'mine' }]);
});

test('a profile whose keys come from elsewhere is kept without keys', async () => {
  const vault = memoryVault();
  const session = sessionOver(vault);
  await session.open();
  const role = { roleArn: 'qcs::cam::uin/1000:roleName/dba', sessionName: 'editor' };
  const kept = { ...profile, source: { kind: 'tccli', profile: 'dev' }, role, site: 'international' } as const;
  const { id } = await session.add(kept);
  const next = sessionOver(vault);
  await next.open();
  const state = next.state();
  assert.deepEqual(state.kind === 'cloud' && state.current, { ...kept, id });
  assert.equal(next.keysOf(id), undefined);
});

test('the one account of an earlier version is found again', async () => {
  const text = JSON.stringify({
    version: 1,
    generation: 'g',
    cloud: { secretId: 'AKID1', secretKey: 'key-1', accountId: '1000', userId: '2000' },
  });
  const session = sessionOver(memoryVault(text));
  await session.open();
  const state = session.state();
  assert.ok(state.kind === 'cloud');
  assert.equal(state.current.accountId, '1000');
  assert.equal(session.keysOf(state.current.id)?.secretKey.reveal(), 'key-1');
});

test('where the vault tells every window, the notice changes nothing', async () => {
  const [vault, noticeOf] = [memoryVault(), memoryNotice()];
  const [one, two] = [sessionOver(vault, noticeOf()), sessionOver(vault, noticeOf())];
  await Promise.all([one.open(), two.open()]);
  const seen: SessionState['kind'][] = [];
  two.onDidChange(({ kind }) => seen.push(kind));
  await one.add(profile, credentials);
  await one.add(profile, { ...credentials, secretId: 'AKID2' });
  await settled();
  assert.deepEqual(seen, ['cloud', 'cloud']);
});
