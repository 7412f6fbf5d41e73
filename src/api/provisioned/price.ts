import * as z from 'zod';
import type { Price } from '../../domain/price.ts';
import type { PriceQuery, Size } from '../../domain/rental.ts';
import type { Action, Client } from '../client.ts';
import { postgres } from '../postgresWire.ts';
import type { TokenBucket } from '../tokenBucket.ts';

/** Whatever stands there is looked at below: a price that cannot be used is no reason to refuse the answer. */
const priceSchema = z.object({
  OriginalPrice: z.unknown().optional(),
  Price: z.unknown().optional(),
  Currency: z.unknown().optional(),
});

const createPriceAction: Action<z.infer<typeof priceSchema>> = {
  ...postgres,
  name: 'InquiryPriceCreateDBInstances',
  effect: 'read',
  schema: priceSchema,
};

const upgradePriceAction: Action<z.infer<typeof priceSchema>> = {
  ...postgres,
  name: 'InquiryPriceUpgradeDBInstance',
  effect: 'read',
  schema: priceSchema,
};

export interface PriceReader {
  /** Of a new instance; `undefined` when the service gives no usable price. */
  price(query: PriceQuery, signal: AbortSignal): Promise<Price | undefined>;
  /** Of another class or more storage, likewise. */
  resizePrice(region: string, id: string, size: Size, signal: AbortSignal): Promise<Price | undefined>;
}

/**
 * InquiryPriceCreateDBInstances (409/16777) and InquiryPriceUpgradeDBInstance.
 * @param limit lets a question for the price of a new instance pass when the documented rate allows it
 */
export function createPriceReader(client: Client, limit: TokenBucket): PriceReader {
  return {
    async price({ region, zone, specCode, storageGb, storageType, prepaidMonths }, signal) {
      const parameters = {
        Zone: zone,
        SpecCode: specCode,
        Storage: storageGb,
        StorageType: storageType,
        InstanceCount: 1,
        Period: prepaidMonths ?? 1,
        // Not the word of CreateInstances, which is POSTPAID_BY_HOUR.
        InstanceChargeType: prepaidMonths === undefined ? 'POSTPAID' : 'PREPAID',
      };
      await limit.take(signal);
      const { value } = await client.call(createPriceAction, { region, parameters, signal });
      return toPrice(value);
    },
    async resizePrice(region, id, { cpu, memoryGb, storageGb }, signal) {
      const parameters = { DBInstanceId: id, Cpu: cpu, Memory: memoryGb, Storage: storageGb };
      const { value } = await client.call(upgradePriceAction, { region, parameters, signal });
      return toPrice(value);
    },
  };
}

/** Amounts are in hundredths of the currency. What is not such an amount is not known, and never guessed. */
function toPrice({ OriginalPrice, Price: price, Currency }: z.infer<typeof priceSchema>): Price | undefined {
  if (!isAmount(price)) return undefined;
  return {
    hundredths: price,
    ...(isAmount(OriginalPrice) && OriginalPrice !== price ? { originalHundredths: OriginalPrice } : {}),
    currency: typeof Currency === 'string' ? Currency : '',
  };
}

function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
