import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectTargets, preferred } from '../../../src/domain/connectTarget.ts';
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

function hosts(of: InstanceAccess): string {
  const found = connectTargets(of, undefined);
  return 'missing' in found ? `missing ${found.missing}` : found.targets.map(({ host }) => host).join();
}

test('an open public address is proposed before a private one', () => {
  assert.equal(hosts(access([privateAddress, publicAddress])), 'db.example.com,10.0.0.4');
});

test('a closed address is passed over', () => {
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
    const found = connectTargets(access([privateAddress]), kept);
    assert.ok('targets' in found);
    const [{ password, passwordIsKept }] = found.targets;
    return `${password.reveal()} ${String(passwordIsKept)}`;
  };
  assert.equal(passwordOf(undefined), 'first false');
  assert.equal(passwordOf(new Secret('changed')), 'changed true');
});

test('the preferred address is used while it is open, and the proposed one otherwise', () => {
  const found = connectTargets(access([privateAddress, publicAddress]), undefined);
  assert.ok('targets' in found);
  assert.equal(preferred(found.targets, 'private').host, '10.0.0.4');
  assert.equal(preferred(found.targets, undefined).host, 'db.example.com');
  assert.equal(preferred([found.targets[0]], 'private').host, 'db.example.com');
});

test('an address of this machine is told from one inside a VPC, whatever the service calls it', () => {
  for (const host of ['127.0.0.1', '127.8.0.1', '::1', 'localhost', 'db.LOCALHOST']) {
    assert.equal(reachOf({ kind: 'private', host }), 'thisMachine');
    assert.equal(reachOf({ kind: 'public', host }), 'thisMachine');
  }
  for (const host of ['10.0.0.4', '128.0.0.1', '127.0.0.1.example.com', 'mylocalhost']) {
    assert.equal(reachOf({ kind: 'private', host }), 'vpcOnly');
    assert.equal(reachOf({ kind: 'public', host }), 'anywhere');
  }
  assert.equal(new Set((['anywhere', 'thisMachine', 'vpcOnly'] as const).map(reachWords)).size, 3);
});
