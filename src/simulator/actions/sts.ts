import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ApiError } from '../apiError.ts';
import { type ApiKey, expiryOf, type KeyRing } from '../keyRing.ts';
import { action, type Call, type Fields, type Product } from '../product.ts';

/** Parameters of AssumeRole as the official SDKs have them; of the optional ones only the duration changes anything here. */
const assumeSchema = z.strictObject({
  RoleArn: z.string(),
  RoleSessionName: z.string(),
  DurationSeconds: z.int().optional(),
  Policy: z.string().optional(),
  ExternalId: z.string().optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
  SourceIdentity: z.string().optional(),
});

const roleForm = /^qcs::cam::uin\/(\d+):(?:roleName|role(?:\/tencentcloudServiceRole(?:Name)?)?)\/([\w+=,.@-]+)$/;

const sessionForm = /^[\w+=,.@-]{2,128}$/;

/** Seconds. */
const usualDuration = 7_200;
const longestDuration = 43_200;

/** Service `sts`, version 2018-08-13. Every account has every role; it lets nobody else take one on. */
export function stsProduct(keys: KeyRing): Product {
  function assume(parameters: z.output<typeof assumeSchema>, { key }: Call): Fields {
    const { RoleArn: arn, RoleSessionName: name, DurationSeconds: seconds = usualDuration } = parameters;
    const [, account = '', role = ''] = roleForm.exec(arn) ?? [];
    if (role === '') throw badParameter('RoleArn is not of the form qcs::cam::uin/UIN:roleName/NAME.');
    if (!sessionForm.test(name)) {
      throw badParameter('RoleSessionName has 2 to 128 letters, digits and characters of `+=,.@_-`.');
    }
    if (seconds < 1) throw badParameter('DurationSeconds is at least 1.');
    if (seconds > longestDuration) {
      throw new ApiError('InvalidParameter.OverTimeError', `DurationSeconds is at most ${String(longestDuration)}.`);
    }
    if (account !== key.account) {
      throw new ApiError('UnauthorizedOperation', 'You are not authorized to perform sts:AssumeRole on this role.');
    }
    const issued = keys.issue(account, { role, name }, seconds);
    return {
      Credentials: { Token: issued.token, TmpSecretId: issued.secretId, TmpSecretKey: issued.secretKey },
      ...expiryOf(issued),
    };
  }

  return {
    name: 'sts',
    version: '2018-08-13',
    needsRegion: () => false,
    actions: new Map([
      ['GetCallerIdentity', action(z.strictObject({}), (_parameters, { key }) => identityOf(key, keys.all()))],
      ['AssumeRole', action(assumeSchema, assume)],
    ]),
  };
}

/** Of an account's lasting keys the first is its own, the others belong to sub-users. */
function identityOf(key: ApiKey, all: readonly ApiKey[]): Fields {
  const { account } = key;
  if (key.token !== undefined) {
    const { role, name } = key.session ?? { role: key.secretId, name: 'simulator' };
    const id = roleId(account, role);
    return {
      Arn: `qcs::sts:${account}:assumed-role/${id}`,
      AccountId: account,
      UserId: `${id}:${name}`,
      PrincipalId: account,
      Type: 'CAMRole',
    };
  }
  const users = all.filter((candidate) => candidate.account === account && candidate.token === undefined);
  const uin = String(Number(account) + users.findIndex((user) => user.secretId === key.secretId));
  return {
    Arn: `qcs::cam::uin/${account}:uin/${uin}`,
    AccountId: account,
    UserId: uin,
    PrincipalId: uin,
    Type: 'CAMUser',
  };
}

/** A number in the range of the service's own, the same for the same role on every run. */
function roleId(account: string, role: string): string {
  const digest = createHash('sha256').update(`${account}/${role}`).digest().readUInt32BE();
  return `4611686018427${String(digest % 1_000_000).padStart(6, '0')}`;
}

function badParameter(message: string): ApiError {
  return new ApiError('InvalidParameter.ParamError', message);
}
