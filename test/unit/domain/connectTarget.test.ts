import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeptPassword } from '../../../src/domain/connectTarget.ts';
import { connectTargets, loginOf, preferred } from '../../../src/domain/connectTarget.ts';
import type { InstanceAccess, NetworkAddress } from '../../../src/domain/instance.ts';
import { reachOf, reachWords } from '../../../src/domain/reachability.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { instanceWith } from '../../support/instances.ts';

const privateAddress: NetworkAddress = { kind: 'private', host: '10.0.0.4', port: 5432, status: 'opened' };
const publicAddress: NetworkAddress = { kind: 'public', host: 'db.example.com', port: 5433, status: '1' };

function access(addresses: readonly NetworkAddress[], more: Partial<InstanceAccess> = {}): InstanceAccess {
  return {
    instance: instanceWith({ addresses }),
    accounts: [{ user: 'u', password: new Secret('first') }],
    databases: ['d'],
    ...more,
  };
}

const none: KeptPassword = () => undefined;

function hosts(of: InstanceAccess): string {
  const found = connectTargets(of, none);
  return 'what' in found ? `missing ${found.what}` : found.targets.map(({ host }) => host).join();
}

test('an open public address is proposed before a private one', () => {
  assert.equal(hosts(access([privateAddress, publicAddress])), 'db.example.com,10.0.0.4');
});

test('one address of each kind is offered, with the instance it leads to', () => {
  const second = { host: 'second.example.com' };
  const all = [privateAddress, { ...privateAddress, ...second }, publicAddress, { ...publicAddress, ...second }];
  const found = connectTargets(access(all), none);
  assert.ok('targets' in found);
  assert.deepEqual(
    found.targets.map(({ instance, address, host }) => [instance, address, host]),
    [
      [{ id: 'postgres-aaaa1111', name: 'shop' }, 'public', 'db.example.com'],
      [{ id: 'postgres-aaaa1111', name: 'shop' }, 'private', '10.0.0.4'],
    ],
  );
});

test('a closed address is passed over', () => {
  for (const shut of [{ host: '' }, { port: 0 }])
    assert.equal(hosts(access([{ ...publicAddress, ...shut }])), 'missing address');
  const closed = { ...publicAddress, status: '0' };
  assert.equal(hosts(access([closed, privateAddress])), '10.0.0.4');
  assert.equal(hosts(access([closed])), 'missing address');
});

test('a missing account or database is said', () => {
  assert.equal(hosts(access([privateAddress], { accounts: [] })), 'missing account');
  assert.equal(hosts(access([privateAddress], { databases: [] })), 'missing database');
});

test('a kept password goes before the one of the service, which does not learn of a change', () => {
  const passwordOf = (kept: Secret | undefined): string => {
    const found = connectTargets(access([privateAddress]), () => kept);
    assert.ok('targets' in found);
    const [{ password, passwordIsKept }] = found.targets;
    return `${password.reveal()} ${String(passwordIsKept)}`;
  };
  assert.equal(passwordOf(undefined), 'first false');
  assert.equal(passwordOf(new Secret('changed')), 'changed true');
});

/** Whose password is known how, as `user from` words. */
function login(accounts: InstanceAccess['accounts'], kept: Readonly<Record<string, string>>): string {
  const found = loginOf(access([privateAddress], { accounts }), (user) => {
    const password = kept[user];
    return password === undefined ? undefined : new Secret(password);
  });
  if ('what' in found) return found.what === 'password' ? `no password of ${found.user}` : found.what;
  const { user, password, passwordIsKept } = found.login;
  return `${user} ${password.reveal()} ${passwordIsKept ? 'kept' : 'told'}`;
}

test('an account whose password is known here is used, the first of them', () => {
  const admin = { user: 'admin' };
  const app = { user: 'app' };
  const told = { user: 'told', password: new Secret('t') };
  assert.equal(login([admin, app], { admin: 'a', app: 'b' }), 'admin a kept');
  assert.equal(login([admin, app], { app: 'b' }), 'app b kept');
  assert.equal(login([told, app], { app: 'b' }), 'app b kept');
  assert.equal(login([admin, told], {}), 'told t told');
});

test('where no password is known, it is said whose is missing', () => {
  assert.equal(login([{ user: 'admin' }, { user: 'app' }], { other: 'x' }), 'no password of admin');
});

test('a database of somebody goes before the one for maintenance, and templates are none', () => {
  const databaseOf = (databases: readonly string[]): string => {
    const found = loginOf(access([privateAddress], { databases }), none);
    return 'what' in found ? `missing ${found.what}` : found.login.database;
  };
  assert.equal(databaseOf(['template0', 'postgres', 'shop', 'other']), 'shop');
  assert.equal(databaseOf(['template1', 'postgres']), 'postgres');
  assert.equal(databaseOf(['template1', 'template0']), 'missing database');
});

test('the preferred address is used while it is open, and the proposed one otherwise', () => {
  const found = connectTargets(access([privateAddress, publicAddress]), none);
  assert.ok('targets' in found);
  assert.equal(preferred(found.targets, 'private').host, '10.0.0.4');
  assert.equal(preferred(found.targets, undefined).host, 'db.example.com');
  assert.equal(preferred([found.targets[0]], 'private').host, 'db.example.com');
});

test('an address of this machine is told from one inside a VPC, whatever the service calls it', () => {
  for (const host of ['127.0.0.1', '127.8.0.1', '127.0.0.253', '::1', 'localhost', 'db.LOCALHOST']) {
    assert.equal(reachOf({ kind: 'private', host }), 'thisMachine');
    assert.equal(reachOf({ kind: 'public', host }), 'thisMachine');
  }
  for (const host of ['10.0.0.4', '128.0.0.1', '127.0.0.1.example.com', 'x127.0.0.1', 'mylocalhost']) {
    assert.equal(reachOf({ kind: 'private', host }), 'vpcOnly');
    assert.equal(reachOf({ kind: 'public', host }), 'anywhere');
  }
  assert.equal(reachWords('anywhere'), 'It can be reached from anywhere.');
  assert.equal(reachWords('thisMachine'), 'It is on this machine.');
  assert.equal(reachWords('vpcOnly'), 'It can be reached only from inside its VPC.');
});
