import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConnections } from '../../../src/credentials/connections.ts';
import type { Connections } from '../../../src/credentials/connections.ts';
import { createSession } from '../../../src/credentials/session.ts';
import type { NewProfile, Session } from '../../../src/credentials/session.ts';
import type { Connection, Credentials, SourcedKeys } from '../../../src/domain/credentials.ts';
import { KeysUnavailableError, NotSignedInError } from '../../../src/domain/errors.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { memoryVault } from '../../support/memory.ts';

const signal = new AbortController().signal;
const key = (secretId: string): Credentials => ({ secretId, secretKey: new Secret(`${secretId}-key`) });
const stored: NewProfile = { name: 'one', source: { kind: 'stored' }, accountId: '1000', userId: '1' };
const tccli: NewProfile = { name: 'dev', source: { kind: 'tccli', profile: 'dev' }, accountId: '2000', userId: '2' };

interface World {
  readonly session: Session;
  readonly connections: Connections;
  /** What the source of the command line holds. */
  source: SourcedKeys | Error;
  /** Whose the keys are, when the service is asked. */
  owner: string;
  readonly identified: string[];
  readonly assumed: string[];
  /** Which keys were said to be refused, and to whom. */
  readonly refused: string[];
}

async function world(): Promise<World> {
  let ids = 0;
  const session = createSession({
    vault: memoryVault(),
    notice: { send: () => Promise.resolve(), onDidHear: () => ({ dispose: () => undefined }) },
    newId: () => String((ids += 1)),
    sleep: () => Promise.resolve(),
  });
  await session.open();
  const state: World = {
    session,
    source: { credentials: key('AKIDDEV') },
    owner: '2000',
    identified: [],
    assumed: [],
    refused: [],
    connections: createConnections({
      opened: () => Promise.resolve(),
      session,
      sources: () =>
        Promise.resolve({
          read: (_source, _signal, refused) => {
            if (refused !== undefined) state.refused.push(`read ${refused.secretId}`);
            return state.source instanceof Error ? Promise.reject(state.source) : Promise.resolve(state.source);
          },
          assume: ({ credentials, target }, role, _signal, refused) => {
            if (refused !== undefined) state.refused.push(`assume ${refused.secretId}`);
            state.assumed.push(`${credentials.secretId} ${target.site} ${role.roleArn}`);
            return Promise.resolve({ credentials: key('AKIDROLE'), expiresAt: 5_000 });
          },
        }),
      identify: ({ credentials }) => {
        state.identified.push(credentials.secretId);
        return Promise.resolve({ accountId: state.owner, userId: '2', arn: '', type: '' });
      },
      target: () => ({ site: 'mainland', endpoint: 'http://127.0.0.1:1' }),
      revive: (address) => Promise.resolve({ ...address, endpoint: 'http://127.0.0.1:9' }),
      signal,
    }),
  };
  return state;
}

const idOf = ({ credentials }: Connection): string => credentials.secretId;

test('each account is called with its own keys, whichever profile is in use', async () => {
  const { session, connections } = await world();
  await session.add(stored, key('AKID1'));
  await session.add({ ...stored, name: 'two', accountId: '3000', userId: '3', site: 'international' }, key('AKID3'));
  assert.equal(idOf(await connections.of('1000')), 'AKID1');
  const other = await connections.of('3000');
  assert.equal(idOf(other), 'AKID3');
  assert.deepEqual(other.target, { site: 'international', endpoint: 'http://127.0.0.1:1' });
  await assert.rejects(connections.of('4000'), NotSignedInError);
  await assert.rejects(connections.of(''), NotSignedInError);
});

test('keys of a source are read at each call, and their account is checked once for each key', async () => {
  const state = await world();
  const { session, connections, identified } = state;
  const { id } = await session.add(tccli);
  await connections.of('2000');
  await connections.of('2000');
  assert.deepEqual(identified, ['AKIDDEV']);
  state.source = { credentials: key('AKIDNEW'), expiresAt: 9_000 };
  assert.equal(idOf(await connections.of('2000')), 'AKIDNEW');
  assert.deepEqual(identified, ['AKIDDEV', 'AKIDNEW']);
  assert.deepEqual(connections.seen(id), { expiresAt: 9_000 });
});

test('nothing is sent with keys of another account than the profile was made for', async () => {
  const state = await world();
  const { id } = await state.session.add(tccli);
  state.owner = '9999';
  const refused = await state.connections.of('2000').catch((error: unknown) => error);
  assert.ok(refused instanceof KeysUnavailableError);
  assert.deepEqual(refused.problem, { kind: 'otherAccount', accountId: '9999' });
  assert.equal(state.connections.seen(id).problem, refused);
});

test('expired keys are told, and renewed ones work at once', async () => {
  const state = await world();
  const { session, connections } = state;
  const { id } = await session.add(tccli);
  let told = 0;
  connections.onDidChange(() => (told += 1));
  state.source = new KeysUnavailableError(tccli.source, { kind: 'expired', at: 1 });
  await assert.rejects(connections.of('2000'), KeysUnavailableError);
  assert.equal(connections.seen(id).problem, state.source);
  state.source = { credentials: key('AKIDNEW') };
  await connections.of('2000');
  assert.equal(connections.seen(id).problem, undefined);
  assert.equal(told, 2);
});

test('a role is assumed with kept keys, and its keys sign', async () => {
  const { session, connections, assumed } = await world();
  const role = { roleArn: 'qcs::cam::uin/1000:roleName/dba', sessionName: 's' };
  const { id } = await session.add({ ...stored, role, site: 'mainland' }, key('AKID1'));
  assert.equal(idOf(await connections.of('1000')), 'AKIDROLE');
  assert.deepEqual(assumed, [`AKID1 mainland ${role.roleArn}`]);
  assert.deepEqual(connections.seen(id), { expiresAt: 5_000 });
});

test('a way that is not kept yet goes to the site of its source', async () => {
  const state = await world();
  state.source = { credentials: key('AKIDDEV'), site: 'international' };
  const found = await state.connections.by({ source: tccli.source }, signal);
  assert.equal(found.target.site, 'international');
  const typed = await state.connections.by({ source: { kind: 'stored' }, keys: key('AKID1') }, signal);
  assert.deepEqual([idOf(typed), typed.target.site], ['AKID1', 'mainland']);
});

test('while the simulator is in use, its account is called where it answers now, and others with their own keys', async () => {
  const { session, connections } = await world();
  await session.add(stored, key('AKID1'));
  const address = { endpoint: 'http://127.0.0.1:5', secretId: 'AKIDSIM', secretKey: new Secret('sim') };
  await session.useSimulator(address, { accountId: '7', userId: '7', arn: '', type: '' });
  const { credentials, target } = await connections.of('7');
  assert.deepEqual([credentials.secretId, target.endpoint], ['AKIDSIM', 'http://127.0.0.1:9']);
  assert.equal(idOf(await connections.of('1000')), 'AKID1');
});

test('which keys the service refused is handed on to whoever may keep them', async () => {
  const { session, connections, refused } = await world();
  await session.add(stored, key('AKID1'));
  const role = { roleArn: 'qcs::cam::uin/2000:roleName/dba', sessionName: 's' };
  await session.add({ ...tccli, role });
  await connections.of('2000', key('AKIDROLE'));
  assert.deepEqual(refused, ['read AKIDROLE', 'assume AKIDROLE']);
  assert.equal(idOf(await connections.of('1000', key('AKID1'))), 'AKID1', 'those that were typed in are all there is');
});
