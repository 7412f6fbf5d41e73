import * as z from 'zod';
import { ApiError } from '../apiError.ts';
import { chinaTime } from '../chinaTime.ts';
import { checkAccountName, checkPassword } from '../databaseRules.ts';
import { type Action, action, type Fields } from '../product.ts';
import type { DatabaseAccount } from '../provision.ts';
import { identifier, isState, literal } from '../sql.ts';
import { type Inside, type InsideParts, named, visit } from './inside.ts';

const describeSchema = z.strictObject({
  DBInstanceId: z.string(),
  Limit: z.int().min(1).max(100).default(20),
  Offset: z.int().min(0).default(0),
  OrderBy: z.enum(['createTime', 'name', 'updateTime']).default('createTime'),
  OrderByType: z.enum(['asc', 'desc']).default('desc'),
});

const createSchema = z.strictObject({
  DBInstanceId: z.string(),
  UserName: z.string(),
  Type: z.enum(['normal', 'tencentDBSuper']),
  Password: z.string().optional(),
  Remark: z.string().default(''),
  OpenCam: z.boolean().default(false),
});

const oneSchema = z.strictObject({ DBInstanceId: z.string(), UserName: z.string() });

/** What the administrator and every other `tencentDBSuper` may do, as far as plain PostgreSQL has it. */
const superRights = 'CREATEDB CREATEROLE';

/** The actions on the accounts of a provisioned instance. */
export function accountActions(parts: InsideParts): [string, Action][] {
  return [
    [
      'DescribeAccounts',
      action(describeSchema, (parameters, call) =>
        visit(parts, { id: parameters.DBInstanceId, call, purpose: 'look' }, async (inside): Promise<Fields> => {
          const found = sorted(await accountsOf(inside), parameters.OrderBy, parameters.OrderByType);
          const { Limit: limit, Offset: offset } = parameters;
          return {
            TotalCount: found.length,
            Details: found.slice(offset, offset + limit).map((one) => wireAccount(one, parameters.DBInstanceId)),
          };
        }),
      ),
    ],
    [
      'CreateAccount',
      action(createSchema, (parameters, call) =>
        visit(parts, { id: parameters.DBInstanceId, call, purpose: 'change' }, (inside) =>
          create(parts, parameters, inside),
        ),
      ),
    ],
    [
      'DeleteAccount',
      action(oneSchema, (parameters, call) =>
        visit(parts, { id: parameters.DBInstanceId, call, purpose: 'change' }, async (inside) => {
          const account = existing(await accountsOf(inside), parameters.UserName);
          await inside.ask?.(`DROP ROLE ${identifier(account.name)}`).catch((error: unknown) => {
            throw isState(error, '2BP01')
              ? new ApiError('FailedOperation.FailedOperationError', 'The account owns objects in the database.')
              : error;
          });
          await rewrite(parts, inside, (all) => all.filter((one) => one.name !== account.name));
          return {};
        }),
      ),
    ],
    [
      'ResetAccountPassword',
      action(oneSchema.extend({ Password: z.string() }), (parameters, call) =>
        visit(parts, { id: parameters.DBInstanceId, call, purpose: 'change' }, async (inside) => {
          checkPassword(parameters.Password);
          const account = existing(await accountsOf(inside), parameters.UserName);
          if (account.openCam) {
            throw new ApiError(
              'FailedOperation.CheckAccountCAMCloseError',
              'CAM verification is enabled for the account, which does not support this operation.',
            );
          }
          await inside.ask?.(`ALTER ROLE ${identifier(account.name)} PASSWORD ${literal(parameters.Password)}`);
          const time = parts.now();
          const changed = { ...account, updatedAt: time, passwordUpdatedAt: time };
          // One that was made inside the database is written down from here on, so that its times are kept.
          await rewrite(parts, inside, (all) => [...all.filter((one) => one.name !== account.name), changed]);
          return {};
        }),
      ),
    ],
  ];
}

async function create(parts: InsideParts, parameters: z.output<typeof createSchema>, inside: Inside): Promise<Fields> {
  const { UserName: name, Type: type, Password: password, Remark: remark, OpenCam: openCam } = parameters;
  checkAccountName(name);
  checkRemark(remark);
  if (password !== undefined) checkPassword(password);
  else if (!openCam) throw new ApiError('MissingParameter', 'The request is missing a required parameter `Password`.');
  const exists = new ApiError('InvalidParameterValue.AccountExist', 'The account already exists.');
  if (named(await accountsOf(inside), name) !== undefined) throw exists;
  // Who is to come by CAM has no password, so that nobody comes by one.
  const secret = openCam || password === undefined ? 'NULL' : literal(password);
  const rights = type === 'tencentDBSuper' ? superRights : '';
  await inside.ask?.(`CREATE ROLE ${identifier(name)} LOGIN ${rights} PASSWORD ${secret}`).catch((error: unknown) => {
    throw isState(error, '42710') ? exists : error;
  });
  const time = parts.now();
  await rewrite(parts, inside, (all) => [
    ...all,
    { name, type, remark, openCam, createdAt: time, updatedAt: time, passwordUpdatedAt: time },
  ]);
  return {};
}

function checkRemark(remark: string): void {
  if (!/^[A-Za-z0-9_\u4e00-\u9fff-]*$/.test(remark)) {
    throw new ApiError(
      'InvalidParameterValue.ParameterCharacterError',
      'Remark takes letters, digits, underscores, hyphens and Chinese characters.',
    );
  }
  if (remark.length > 60) {
    throw new ApiError('InvalidParameterValue.ParameterLengthLimitError', 'Remark has at most 60 characters.');
  }
}

const rolesSchema = z.array(z.object({ rolname: z.string() })).readonly();

/** Whose names the service keeps for itself do not count. */
const rolesText = String.raw`SELECT rolname FROM pg_roles
  WHERE rolcanlogin AND NOT rolsuper AND rolname !~ '^(pg_|tencentdb_)' ORDER BY oid`;

/** Those that are there now: one that was dropped inside the database is gone, one that was made there has no times. */
export async function accountsOf({ primary, ask }: Inside): Promise<readonly DatabaseAccount[]> {
  const { accounts } = primary.provision;
  if (ask === undefined) return accounts;
  return rolesSchema.parse(await ask(rolesText)).map(({ rolname: name }) => {
    const known = accounts.find((account) => account.name === name);
    return known ?? { ...strange, name };
  });
}

const strange = {
  type: 'normal',
  remark: '',
  openCam: false,
  createdAt: 0,
  updatedAt: 0,
  passwordUpdatedAt: 0,
} as const;

/** @throws ApiError when there is none of that name */
export function existing(accounts: readonly DatabaseAccount[], name: string): DatabaseAccount {
  const found = named(accounts, name);
  if (found === undefined) throw new ApiError('InvalidParameterValue.AccountNotExist', 'The account does not exist.');
  return found;
}

/** Writes the accounts down anew: what others did meanwhile is kept. */
async function rewrite(
  { book }: InsideParts,
  { primary: { id } }: Inside,
  change: (accounts: readonly DatabaseAccount[]) => DatabaseAccount[],
): Promise<void> {
  const accounts = book.find(id)?.provision?.accounts;
  if (accounts !== undefined) await book.updateProvision(id, { accounts: change(accounts) });
}

type Order = z.output<typeof describeSchema>;

function sorted(
  accounts: readonly DatabaseAccount[],
  by: Order['OrderBy'],
  direction: Order['OrderByType'],
): DatabaseAccount[] {
  const ascending = accounts.toSorted((a, b) => {
    if (by === 'name') return a.name < b.name ? -1 : 1;
    return by === 'createTime' ? a.createdAt - b.createdAt : a.updatedAt - b.updatedAt;
  });
  return direction === 'asc' ? ascending : ascending.reverse();
}

/** Status 2: normal. Everything that is done to an account here is done at once, so the others are never seen. */
function wireAccount(account: DatabaseAccount, instanceId: string): Fields {
  return {
    DBInstanceId: instanceId,
    UserName: account.name,
    Remark: account.remark,
    Status: 2,
    CreateTime: chinaTime(account.createdAt),
    UpdateTime: chinaTime(account.updatedAt),
    PasswordUpdateTime: chinaTime(account.passwordUpdatedAt),
    UserType: account.type,
    OpenCam: account.openCam,
    PGRoles: account.type === 'tencentDBSuper' ? ['pg_tencentdb_superuser'] : [],
  };
}
