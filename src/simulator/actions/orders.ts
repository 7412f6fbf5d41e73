import * as z from 'zod';
import { ApiError } from '../apiError.ts';
import { type InstanceBook, isProvisioned } from '../instance.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { type Action, action, type Call, type Fields } from '../product.ts';
import { checkedProvision, type CreateInstancesParameters, createInstancesSchema } from './provisionPlan.ts';

export interface OrderParts {
  readonly book: InstanceBook;
  readonly lifecycle: Pick<Lifecycle, 'create'>;
  readonly now: () => number;
  /** An id for an instance. */
  readonly newId: () => string;
  /** An id of a task or of an order's flow. */
  readonly newTaskId: () => number;
}

const ordersSchema = z.strictObject({ DealNames: z.array(z.string()) });

const month = 30 * 24 * 3_600_000;

/** CreateInstances, and what became of its orders. An order is known as long as its instance. */
export function orderActions(parts: OrderParts): [string, Action][] {
  const { book, now } = parts;

  async function create(parameters: CreateInstancesParameters, call: Call): Promise<Fields> {
    const { count, period, provision, ...asked } = checkedProvision(parameters, call, book);
    const time = now();
    const made = Array.from({ length: count }, () => ({
      id: parts.newId(),
      deal: { name: newDealName(time, parts.newTaskId), flowId: parts.newTaskId() },
    }));
    for (const { id, deal } of made) {
      await parts.lifecycle.create({
        ...asked,
        id,
        account: call.key.account,
        status: 'applying',
        region: call.region,
        createdAt: time,
        database: 'postgres',
        port: 0,
        publicStatus: 'initing',
        publicPort: 0,
        provision: {
          ...provision,
          expiresAt: provision.chargeType === 'PREPAID' ? time + period * month : 0,
          ipv6Status: 'initing',
          ipv6Port: 0,
          primaryId: '',
          isolatedAt: 0,
          updatedAt: time,
          deals: [deal],
          tasks: [],
          accounts: [
            {
              name: asked.user,
              type: 'tencentDBSuper',
              remark: '',
              openCam: false,
              createdAt: time,
              updatedAt: time,
              passwordUpdatedAt: time,
            },
          ],
          databases: [{ name: 'postgres', owner: asked.user, encoding: asked.charset, collate: 'C', ctype: 'C' }],
        },
      });
    }
    return {
      DealNames: made.map(({ deal }) => deal.name),
      BillId: newDealName(time, parts.newTaskId),
      // The documents promise the ids for pay-as-you-go only.
      DBInstanceIdSet: provision.chargeType === 'PREPAID' ? [] : made.map(({ id }) => id),
    };
  }

  return [
    ['CreateInstances', action(createInstancesSchema, create)],
    [
      'DescribeOrders',
      action(ordersSchema, ({ DealNames: names }, { key }) => {
        if (names.length === 0) {
          throw new ApiError('InvalidParameterValue.NullDealNames', 'DealNames is empty.');
        }
        const deals = book
          .of(key.account)
          .filter(isProvisioned)
          .flatMap((instance) => instance.provision.deals.map((deal) => ({ instance, deal })))
          .filter(({ deal }) => names.includes(deal.name));
        return {
          TotalCount: deals.length,
          Deals: deals.map(({ instance, deal }) => ({
            DealName: deal.name,
            OwnerUin: instance.account,
            Count: 1,
            PayMode: instance.provision.chargeType === 'PREPAID' ? 1 : 0,
            FlowId: deal.flowId,
            DBInstanceIdSet: [instance.id],
          })),
        };
      }),
    ],
  ];
}

/** The day and a number, as the service names orders and bills. */
export function newDealName(time: number, newNumber: () => number): string {
  return `${new Date(time).toISOString().slice(0, 10).replaceAll('-', '')}${String(newNumber()).padStart(12, '0')}`;
}
