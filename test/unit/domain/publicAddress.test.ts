import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openPublicAddress, publicAccessState, publicAddressStatus } from '../../../src/domain/publicAddress.ts';
import { anyInstance } from '../../support/instances.ts';

const at = (status: string, host = '', port = 0, kind = 'public') => ({ kind, host, port, status });

test('only an address that can be connected to is open, and only a word of the documents is closed', () => {
  for (const [address, state] of [
    [at('opened', '198.51.100.7', 5432), 'open'],
    [at('1', 'db.example', 5432, 'Public '), 'open'],
    [at('opened'), 'changing'],
    [at('opening', '198.51.100.7', 5432), 'changing'],
    [at('closing', '198.51.100.7', 5432), 'changing'],
    [at('something new'), 'changing'],
    [at('closed', '198.51.100.7', 5432), 'closed'],
    [at(' Closed '), 'closed'],
    [at(' Opened ', 'h', 1), 'open'],
    [at('opened', 'h', 0), 'changing'],
    [at('opened', '', 5432), 'changing'],
    [at('initing'), 'closed'],
    [at('0'), 'closed'],
    [at(''), 'closed'],
    [at('opened', '10.0.0.4', 5432, 'private'), 'closed'],
  ] as const) {
    assert.equal(publicAccessState({ addresses: [address] }), state, JSON.stringify(address));
  }
  assert.equal(publicAccessState({ addresses: [] }), 'closed');
  assert.equal(publicAccessState({ addresses: [at('closed'), at('opened', 'h', 1)] }), 'open');
});

test('the private address has no say', () => {
  const addresses = [at('opened', '10.0.0.4', 5432, 'private'), at('opening')];
  assert.equal(publicAddressStatus({ addresses }), 'opening');
  assert.equal(openPublicAddress({ addresses }), undefined);
});

test('an instance is open exactly when it has an address to show for it', () => {
  fc.assert(
    fc.property(anyInstance, (instance) => {
      assert.equal(publicAccessState(instance) === 'open', openPublicAddress(instance) !== undefined);
    }),
  );
});

test('what is still changing is said before what is closed', () => {
  assert.equal(publicAccessState({ addresses: [at('closed'), at('opening')] }), 'changing');
});

test('of one family only its addresses count, and those that have no host yet', () => {
  const addresses = [at('opened', '198.51.100.7', 5432), at('closing', '2001:db8::7', 5432)];
  assert.equal(publicAccessState({ addresses }, false), 'open');
  assert.equal(publicAccessState({ addresses }, true), 'changing');
  for (const ipv6 of [true, false]) assert.equal(publicAccessState({ addresses: [at('opening')] }, ipv6), 'changing');
});
