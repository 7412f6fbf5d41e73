import * as z from 'zod';
import { accountId } from '../account.ts';
import type { ApiKey } from '../authentication.ts';
import { action, type Product } from '../product.ts';

/** Service `sts`, version 2018-08-13. The first key is the account's own, the others belong to sub-users or, with a token, to a role. */
export function stsProduct(keys: readonly ApiKey[]): Product {
  return {
    name: 'sts',
    version: '2018-08-13',
    regional: false,
    actions: new Map([
      [
        'GetCallerIdentity',
        action(z.strictObject({}), (_parameters, { key }) => {
          const index = keys.findIndex((candidate) => candidate.secretId === key.secretId);
          if (key.token !== undefined) {
            const role = `4611686018427${String(397_000 + index)}`;
            return {
              Arn: `qcs::sts:${accountId}:assumed-role/${role}`,
              AccountId: accountId,
              UserId: `${role}:simulator`,
              PrincipalId: accountId,
              Type: 'CAMRole',
            };
          }
          const uin = String(Number(accountId) + index);
          return {
            Arn: `qcs::cam::uin/${accountId}:uin/${uin}`,
            AccountId: accountId,
            UserId: uin,
            PrincipalId: uin,
            Type: 'CAMUser',
          };
        }),
      ],
    ]),
  };
}
