import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chargeWords } from '../../../src/domain/charge.ts';

test('how an instance is paid for reads in words, and an unknown word as it came', () => {
  assert.equal(chargeWords(' PostPaid '), 'By the hour');
  assert.equal(chargeWords('POSTPAID_BY_HOUR'), 'By the hour');
  assert.equal(chargeWords('prepaid'), 'Paid in advance');
  assert.equal(chargeWords('barter'), 'barter');
});
