import { provisioned } from '../../domain/offerings/provisioned.ts';
import type { OfferingApi, OfferingApiParts } from '../offeringApi.ts';
import { createTokenBucket } from '../tokenBucket.ts';
import { createContentsReader } from './contents.ts';
import { createProvisionedInstances } from './instances.ts';
import { createManagement } from './management.ts';
import { createReadOrders } from './orders.ts';
import type { PriceReader } from './price.ts';
import { createTaskReader } from './tasks.ts';
import { createWrite } from './writes.ts';

/** "A maximum of 100 requests can be initiated per second" (CreateInstances, 2025-08-13). */
const creates = { tokens: 100, period: 1_000 };

/** @param prices of the account, whose catalogue asks for prices as well */
export function createProvisionedApi(parts: OfferingApiParts, prices: PriceReader): OfferingApi {
  const { client, accountId, now, sleep } = parts;
  const write = createWrite(client);
  const contents = createContentsReader(client);
  return {
    offering: provisioned.id,
    instances: createProvisionedInstances({
      client,
      accountId,
      write,
      contents,
      readOrders: createReadOrders(client),
      creates: createTokenBucket({ ...creates, now, sleep }),
    }),
    management: createManagement({ client, write, contents, prices, tasks: createTaskReader(client) }),
  };
}
