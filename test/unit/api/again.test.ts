import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hadNoEffect, mayPass, sendAgain, toldWait } from '../../../src/api/again.ts';
import type { FailedTry, Flaw } from '../../../src/api/again.ts';
import { CancelledError, NetworkError, ServiceError, UnexpectedAnswerError } from '../../../src/domain/errors.ts';
import type { NetworkReason } from '../../../src/domain/errors.ts';

const service = (code: string): Error =>
  new ServiceError({ action: 'A', region: 'r', code, message: '', requestId: 'i' });
const network = (reason: NetworkReason, mayHaveArrived = true, proxyStatus?: number): Error =>
  new NetworkError({ action: 'A', reason, host: 'h', mayHaveArrived, detail: '', proxyStatus });
const status = (httpStatus: number): Error =>
  new UnexpectedAnswerError({ action: 'A', host: 'h', httpStatus, problem: '', requestId: '' });

/** A first try in vain, a moment ago. */
function failed(error: Error, change: Partial<FailedTry> = {}): FailedTry {
  return { effect: 'read', error, tries: 1, mended: new Set(), elapsed: 0, limit: 60_000, chance: 0.5, ...change };
}

const rateLimits = [
  service('RequestLimitExceeded'),
  service('RequestLimitExceeded.UinLimitExceeded'),
  service('FailedOperation.OperateFrequencyLimitedError'),
];
const neverLeft = [network('reset', false), network('refused', false), network('dns', false)];
const closedGates = [network('proxy', false, 502), network('proxy', false, 503), network('proxy', false, 504)];
const faults = [
  service('InternalError.DBError'),
  service('ServiceUnavailable'),
  network('reset'),
  network('refused'),
  network('dns'),
  status(429),
  status(500),
  status(502),
  status(503),
  status(504),
];
const lasting = [
  service('AuthFailure.SignatureFailure'),
  service('LimitExceeded'),
  service('FailedOperation'),
  service('InternalErrors'),
  service('InvalidParameter'),
  network('tls', false),
  network('proxy', false),
  network('proxy', false, 407),
  network('proxy', false, 403),
  network('timeout'),
  network('timeout', false),
  network('other', false),
  status(200),
  status(302),
  status(404),
  new TypeError('a fault of ours'),
];
const refusedSignatures: readonly (readonly [Flaw, Error])[] = [
  ['clock', service('AuthFailure.SignatureExpire')],
  ['keys', service('AuthFailure.TokenFailure')],
  ['keys', service('AuthFailure.SecretIdNotFound')],
];

test('what may pass by itself is read again, everything else is not', () => {
  for (const error of [...rateLimits, ...neverLeft, ...closedGates, ...faults]) {
    assert.ok(mayPass(error), error.message);
    assert.equal(sendAgain(failed(error)).kind, 'wait', error.message);
  }
  for (const error of [...lasting, new CancelledError()]) {
    assert.ok(!mayPass(error), error.message);
    assert.equal(sendAgain(failed(error)).kind, 'no', error.message);
  }
});

test('a write is sent again only when it provably had no effect, and that may change', () => {
  for (const error of [...rateLimits, ...neverLeft, ...closedGates]) {
    assert.equal(sendAgain(failed(error, { effect: 'write' })).kind, 'wait', error.message);
  }
  for (const error of [...faults, ...lasting, new CancelledError()]) {
    assert.equal(sendAgain(failed(error, { effect: 'write' })).kind, 'no', error.message);
  }
});

test('a refused signature is put right once for each flaw, for reads and writes alike', () => {
  for (const effect of ['read', 'write'] as const) {
    for (const [flaw, error] of refusedSignatures) {
      const other = flaw === 'clock' ? 'keys' : 'clock';
      for (const mended of [new Set<Flaw>(), new Set([other] as const)]) {
        const verdict = sendAgain(failed(error, { effect, mended, tries: 3, elapsed: 600_000 }));
        assert.ok(verdict.kind === 'mend' && verdict.flaw === flaw, error.message);
      }
      assert.equal(sendAgain(failed(error, { effect, mended: new Set([flaw]) })).kind, 'no', error.message);
    }
  }
});

test('the waits are random, below a limit that doubles, and there are three tries', () => {
  const wait = (tries: number, chance: number): unknown => {
    const verdict = sendAgain(failed(status(502), { tries, chance }));
    return verdict.kind === 'wait' ? verdict.milliseconds : verdict.why;
  };
  assert.deepEqual([wait(1, 0.999), wait(2, 0.999)], [499, 999]);
  assert.deepEqual([wait(1, 0), wait(2, 0)], [0, 0]);
  assert.deepEqual([wait(3, 0), wait(4, 0)], ['it was tried 3 times', 'it was tried 4 times']);
});

test('no wait is begun that would end past the limit of the call', () => {
  const at = (elapsed: number): string => sendAgain(failed(status(502), { elapsed, limit: 1_000 })).kind;
  assert.deepEqual([at(750), at(751)], ['wait', 'no']);
  // A clock that was set back makes nobody wait longer.
  assert.equal(sendAgain(failed(status(502), { elapsed: -1_000_000, limit: 249 })).kind, 'no');
});

test('who is told to wait waits so long and a little longer, and not at all where that is too long', () => {
  const [refusal = status(429)] = rateLimits;
  const told = (milliseconds: number): unknown => {
    const verdict = sendAgain(failed(refusal, { effect: 'write', told: milliseconds }));
    return verdict.kind === 'wait' ? verdict.milliseconds : verdict.why;
  };
  assert.deepEqual([told(0), told(7_000), told(30_000), told(30_001)], [250, 7_250, 30_250, 'it is to wait too long']);
});

test('a time to wait is read as seconds and as a date by the clock of the answer, and as nothing else', () => {
  const now = Date.parse('2026-08-21T12:00:00Z');
  const read = (retryAfter: string, date = ''): number | undefined => toldWait({ retryAfter, date }, now);
  assert.deepEqual([read('0'), read('120')], [0, 120_000]);
  assert.equal(read('Fri, 21 Aug 2026 12:00:05 GMT'), 5_000);
  assert.equal(read('Fri, 21 Aug 2026 12:00:05 GMT', 'Fri, 21 Aug 2026 11:59:00 GMT'), 65_000);
  assert.equal(read('Fri, 21 Aug 2026 11:00:00 GMT'), 0, 'it has passed');
  for (const text of ['', '-1', '1.5', 'soon', '1e9', '12345678901', '2026-08-21T12:00:00Z', '5, 6']) {
    assert.equal(read(text), undefined, text);
  }
});

test('whatever fails, a write that may have arrived is not sent again, and nothing goes on without end', () => {
  const code = fc.oneof(
    fc.constantFrom('RequestLimitExceeded', 'InternalError', 'AuthFailure.SignatureExpire', 'AuthFailure.TokenFailure'),
    fc.string(),
  );
  const reasons: readonly NetworkReason[] = ['dns', 'refused', 'tls', 'proxy', 'timeout', 'reset', 'other'];
  const anyError = fc.oneof(
    code.map(service),
    fc
      .tuple(fc.constantFrom(...reasons), fc.boolean(), fc.option(fc.nat(599), { nil: undefined }))
      .map((facts) => network(...facts)),
    fc.nat(599).map(status),
    fc.constant(new CancelledError()),
    fc.string().map((text) => new Error(text)),
  );
  const anyTry: fc.Arbitrary<FailedTry> = fc.record(
    {
      effect: fc.constantFrom('read', 'write'),
      error: anyError,
      tries: fc.integer({ min: 1, max: 5 }),
      mended: fc.subarray<Flaw>(['clock', 'keys']).map((flaws) => new Set(flaws)),
      elapsed: fc.integer({ min: -1_000, max: 100_000 }),
      limit: fc.integer({ min: 0, max: 100_000 }),
      told: fc.nat(100_000),
      chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    },
    { requiredKeys: ['effect', 'error', 'tries', 'mended', 'elapsed', 'limit', 'chance'] },
  );
  fc.assert(
    fc.property(anyTry, (one) => {
      const verdict = sendAgain(one);
      assert.notEqual(verdict.why, '');
      assert.deepEqual(sendAgain(one), verdict, 'the same facts, the same verdict');
      if (verdict.kind === 'mend') {
        assert.ok(one.error instanceof ServiceError && !one.mended.has(verdict.flaw));
      } else if (verdict.kind === 'wait') {
        if (one.effect === 'write') assert.ok(hadNoEffect(one.error));
        assert.ok(mayPass(one.error) && one.tries < 3);
        assert.ok(verdict.milliseconds >= (one.told ?? 0));
        assert.ok(one.elapsed + verdict.milliseconds <= one.limit);
        // What may be written may be read.
        assert.equal(sendAgain({ ...one, effect: 'read' }).kind, 'wait');
      }
    }),
    { numRuns: 5_000 },
  );
});
