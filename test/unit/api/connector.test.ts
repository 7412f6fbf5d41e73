import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, createConnector, reasonOf } from '../../../src/api/connector.ts';
import { CancelledError } from '../../../src/domain/errors.ts';

test('the code of a system error tells where the way broke', () => {
  const reasons = {
    dns: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'],
    refused: ['ECONNREFUSED'],
    timeout: ['ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
    reset: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET'],
    other: ['EHOSTUNREACH', ''],
  };
  for (const [reason, codes] of Object.entries(reasons)) {
    for (const code of codes) assert.equal(reasonOf(Object.assign(new Error('words'), { code })), reason, code);
  }
  assert.equal(reasonOf(new Error('without a code')), 'other');
  assert.equal(codeOf(Object.assign(new Error('words'), { code: 7 })), '', 'a number is no code of the system');
});

test('what is ended before it began is not connected', async () => {
  const signal = AbortSignal.abort(new CancelledError());
  const connect = createConnector({
    proxyFor: () => undefined,
    trust: () => ({ rejectUnauthorized: true }),
    timeout: 30_000,
    signal,
  });
  await assert.rejects(connect({ protocol: 'http:', hostname: '127.0.0.1', port: '1' }), {
    name: 'ConnectError',
    reason: 'timeout',
  });
});
