import * as z from 'zod';
import type { CreatePlan } from '../../domain/createPlan.ts';
import { wireCharset } from '../../domain/createPlan.ts';
import type { DatabaseAccount, Instance } from '../../domain/instance.ts';
import { serverless } from '../../domain/offerings/serverless.ts';
import type { Accepted, InstanceService } from '../../domain/ports.ts';
import { Secret } from '../../domain/secret.ts';
import type { Action, Client } from '../client.ts';
import { readPages } from '../paging.ts';
import {
  addressSchema,
  allNamed,
  postgres,
  present,
  tagParameters,
  tagSchema,
  toAddress,
  toTag,
  withName,
} from '../postgresWire.ts';
import type { TokenBucket } from '../tokenBucket.ts';
import { mayComeFrom } from '../trace.ts';
import { serverlessActions } from './actions.ts';

/**
 * The five actions of PostgreSQL for Serverless (409/38880, /38878, /38879, /39712, /39713). In an answer every field
 * may be null or missing, lists included.
 */
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

const createAction: Action<z.infer<typeof createdSchema>> = {
  ...postgres,
  name: serverlessActions.create,
  effect: 'write',
  schema: createdSchema,
};

const describeAction: Action<z.infer<typeof instancesSchema>> = {
  ...postgres,
  name: serverlessActions.describe,
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

  async function findNamed(region: string, name: string, signal: AbortSignal): Promise<Instance[]> {
    const rows = await read(region, [{ Name: 'db-instance-name', Values: [name] }], signal);
    return allNamed(toInstances(rows, region), name);
  }

  function toInstances(rows: readonly WireInstance[], region: string): Instance[] {
    return rows.map((row) => toInstance(row, region, account)).filter((instance) => instance.id !== '');
  }

  const change =
    (name: string) =>
    async (region: string, id: string, signal: AbortSignal): Promise<Accepted> => {
      const action: Action<unknown> = { ...postgres, name, effect: 'write', schema: nothingSchema };
      const { requestId } = await client.call(action, { region, parameters: { DBInstanceId: id }, signal });
      return { requestId };
    };

  const open = change(serverlessActions.openPublicAccess);
  const close = change(serverlessActions.closePublicAccess);

  return {
    request: (plan) => ({
      action: createAction.name,
      version: createAction.version,
      region: plan.region,
      body: createParameters(plan),
    }),
    async create({ plan }, signal) {
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
      return toInstances(rows, region);
    },
    clockAhead: () => Promise.resolve(client.clock.ahead()),
    findNamed,
    async findByName(region, name, signal) {
      return withName(await findNamed(region, name, signal), name);
    },
    async findCreated(trace, signal) {
      const named = await findNamed(trace.plan.region, trace.plan.name, signal);
      return named.filter((instance) => mayComeFrom(instance, trace, client.clock));
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
    delete: change(serverlessActions.delete),
    openPublicAccess: (region, id, _ipv6, signal) => open(region, id, signal),
    closePublicAccess: (region, id, _ipv6, signal) => close(region, id, signal),
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
    ...tagParameters(plan.tags),
  };
}

/** @param askedRegion stands in for a region that the answer leaves out */
function toInstance(row: WireInstance, askedRegion: string, accountId: string): Instance {
  return {
    id: row.DBInstanceId ?? '',
    accountId,
    offering: serverless.id,
    name: row.DBInstanceName ?? '',
    status: row.DBInstanceStatus ?? '',
    region: row.Region ?? askedRegion,
    zone: row.Zone ?? '',
    ...present('version', row.DBVersion),
    ...present('kernelVersion', row.DBKernelVersion),
    ...present('charset', row.DBCharset),
    ...present('projectId', row.ProjectId),
    ...present('vpcId', row.VpcId),
    ...present('subnetId', row.SubnetId),
    ...present('createdAt', row.CreateTime),
    addresses: (row.DBInstanceNetInfo ?? []).map(toAddress),
    tags: (row.TagList ?? []).map(toTag),
  };
}

function toAccount(row: z.infer<typeof accountSchema>): DatabaseAccount[] {
  const { DBUser: user, DBPassword: password } = row;
  if (user === undefined || user === null || user === '') return [];
  return [{ user, password: new Secret(password ?? '') }];
}
