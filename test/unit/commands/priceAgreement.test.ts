import assert from 'node:assert/strict';
import { test } from 'node:test';
import { priceAgreement } from '../../../src/commands/priceAgreement.ts';
import type { CreatePlan } from '../../../src/domain/createPlan.ts';
import { CancelledError } from '../../../src/domain/errors.ts';
import type { Price } from '../../../src/domain/price.ts';
import { checkSettings } from '../../../src/domain/settings.ts';
import { memoryLog } from '../../support/memory.ts';
import { demoPlan } from '../../support/operations.ts';
import { catalogWith, memoryConfirm } from '../../support/world.ts';

const rented: CreatePlan = {
  ...demoPlan,
  offering: 'provisioned',
  rental: {
    specCode: 'pg.it.small2',
    storageGb: 50,
    storageType: 'CLOUD_SSD',
    securityGroupIds: [],
    adminName: 'root_1',
    deletionProtection: false,
  },
};

function world(price: Price | Error | undefined, limit?: number, agrees = true) {
  const { confirm, dialogs } = memoryConfirm(agrees);
  const agreed = priceAgreement({
    catalog: catalogWith({ price: () => (price instanceof Error ? Promise.reject(price) : Promise.resolve(price)) }),
    settings: () => checkSettings((key) => (key === 'create.hourlyPriceLimit' ? limit : undefined)).settings,
    confirm,
    signal: new AbortController().signal,
    log: memoryLog(),
  });
  return { agreed, dialogs };
}

const cny = (hundredths: number): Price => ({ hundredths, currency: 'CNY' });

test('within the limit, without a limit, and for what has no price nothing is asked', async () => {
  const { agreed, dialogs } = world(cny(100), 1);
  assert.equal(await agreed(rented), true);
  assert.equal(await world(cny(1_000_000)).agreed(rented), true);
  assert.equal(await world(new Error('asked'), 0).agreed(demoPlan), true);
  assert.deepEqual(dialogs, []);
});

test('above the limit it is asked once more, and no means no', async () => {
  const { agreed, dialogs } = world(cny(101), 1, false);
  assert.equal(await agreed(rented), false);
  assert.match(dialogs.join(), /above your price limit\? \| It costs CNY 1\.01 per hour.*Your limit is 1 per hour/);
});

test('a price that cannot be had is asked about where there is a limit, never taken for none', async () => {
  for (const price of [undefined, new Error('down')]) {
    const { agreed, dialogs } = world(price, 1, false);
    assert.equal(await agreed(rented), false);
    assert.match(dialogs.join(), /without a price/);
  }
  await assert.rejects(world(new CancelledError(), 1).agreed(rented), CancelledError);
});

test('months that are paid at once need a word of their own, with the sum', async () => {
  const prepaid: CreatePlan = { ...rented, ...(rented.rental && { rental: { ...rented.rental, prepaidMonths: 12 } }) };
  const { agreed, dialogs } = world(cny(123_456));
  assert.equal(await agreed(prepaid), true);
  assert.match(dialogs.join(), /Pay for 12 months at once\? \| CNY 1234\.56 is taken from the account at once/);
  assert.equal(await world(undefined, undefined, false).agreed(prepaid), false);
});
