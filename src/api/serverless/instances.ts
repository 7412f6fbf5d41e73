import * as z from 'zod';
import type { CreatePlan } from '../domain/createPlan.ts';
import { wireCharset } from '../domain/createPlan.ts';
import type { DatabaseAccount, Instance, NetworkAddress } from '../domain/instance.ts';
import type { Accepted, InstanceService } from '../domain/ports.ts';
import { Secret } from '../domain/secret.ts';
import { statusGroup } from '../domain/status.ts';
import type { Tag } from '../domain/tag.ts';
import type { Action, Client } from './client.ts';
import { readPages } from './paging.ts';
import type { TokenBucket } from './tokenBucket.ts';

/**
 * The five actions of PostgreSQL for Serverless (409/38880, /38878, /38879, /39712, /39713). In an answer every field
 * may be null or missing, lists included.
 */
const tagSchema = z.object({ TagKey: z.string(), TagValue: z.string() });

const addressSchema = z.object({
  Address: z.string().nullish(),
  Ip: z.string().nullish(),
  Port: z.number().nullish(),
  // `opened` in one document, `0` in another.
  Status: z.union([z.string(), z.number()]).nullish(),
  NetType: z.string().nullish(),
});

const accountSchema = z.object({ DBUser: z.string().nullish(), DBPassword: z.string().nullish() });

const instanceSchema = z.object({
  DBInstanceId: z.string().nullish(),
  DBInstanceName: z.string().nullish(),
  DBInstanceStatus: z.string().nullish(),
  Region: z.string().nullish(),
  Zone: z.string().nullish(),
  ProjectId: z.number().nullish(),
  VpcId: z.string().nullish(),
  SubnetId: z.string().nullish(),
  DBCharset: z.string().nullish(),
  DBVersion: z.string().nullish(),
  DBKernelVersion: z.string().nullish(),
  CreateTime: z.string().nullish(),
  DBInstanceNetInfo: z.array(addressSchema).nullish(),
  DBAccountSet: z.array(accountSchema).nullish(),
  DBDatabaseList: z.array(z.string()).nullish(),
  TagList: z.array(tagSchema).nullish(),
});

type WireInstance = z.infer<typeof instanceSchema>;

const instancesSchema = z.object({
  TotalCount: z.number().nullish(),
  DBInstanceSet: z.array(instanceSchema).nullish(),
});
const createdSchema = z.object({ DBInstanceId: z.string().min(1) });
const nothingSchema = z.object({});

const product = { service: 'postgres', version: '2017-03-12' } as const;

const createAction: Action<z.infer<typeof createdSchema>> = {
  ...product,
  name: 'CreateServerlessDBInstance',
  effect: 'write',
  schema: createdSchema,
};

const describeAction: Action<z.infer<typeof instancesSchema>> = {
  ...product,
  name: 'DescribeServerlessDBInstances',
  effect: 'read',
  schema: instancesSchema,
};

/** The default and the largest value are not documented; a smaller page from the service is coped with. */
const pageSize = 100;

/**
 * @param client calls with the keys of one account
 * @param account that account's id
 * @param creates lets a create request pass when the documented rate allows it
 */
export function createServerlessInstances(client: Client, account: string, creates: TokenBucket): InstanceService {
  function read(region: string, filter: readonly WireFilter[], signal: AbortSignal): Promise<WireInstance[]> {
    return readPages(
      async (offset) => {
        // The oldest first: what is made meanwhile comes at the end and moves nothing.
        const order = { OrderBy: 'CreateTime', OrderByType: 'asc' };
        const parameters = {
          ...(filter.length === 0 ? {} : { Filter: filter }),
          Limit: pageSize,
          Offset: offset,
          ...order,
        };
        const { value } = await client.call(describeAction, { region, parameters, signal });
        return { rows: value.DBInstanceSet ?? [], total: value.TotalCount ?? undefined };
      },
      (row) => row.DBInstanceId ?? '',
    );
  }

  async function readById(region: string, id: string, signal: AbortSignal): Promise<WireInstance | undefined> {
    const rows = await read(region, [{ Name: 'db-instance-id', Values: [id] }], signal);
    return rows.find((row) => row.DBInstanceId === id);
  }

  const change =
    (name: string) =>
    async (region: string, id: string, signal: AbortSignal): Promise<Accepted> => {
      const action: Action<unknown> = { ...product, name, effect: 'write', schema: nothingSchema };
      const { requestId } = await client.call(action, { region, parameters: { DBInstanceId: id }, signal });
      return { requestId };
    };

  return {
    request: (plan) => ({
      action: createAction.name,
      version: createAction.version,
      region: plan.region,
      body: createParameters(plan),
    }),
    async create(plan, signal) {
      await creates.take(signal);
      const { value, requestId } = await client.call(createAction, {
        region: plan.region,
        parameters: createParameters(plan),
        signal,
      });
      return { instanceId: value.DBInstanceId, requestId };
    },
    async list(region, signal) {
      const rows = await read(region, [], signal);
      return rows.map((row) => toInstance(row, region, account)).filter((instance) => instance.id !== '');
    },
    async findByName(region, name, signal) {
      // The filter may be fuzzy; and a name may have been free again after a deletion.
      const rows = await read(region, [{ Name: 'db-instance-name', Values: [name] }], signal);
      const named = rows
        .map((row) => toInstance(row, region, account))
        .filter((one) => one.name === name && one.id !== '');
      return named.find((one) => statusGroup(one.status) !== 'gone') ?? named[0];
    },
    async findById(region, id, signal) {
      const row = await readById(region, id, signal);
      return row === undefined ? undefined : toInstance(row, region, account);
    },
    async access(region, id, signal) {
      const row = await readById(region, id, signal);
      if (row === undefined) return undefined;
      return {
        instance: toInstance(row, region, account),
        accounts: (row.DBAccountSet ?? []).flatMap(toAccount),
        databases: row.DBDatabaseList ?? [],
      };
    },
    delete: change('DeleteServerlessDBInstance'),
    openPublicAccess: change('OpenServerlessDBExtranetAccess'),
    closePublicAccess: change('CloseServerlessDBExtranetAccess'),
  };
}

interface WireFilter {
  readonly Name: 'db-instance-id' | 'db-instance-name';
  readonly Values: readonly string[];
}

/** The body of a create request. What the plan leaves open is left out: an undefined field would be refused. */
function createParameters(plan: CreatePlan): Readonly<Record<string, unknown>> {
  return {
    Zone: plan.zone,
    DBInstanceName: plan.name,
    DBVersion: plan.version,
    DBCharset: wireCharset(plan.charset),
    ...(plan.projectId === undefined ? {} : { ProjectId: plan.projectId }),
    ...(plan.network === undefined ? {} : { VpcId: plan.network.vpcId, SubnetId: plan.network.subnetId }),
    ...(plan.tags.length === 0
      ? {}
      : { TagList: plan.tags.map(({ key, value }) => ({ TagKey: key, TagValue: value })) }),
  };
}

/** @param askedRegion stands in for a region that the answer leaves out */
function toInstance(row: WireInstance, askedRegion: string, accountId: string): Instance {
  return {
    id: row.DBInstanceId ?? '',
    accountId,
    name: row.DBInstanceName ?? '',
    status: row.DBInstanceStatus ?? '',
    region: row.Region ?? askedRegion,
    zone: row.Zone ?? '',
    ...present('version', row.DBVersion),
    ...present('kernelVersion', row.DBKernelVersion),
    ...present('charset', row.DBCharset),
    ...(row.ProjectId === undefined || row.ProjectId === null ? {} : { projectId: row.ProjectId }),
    ...present('vpcId', row.VpcId),
    ...present('subnetId', row.SubnetId),
    ...present('createdAt', row.CreateTime),
    addresses: (row.DBInstanceNetInfo ?? []).map(toAddress),
    tags: (row.TagList ?? []).map(toTag),
  };
}

/** A field that is there, or nothing: the service sends null and empty text for what it does not know. */
function present<K extends string>(key: K, value: string | null | undefined): Partial<Record<K, string>> {
  if (value === undefined || value === null || value === '') return {};
  const field: Partial<Record<string, string>> = { [key]: value };
  return field;
}

function toAddress(row: z.infer<typeof addressSchema>): NetworkAddress {
  // The name comes first: an address without one sends an empty text.
  const host = row.Address === undefined || row.Address === null || row.Address === '' ? row.Ip : row.Address;
  return { kind: row.NetType ?? '', host: host ?? '', port: row.Port ?? 0, status: String(row.Status ?? '') };
}

function toTag(row: z.infer<typeof tagSchema>): Tag {
  return { key: row.TagKey, value: row.TagValue };
}

function toAccount(row: z.infer<typeof accountSchema>): DatabaseAccount[] {
  const { DBUser: user, DBPassword: password } = row;
  if (user === undefined || user === null || user === '') return [];
  return [{ user, password: new Secret(password ?? '') }];
}
