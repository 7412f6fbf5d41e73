import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressRange } from '../../../src/database/addressRange.ts';
import { serverTrouble, toTroubleError, troubleOf, TroubleError } from '../../../src/database/trouble.ts';
import { CancelledError } from '../../../src/domain/errors.ts';

const systemError = (code: string): Error => Object.assign(new Error(`${code} text`), { code });

test('errors of the system are told apart by their codes, and their texts are left out', () => {
  for (const [code, kind] of [
    ['ENOTFOUND', 'unknownName'],
    ['EAI_AGAIN', 'nameServer'],
    ['ECONNREFUSED', 'refused'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'closed'],
    ['EWHATEVER', 'other'],
  ] as const) {
    assert.deepEqual(troubleOf(systemError(code)), { kind, code });
  }
});

test('of several addresses that were tried the first speaks', () => {
  const error = new AggregateError([systemError('EHOSTUNREACH'), systemError('ECONNREFUSED')]);
  assert.equal(troubleOf(error).kind, 'unreachable');
  assert.deepEqual(troubleOf(new AggregateError([])), { kind: 'other' });
});

test('any thrown value is trouble of some kind, and a cancellation stays one', () => {
  for (const thrown of [undefined, null, 'text', 7, {}, new Error('text')]) {
    assert.deepEqual(troubleOf(thrown), { kind: 'other' });
  }
  const cancelled = new CancelledError();
  assert.equal(toTroubleError(cancelled), cancelled);
  assert.ok(toTroubleError('text') instanceof TroubleError);
});

test('an SQLSTATE that says nothing about the login is an error of the server', () => {
  assert.deepEqual(serverTrouble('XX000', 'words'), { kind: 'server', code: 'XX000', serverWords: 'words' });
});

test('an address is of this machine, of a private network, or of the internet', () => {
  for (const [range, addresses] of [
    ['loopback', ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1']],
    ['private', ['10.0.0.4', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '169.254.0.23']],
    ['private', ['fd00::1', 'fe80::1', '::ffff:10.0.0.4']],
    ['public', ['8.8.8.8', '172.32.0.1', '100.128.0.1', '126.255.255.255', '2001:4860:4860::8888']],
  ] as const) {
    for (const address of addresses) assert.equal(addressRange(address), range, address);
  }
});
