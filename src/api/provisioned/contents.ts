import * as z from 'zod';
import type { Database, ServerAccount } from '../../domain/contents.ts';
import type { Action, Client } from '../client.ts';
import { readPages } from '../paging.ts';
import { postgres, present } from '../postgresWire.ts';

/** Accounts and databases of an instance (DescribeAccounts 409/18109, DescribeDatabases). */
const accountsSchema = z.object({
  TotalCount: z.number().nullish(),
  Details: z
    .array(
      z.object({
        UserName: z.string().nullish(),
        Remark: z.string().nullish(),
        Status: z.union([z.number(), z.string()]).nullish(),
        CreateTime: z.string().nullish(),
        PasswordUpdateTime: z.string().nullish(),
        UserType: z.string().nullish(),
      }),
    )
    .nullish(),
});

const databaseSchema = z.object({
  DatabaseName: z.string().nullish(),
  DatabaseOwner: z.string().nullish(),
  Encoding: z.string().nullish(),
});

const databasesSchema = z.object({
  TotalCount: z.number().nullish(),
  Items: z.array(z.string()).nullish(),
  Databases: z.array(databaseSchema).nullish(),
});

const accountsAction: Action<z.infer<typeof accountsSchema>> = {
  ...postgres,
  name: 'DescribeAccounts',
  effect: 'read',
  schema: accountsSchema,
};

const databasesAction: Action<z.infer<typeof databasesSchema>> = {
  ...postgres,
  name: 'DescribeDatabases',
  effect: 'read',
  schema: databasesSchema,
};

/** The most that either gives at once. */
const pageSize = 100;

/** Being made, changed, given a new password, locked, deleted. */
const passingStates: ReadonlySet<string> = new Set(['1', '3', '4', '5', '-1']);

export interface ContentsReader {
  /** Administrators first, then in the order of their creation: the one that was made with the instance leads. */
  accounts(region: string, id: string, signal: AbortSignal): Promise<ServerAccount[]>;
  databases(region: string, id: string, signal: AbortSignal): Promise<Database[]>;
}

export function createContentsReader(client: Client): ContentsReader {
  return {
    async accounts(region, id, signal) {
      const rows = await readPages(
        async (offset) => {
          const order = { OrderBy: 'createTime', OrderByType: 'asc' };
          const parameters = { DBInstanceId: id, Limit: pageSize, Offset: offset, ...order };
          const { value } = await client.call(accountsAction, { region, parameters, signal });
          return { rows: value.Details ?? [], total: value.TotalCount ?? undefined };
        },
        (row) => row.UserName ?? '',
      );
      return rows
        .toSorted((a, b) => rankOf(a) - rankOf(b))
        .map((row) => ({
          name: row.UserName ?? '',
          type: row.UserType ?? '',
          ready: !passingStates.has(String(row.Status)),
          ...present('remark', row.Remark),
          ...present('passwordSetAt', row.PasswordUpdateTime),
        }))
        .filter(({ name }) => name !== '');
    },
    async databases(region, id, signal) {
      const rows = await readPages(
        async (offset) => {
          const parameters = { DBInstanceId: id, Limit: pageSize, Offset: offset };
          const { value } = await client.call(databasesAction, { region, parameters, signal });
          return { rows: detailed(value.Items ?? [], value.Databases ?? []), total: value.TotalCount ?? undefined };
        },
        (row) => row.DatabaseName ?? '',
      );
      return rows
        .map((row) => ({
          name: row.DatabaseName ?? '',
          ...present('owner', row.DatabaseOwner),
          ...present('encoding', row.Encoding),
        }))
        .filter(({ name }) => name !== '');
    },
  };
}

/** An account without a time of creation was made inside the database. */
function rankOf(row: {
  readonly UserType?: string | null | undefined;
  readonly CreateTime?: string | null | undefined;
}): number {
  const isAdministrator = row.UserType === 'tencentDBSuper';
  const madeInside = row.CreateTime?.startsWith('0000-') === true;
  return (isAdministrator ? 0 : 2) + (madeInside ? 1 : 0);
}

/** The names are the older half of the answer: what has no details stands there with its name alone. */
function detailed(
  names: readonly string[],
  details: readonly z.infer<typeof databaseSchema>[],
): readonly z.infer<typeof databaseSchema>[] {
  const told = new Set(details.map(({ DatabaseName }) => DatabaseName));
  return [...details, ...names.filter((name) => !told.has(name)).map((name) => ({ DatabaseName: name }))];
}
