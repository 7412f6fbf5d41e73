import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseRegions } from '../../../src/commands/chooseRegions.ts';
import { renameProfile } from '../../../src/commands/renameProfile.ts';
import { signOut } from '../../../src/commands/signOut.ts';
import { switchProfile } from '../../../src/commands/switchProfile.ts';
import { createSession } from '../../../src/credentials/session.ts';
import type { Session } from '../../../src/credentials/session.ts';
import type { ServiceRegion } from '../../../src/domain/ports.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { serverless } from '../../../src/domain/offerings/serverless.ts';
import type { Choose, ListRow } from '../../../src/domain/windowPorts.ts';
import { memoryLog, memoryMessages, memoryVault } from '../../support/memory.ts';

const signal = new AbortController().signal;

async function sessionOf(...names: readonly string[]): Promise<Session> {
  let ids = 0;
  const session = createSession({
    vault: memoryVault(),
    notice: { send: () => Promise.resolve(), onDidHear: () => ({ dispose: () => undefined }) },
    newId: () => String((ids += 1)),
    sleep: () => Promise.resolve(),
  });
  await session.open();
  for (const [index, name] of names.entries()) {
    const accountId = String(1_000 + index);
    const profile = { name, source: { kind: 'stored' }, accountId, userId: accountId } as const;
    await session.add(profile, { secretId: `AKID${name}`, secretKey: new Secret('key') });
  }
  return session;
}

/** Chooses the row with this label; `undefined` presses Escape. */
function choosing(label: string | undefined): { choose: Choose; seen: string[] } {
  const seen: string[] = [];
  const choose = <T>(_title: string, _placeholder: string, rows: readonly ListRow<T>[]): Promise<T | undefined> => {
    seen.push(...rows.map((row) => row.label));
    const row = rows.find((one) => one.label === label);
    assert.equal(row === undefined, label === undefined);
    return Promise.resolve(row?.value);
  };
  return { choose, seen };
}

function inUse(session: Session): string {
  const state = session.state();
  return state.kind === 'cloud' ? state.current.name : state.kind;
}

test('another profile is put to use, and its name is said', async () => {
  const session = await sessionOf('one', 'two');
  const messages = memoryMessages();
  const { choose } = choosing('one');
  const run = switchProfile({ session, source: () => '', choose, add: () => Promise.reject(new Error()), messages });
  assert.equal(inUse(session), 'two');
  await run();
  assert.equal(inUse(session), 'one');
  assert.match(messages.shown.join(), /"one" is in use/);
});

test('all profiles are shown, and then the one in use again', async () => {
  const session = await sessionOf('one', 'two');
  const deps = { session, source: () => '', add: () => Promise.resolve(), messages: memoryMessages() };
  await switchProfile({ ...deps, choose: choosing('Show all profiles in the tree').choose })();
  const all = session.state();
  assert.equal(all.kind === 'cloud' && all.showAll, true);
  await switchProfile({ ...deps, choose: choosing('Show the profile in use only').choose })();
  const one = session.state();
  assert.equal(one.kind === 'cloud' && one.showAll, false);
});

test('with a single profile there is nothing to show all of; without any it adds one', async () => {
  let added = 0;
  const add = (): Promise<void> => {
    added += 1;
    return Promise.resolve();
  };
  const messages = memoryMessages();
  const { choose, seen } = choosing('Add profile…');
  await switchProfile({ session: await sessionOf('one'), source: () => '', choose, add, messages })();
  assert.deepEqual(seen, ['one', 'Add profile…']);
  await switchProfile({
    session: await sessionOf(),
    source: () => '',
    choose: choosing(undefined).choose,
    add,
    messages,
  })();
  assert.equal(added, 2);
});

test('signing out of one of several profiles leaves the others; Escape leaves all', async () => {
  const session = await sessionOf('one', 'two');
  const deps = { session, stopSimulator: () => Promise.resolve(), messages: memoryMessages() };
  await signOut({ ...deps, choose: choosing(undefined).choose })();
  assert.equal(inUse(session), 'two');
  await signOut({ ...deps, choose: choosing('two').choose })();
  assert.equal(inUse(session), 'one');
  // With one left nothing has to be asked.
  await signOut({ ...deps, choose: () => Promise.reject(new Error()) })();
  assert.equal(inUse(session), 'signedOut');
});

test('all profiles are signed out of at once', async () => {
  const session = await sessionOf('one', 'two');
  let stopped = 0;
  await signOut({
    session,
    stopSimulator: () => Promise.resolve(void (stopped += 1)),
    choose: choosing('All profiles').choose,
    messages: memoryMessages(),
  })();
  assert.equal(inUse(session), 'signedOut');
  assert.equal(stopped, 1);
});

test('a profile is renamed, and not to the name of another', async () => {
  const session = await sessionOf('one', 'two');
  await renameProfile({
    session,
    askText: ({ value, rule }) => {
      assert.equal(value, 'two');
      assert.equal(rule('two'), undefined);
      assert.match(rule('one') ?? '', /Another profile/);
      assert.match(rule(' ') ?? '', /name/);
      return Promise.resolve('  three ');
    },
  })();
  assert.equal(inUse(session), 'three');
});

function regionsCommand(
  session: Session,
  list: () => Promise<ServiceRegion[]>,
  pick: (rows: readonly ListRow<unknown>[]) => readonly string[],
) {
  const refreshed: string[] = [];
  const shown: ListRow<unknown>[] = [];
  const run = chooseRegions({
    session,
    catalog: () => ({ regions: list }),
    offerings: [serverless],
    asked: () => ['ap-shanghai', 'xx-typed'],
    chooseMany: async (_title, _placeholder, rows) => {
      const loaded = await rows();
      shown.push(...loaded);
      const wanted = pick(loaded);
      return loaded.filter(({ label }) => wanted.includes(label)).map(({ value }) => value);
    },
    refresh: (accountId) => Promise.resolve(void refreshed.push(accountId)),
    explain: (error) => ({ kind: 'network', meaning: error.message, next: [] }),
    messages: memoryMessages(),
    signal,
    log: memoryLog(),
  });
  return { run, shown, refreshed };
}

function chosenRegions(session: Session): readonly string[] | undefined {
  const state = session.state();
  return state.kind === 'cloud' ? state.current.regions : undefined;
}

test('regions are those that the service lists, those asked now are ticked, and the choice is kept', async () => {
  const session = await sessionOf('one');
  const listed = [
    { region: 'ap-tokyo', name: '东京', available: true },
    { region: 'na-toronto', name: '多伦多', available: false },
  ];
  const { run, shown, refreshed } = regionsCommand(
    session,
    () => Promise.resolve(listed),
    () => ['ap-tokyo'],
  );
  await run();
  assert.deepEqual(chosenRegions(session), ['ap-tokyo']);
  assert.deepEqual(refreshed, ['1000']);
  assert.deepEqual(
    shown.filter(({ picked }) => picked).map(({ label }) => label),
    ['ap-shanghai', 'xx-typed'],
  );
  assert.match(shown.find(({ label }) => label === 'na-toronto')?.detail ?? '', /not available/);
  // A known name in the language of the editor stands before the one of the answer.
  assert.equal(shown.find(({ label }) => label === 'ap-tokyo')?.description, 'Northeast Asia (Tokyo)');
});

test('no region means the proposed ones, and a list that cannot be had is no end', async () => {
  const session = await sessionOf('one');
  const down = (): Promise<never> => Promise.reject(new Error('The list is not to be had.'));
  await regionsCommand(session, down, () => ['ap-seoul']).run();
  assert.deepEqual(chosenRegions(session), ['ap-seoul']);
  const { run, shown } = regionsCommand(session, down, () => []);
  await run();
  assert.equal(chosenRegions(session), undefined);
  assert.equal(shown.find(({ label }) => label === 'ap-seoul')?.detail, 'The list is not to be had.');
});
