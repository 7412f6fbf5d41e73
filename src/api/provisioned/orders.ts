import * as z from 'zod';
import type { Action, Client } from '../client.ts';
import { postgres } from '../postgresWire.ts';

/** What came of orders (DescribeOrders). */
const ordersSchema = z.object({
  Deals: z.array(z.object({ DBInstanceIdSet: z.array(z.string()).nullish() })).nullish(),
});

const ordersAction: Action<z.infer<typeof ordersSchema>> = {
  ...postgres,
  name: 'DescribeOrders',
  effect: 'read',
  schema: ordersSchema,
};

/** The ids of the instances that were made for these orders; none while the service is still at it. */
export type ReadOrders = (region: string, orders: readonly string[], signal: AbortSignal) => Promise<string[]>;

export function createReadOrders(client: Client): ReadOrders {
  return async (region, orders, signal) => {
    const { value } = await client.call(ordersAction, { region, parameters: { DealNames: orders }, signal });
    const ids = (value.Deals ?? []).flatMap((deal) => deal.DBInstanceIdSet ?? []);
    return [...new Set(ids)].filter((id) => id !== '');
  };
}
