import * as z from 'zod';
import { ApiError } from '../apiError.ts';
import { checkDatabaseName } from '../databaseRules.ts';
import { applyFilters, filterSchema, type FilterRule } from '../filters.ts';
import { type Action, action, type Fields } from '../product.ts';
import type { Database } from '../provision.ts';
import { identifier, isState, literal, SqlError } from '../sql.ts';
import { type Inside, type InsideParts, named, visit } from './inside.ts';
import { accountsOf, existing } from './accounts.ts';

const describeSchema = z.strictObject({
  DBInstanceId: z.string(),
  Filters: z.array(filterSchema).default([]),
  Offset: z.int().min(0).default(0),
  Limit: z.int().min(1).default(20),
});

const createSchema = z.strictObject({
  DBInstanceId: z.string(),
  DatabaseName: z.string(),
  DatabaseOwner: z.string(),
  Encoding: z.string().default('UTF8'),
  Collate: z.string().default('C'),
  Ctype: z.string().default('C'),
});

const oneSchema = z.strictObject({ DBInstanceId: z.string(), DatabaseName: z.string() });

/** The encodings that the documents name. */
const encodings = ['UTF8', 'LATIN1', 'LATIN2', 'WIN1250', 'WIN1251', 'WIN1252', 'KOI8R', 'EUC_JP', 'EUC_KR'];

const badValue = 'InvalidParameterValue.InvalidParameterValueError';

/** The documents give no code of its own for what PostgreSQL itself refuses. */
const refused = 'FailedOperation.FailedOperationError';

/** The actions on the databases of a provisioned instance. */
export function databaseActions(parts: InsideParts): [string, Action][] {
  return [
    [
      'DescribeDatabases',
      action(describeSchema, (parameters, call) =>
        visit(parts, { id: parameters.DBInstanceId, call, purpose: 'look' }, async (inside): Promise<Fields> => {
          const found = applyFilters(await databasesOf(inside), parameters.Filters, filterRules, badValue);
          const rows = found.slice(parameters.Offset, parameters.Offset + parameters.Limit);
          return {
            TotalCount: found.length,
            Items: rows.map((database) => database.name),
            Databases: rows.map(wireDatabase),
          };
        }),
      ),
    ],
    [
      'CreateDatabase',
      action(createSchema, (parameters, call) =>
        visit(parts, { id: parameters.DBInstanceId, call, purpose: 'change' }, (inside) =>
          create(parts, parameters, inside),
        ),
      ),
    ],
    [
      'DeleteDatabase',
      action(oneSchema, (parameters, call) =>
        visit(parts, { id: parameters.DBInstanceId, call, purpose: 'change' }, async (inside) => {
          checkDatabaseName(parameters.DatabaseName);
          const database = named(await databasesOf(inside), parameters.DatabaseName);
          if (database === undefined) throw new ApiError(badValue, 'The database does not exist.');
          await inside.ask?.(`DROP DATABASE ${identifier(database.name)}`).catch((error: unknown) => {
            throw error instanceof SqlError ? new ApiError(refused, error.message) : error;
          });
          await rewrite(parts, inside, (all) => all.filter((one) => one.name !== database.name));
          return {};
        }),
      ),
    ],
  ];
}

async function create(parts: InsideParts, parameters: z.output<typeof createSchema>, inside: Inside): Promise<Fields> {
  const { DatabaseName: name, Encoding: encoding, Collate: collate, Ctype: ctype } = parameters;
  checkDatabaseName(name);
  if (!encodings.includes(encoding)) {
    throw new ApiError(
      'InvalidParameterValue.CharsetNotFoundError',
      `The database character set is not one of ${encodings.join(', ')}.`,
    );
  }
  const owner = existing(await accountsOf(inside), parameters.DatabaseOwner).name;
  const exists = new ApiError(refused, 'The database already exists.');
  if (named(await databasesOf(inside), name) !== undefined) throw exists;
  const text = `CREATE DATABASE ${identifier(name)} OWNER ${identifier(owner)} TEMPLATE template0 ENCODING ${literal(encoding)} LC_COLLATE ${literal(collate)} LC_CTYPE ${literal(ctype)}`;
  await inside.ask?.(text).catch((error: unknown) => {
    if (isState(error, '42P04')) throw exists;
    throw error instanceof SqlError ? new ApiError(badValue, error.message) : error;
  });
  if (inside.ask === undefined) {
    await rewrite(parts, inside, (all) => [...all, { name, owner, encoding, collate, ctype }]);
  }
  return {};
}

/** As it is told: what is written down, and what only PostgreSQL knows. */
interface Told extends Database {
  readonly allowConn: boolean;
  readonly connLimit: number;
  readonly privileges: string;
}

const toldSchema = z.array(
  z.object({
    name: z.string(),
    owner: z.string(),
    encoding: z.string(),
    collate: z.string(),
    ctype: z.string(),
    allowConn: z.boolean(),
    connLimit: z.int(),
    privileges: z.string(),
  }),
);

const databasesText = `SELECT datname AS name, pg_get_userbyid(datdba)::text AS owner,
  pg_encoding_to_char(encoding)::text AS encoding, datcollate::text AS collate, datctype::text AS ctype,
  datallowconn AS "allowConn", datconnlimit AS "connLimit", coalesce(datacl::text, '') AS privileges
  FROM pg_database WHERE NOT datistemplate ORDER BY datname`;

/** By name. */
async function databasesOf({ primary, ask }: Inside): Promise<Told[]> {
  if (ask !== undefined) return toldSchema.parse(await ask(databasesText));
  return primary.provision.databases
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((database) => ({ ...database, allowConn: true, connLimit: -1, privileges: '' }));
}

const filterRules: ReadonlyMap<string, FilterRule<Told>> = new Map([
  ['database-name', { values: (database: Told) => [database.name], fuzzy: true }],
]);

/** Writes the databases down anew, where nothing but that tells of them. */
async function rewrite(
  { book }: InsideParts,
  { primary: { id } }: Inside,
  change: (databases: readonly Database[]) => Database[],
): Promise<void> {
  const databases = book.find(id)?.provision?.databases;
  if (databases !== undefined) await book.updateProvision(id, { databases: change(databases) });
}

function wireDatabase(database: Told): Fields {
  return {
    DatabaseName: database.name,
    DatabaseOwner: database.owner,
    Encoding: database.encoding,
    Collate: database.collate,
    Ctype: database.ctype,
    AllowConn: database.allowConn,
    ConnLimit: database.connLimit,
    Privileges: database.privileges,
  };
}
