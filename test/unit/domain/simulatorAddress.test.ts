import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSimulatorAddress } from '../../../src/domain/simulatorAddress.ts';

test('the ready line of a simulator is read', () => {
  const address = parseSimulatorAddress('{"endpoint":"http://127.0.0.1:8700","secretId":"AK","secretKey":"SK"}');
  assert.equal(address?.endpoint, 'http://127.0.0.1:8700');
  assert.equal(address.secretKey.reveal(), 'SK');
});

test('anything else is not: another machine, other words, no JSON', () => {
  for (const line of [
    '',
    'ready',
    '[]',
    'null',
    '{"endpoint":"http://127.0.0.1:8700"}',
    '{"endpoint":"http://10.0.0.1:8700","secretId":"AK","secretKey":"SK"}',
    '{"endpoint":"http://127.0.0.1:8700.evil.example","secretId":"AK","secretKey":"SK"}',
  ]) {
    assert.equal(parseSimulatorAddress(line), undefined, line);
  }
});

test('every part has to be there, and be text', () => {
  const whole = { endpoint: 'http://localhost:8700', secretId: 'AK', secretKey: 'SK' };
  assert.ok(parseSimulatorAddress(JSON.stringify(whole)) !== undefined);
  assert.ok(parseSimulatorAddress(JSON.stringify({ ...whole, endpoint: 'http://[::1]:8700' })) !== undefined);
  for (const wrong of [
    { endpoint: 8700 },
    { endpoint: ['http://localhost:8700'] },
    { endpoint: 'xhttp://localhost:8700' },
    { endpoint: 'https://localhost:8700' },
    { secretId: 7 },
    { secretId: '' },
    { secretKey: 7 },
    { secretKey: undefined },
  ]) {
    assert.equal(parseSimulatorAddress(JSON.stringify({ ...whole, ...wrong })), undefined, JSON.stringify(wrong));
  }
});
