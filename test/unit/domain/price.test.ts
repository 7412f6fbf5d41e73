import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amountWords, hourlyShort, hourlyWords } from '../../../src/domain/price.ts';

test('hundredths become an amount with two places, whatever their size', () => {
  assert.deepEqual(
    [0, 5, 99, 100, 12_345, Number.MAX_SAFE_INTEGER].map((hundredths) => amountWords({ hundredths, currency: 'CNY' })),
    ['CNY 0.00', 'CNY 0.05', 'CNY 0.99', 'CNY 1.00', 'CNY 123.45', 'CNY 90071992547409.91'],
  );
});

test('a month counts 730 hours', () => {
  const price = { hundredths: 123, currency: 'USD' };
  assert.equal(hourlyWords(price), 'USD 1.23 per hour, about USD 897.90 per month');
  assert.equal(hourlyShort(price), 'USD 1.23/h');
});

test('a currency that the service leaves out leaves no gap', () => {
  assert.equal(amountWords({ hundredths: 100, currency: '' }), '1.00');
});
