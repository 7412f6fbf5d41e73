import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError } from '../../../src/domain/errors.ts';
import type { Price } from '../../../src/domain/price.ts';
import type { PriceQuery } from '../../../src/domain/rental.ts';
import { briefPrice, createPrices } from '../../../src/wizard/prices.ts';
import { catalog, list, options, rentedOnly } from './createWorld.ts';

const query = (specCode: string): PriceQuery => ({
  region: 'ap-guangzhou',
  zone: 'ap-guangzhou-2',
  specCode,
  storageGb: 10,
  storageType: 'CLOUD_SSD',
});

function pricesOf(price: (query: PriceQuery, signal: AbortSignal) => Promise<Price | undefined>) {
  return createPrices({ catalog: { price }, trouble: (error) => ({ words: error.message, detail: '' }) });
}

const queries = (count: number): Map<string, PriceQuery> =>
  new Map(Array.from({ length: count }, (_, at) => [String(at), query(String(at))]));

test('prices are asked for in the order of the rows, a few at a time, each once', async () => {
  const asked: string[] = [];
  let open = 0;
  let most = 0;
  const prices = pricesOf(async ({ specCode }) => {
    asked.push(specCode);
    open += 1;
    most = Math.max(most, open);
    await Promise.resolve();
    open -= 1;
    return { hundredths: 1, currency: 'CNY' };
  });
  const { signal } = new AbortController();
  const noted = new Set<string>();
  for (let round = 0; round < 2; round += 1) await prices.askEach(queries(1_000), (key) => noted.add(key), signal);
  assert.deepEqual(asked, [...queries(1_000).keys()]);
  assert.equal(noted.size, 1_000);
  assert.ok(most > 1 && most <= 4);
});

test('nothing is asked any more once the box is closed', async () => {
  const closing = new AbortController();
  let asked = 0;
  const prices = pricesOf(() => {
    asked += 1;
    if (asked < 10) return Promise.resolve({ hundredths: 1, currency: 'CNY' });
    closing.abort();
    return Promise.reject(new CancelledError());
  });
  await assert.rejects(
    prices.askEach(queries(1_000), () => undefined, closing.signal),
    CancelledError,
  );
  assert.ok(asked <= 14);
});

test('after ten failures in a row no more are asked for, and every row has the reason', async () => {
  let asked = 0;
  const prices = pricesOf(() => {
    asked += 1;
    return Promise.reject(new Error('no permission'));
  });
  const noted = new Map<string, string>();
  await prices.askEach(
    queries(1_000),
    (key, price) => noted.set(key, price.price === undefined ? price.reason : ''),
    new AbortController().signal,
  );
  assert.ok(asked <= 14);
  assert.equal(noted.size, 1_000);
  assert.deepEqual(new Set(noted.values()), new Set(['no permission']));
});

test('a price that the service does not name is no failure, and one that failed is asked for again', async () => {
  let asked = 0;
  const none = pricesOf(() => {
    asked += 1;
    return Promise.resolve(undefined);
  });
  await none.askEach(queries(100), () => undefined, new AbortController().signal);
  assert.equal(asked, 100);
  assert.equal(briefPrice(await none.ask(query('x'), new AbortController().signal)), 'price not available');

  let fails = true;
  const flaky = pricesOf(() =>
    fails ? Promise.reject(new Error('busy')) : Promise.resolve({ hundredths: 5, currency: 'CNY' }),
  );
  const { signal } = new AbortController();
  assert.equal(briefPrice(await flaky.ask(query('x'), signal)), 'price not available');
  fails = false;
  assert.equal(briefPrice(await flaky.ask(query('x'), signal)), 'CNY 0.05/h');
});

test('a thousand classes are listed at once, and each gets its price as it comes', async () => {
  const classes = Array.from({ length: 1_000 }, (_, at) => ({
    specCode: `pg.c${String(at)}`,
    cpu: 1,
    memoryGb: 2,
    minStorageGb: 10,
    maxStorageGb: 100,
  }));
  const held: (() => void)[] = [];
  const using = options(
    {
      catalog: {
        ...catalog,
        classes: () => Promise.resolve(classes),
        price: ({ specCode }) =>
          new Promise((resolve) => {
            held.push(() => {
              resolve(specCode === 'pg.c1' ? undefined : { hundredths: 7, currency: 'CNY' });
            });
          }),
      },
    },
    rentedOnly,
  );
  const { source, rows } = await list(using, 'class', {
    region: 'ap-guangzhou',
    zone: 'ap-guangzhou-2',
    majorVersion: '16',
  });
  assert.equal(rows().length, 1_000);
  let drawn = 0;
  const all = source.later?.(() => {
    drawn += 1;
  }, new AbortController().signal);
  assert.equal(rows()[0]?.description, '1 core, 2 GB · 10 to 100 GB storage');
  while (held.length > 0) {
    held.shift()?.();
    await new Promise(setImmediate);
  }
  await all;
  assert.equal(drawn, 1_000);
  assert.match(rows()[0]?.description ?? '', / · CNY 0\.07\/h$/);
  assert.match(rows()[1]?.description ?? '', / · price not available$/);
  assert.equal(rows()[1]?.detail, 'The service names none.');
  assert.match(rows()[999]?.description ?? '', / · CNY 0\.07\/h$/);
});
