import * as z from 'zod';
import { ServiceError } from '../../domain/errors.ts';
import type { Instance } from '../../domain/instance.ts';
import type { InstanceService } from '../../domain/ports.ts';
import type { Action, Client } from '../client.ts';
import { readPages } from '../paging.ts';
import { allNamed, postgres, withName } from '../postgresWire.ts';
import type { TokenBucket } from '../tokenBucket.ts';
import { mayComeFrom } from '../trace.ts';
import type { ContentsReader } from './contents.ts';
import { createParameters } from './createParameters.ts';
import type { ReadOrders } from './orders.ts';
import { instanceSchema, toInstance } from './wire.ts';
import type { Write } from './writes.ts';

const instancesSchema = z.object({
  TotalCount: z.number().nullish(),
  DBInstanceSet: z.array(instanceSchema).nullish(),
});

const attributeSchema = z.object({ DBInstance: instanceSchema.nullish() });

/** The ids are promised for pay-as-you-go only, and may be missing even there: then the orders tell. */
const createdSchema = z
  .object({
    DBInstanceIdSet: z.array(z.string().nullish()).nullish(),
    DealNames: z.array(z.string().nullish()).nullish(),
  })
  .transform(({ DBInstanceIdSet, DealNames }) => ({ ids: filled(DBInstanceIdSet), orders: filled(DealNames) }))
  .refine(({ ids, orders }) => ids.length > 0 || orders.length > 0, 'neither an instance nor an order');

const listAction: Action<z.infer<typeof instancesSchema>> = {
  ...postgres,
  name: 'DescribeDBInstances',
  effect: 'read',
  schema: instancesSchema,
};

const attributeAction: Action<z.infer<typeof attributeSchema>> = {
  ...postgres,
  name: 'DescribeDBInstanceAttribute',
  effect: 'read',
  schema: attributeSchema,
};

const createAction: Action<z.infer<typeof createdSchema>> = {
  ...postgres,
  name: 'CreateInstances',
  effect: 'write',
  schema: createdSchema,
};

/** The documented maximum. */
const pageSize = 100;

/** What the service calls an instance that is not there; the third is its own spelling. */
const absent: ReadonlySet<string> = new Set([
  'ResourceNotFound.InstanceNotFoundError',
  'OperationDenied.ResourceNotFoundError',
  'OperationDenied.ResourceNotFundError',
  'InvalidParameterValue.InstanceNotExist',
  'InstanceNotExist',
  'ResourceNotFound',
]);

export interface ProvisionedParts {
  /** Calls with the keys of the account. */
  readonly client: Client;
  readonly accountId: string;
  readonly write: Write;
  readonly contents: ContentsReader;
  readonly readOrders: ReadOrders;
  /** Lets a create request pass when the documented rate allows it. */
  readonly creates: TokenBucket;
}

export function createProvisionedInstances(parts: ProvisionedParts): InstanceService {
  const { client, accountId, write, contents, readOrders, creates } = parts;

  async function read(region: string, name: string | undefined, signal: AbortSignal): Promise<Instance[]> {
    const filter = name === undefined ? {} : { Filters: [{ Name: 'db-instance-name', Values: [name] }] };
    const rows = await readPages(
      async (offset) => {
        // The oldest first: what is made meanwhile comes at the end and moves nothing.
        const order = { OrderBy: 'CreateTime', OrderByType: 'asc' };
        const parameters = { ...filter, Limit: pageSize, Offset: offset, ...order };
        const { value } = await client.call(listAction, { region, parameters, signal });
        return { rows: value.DBInstanceSet ?? [], total: value.TotalCount ?? undefined };
      },
      (row) => row.DBInstanceId ?? '',
    );
    return rows.map((row) => toInstance(row, { region }, accountId)).filter((instance) => instance.id !== '');
  }

  async function findById(region: string, id: string, signal: AbortSignal): Promise<Instance | undefined> {
    try {
      const { value } = await client.call(attributeAction, { region, parameters: { DBInstanceId: id }, signal });
      const row = value.DBInstance;
      return row === undefined || row === null ? undefined : toInstance(row, { region, id }, accountId);
    } catch (thrown) {
      if (thrown instanceof ServiceError && absent.has(thrown.code)) return undefined;
      throw thrown;
    }
  }

  const setPublicAccess =
    (action: string): InstanceService['openPublicAccess'] =>
    (region, id, ipv6, signal) =>
      write(action, { region, parameters: { DBInstanceId: id, IsIpv6: ipv6 ? 1 : 0 }, signal });

  return {
    request: (plan) => ({
      action: createAction.name,
      version: createAction.version,
      region: plan.region,
      body: createParameters(plan, '***'),
    }),
    async create({ plan, password }, signal) {
      if (password === undefined) throw new Error('This kind of instance is made with a password.');
      await creates.take(signal);
      const { value, requestId } = await client.call(createAction, {
        region: plan.region,
        parameters: createParameters(plan, password.reveal()),
        signal,
      });
      const { ids, orders } = value;
      const [instanceId] = ids;
      return {
        ...(instanceId === undefined ? {} : { instanceId }),
        ...(orders.length === 0 ? {} : { orders }),
        requestId,
      };
    },
    clockAhead: () => Promise.resolve(client.clock.ahead()),
    async findCreated(trace, signal) {
      const { region, name } = trace.plan;
      const { orders = [] } = trace;
      if (orders.length === 0) {
        const seen = await read(region, name, signal);
        return seen.filter((instance) => mayComeFrom(instance, trace, client.clock));
      }
      const ids = await readOrders(region, orders, signal);
      const found = await Promise.all(ids.map((id) => findById(region, id, signal)));
      return found.filter((instance) => instance !== undefined);
    },
    list: (region, signal) => read(region, undefined, signal),
    async findNamed(region, name, signal) {
      return allNamed(await read(region, name, signal), name);
    },
    async findByName(region, name, signal) {
      return withName(await read(region, name, signal), name);
    },
    findById,
    async access(region, id, signal) {
      const instance = await findById(region, id, signal);
      if (instance === undefined) return undefined;
      // The service keeps no passwords.
      const [accounts, databases] = await Promise.all([
        contents.accounts(region, id, signal),
        contents.databases(region, id, signal),
      ]);
      return {
        instance,
        accounts: accounts.map(({ name }) => ({ user: name })),
        databases: databases.map(({ name }) => name),
      };
    },
    delete: (region, id, signal) => write('DestroyDBInstance', { region, parameters: { DBInstanceId: id }, signal }),
    openPublicAccess: setPublicAccess('OpenDBExtranetAccess'),
    closePublicAccess: setPublicAccess('CloseDBExtranetAccess'),
  };
}

function filled(texts: readonly (string | null | undefined)[] | null | undefined): string[] {
  return (texts ?? []).flatMap((text) => (text === undefined || text === null || text === '' ? [] : [text]));
}
