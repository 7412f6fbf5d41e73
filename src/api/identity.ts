import * as z from 'zod';
import type { Identify } from '../domain/ports.ts';
import type { Action, Client } from './client.ts';

const identitySchema = z.object({
  AccountId: z.string().min(1),
  UserId: z.string().nullish(),
  Arn: z.string().nullish(),
  Type: z.string().nullish(),
});

const identityAction: Action<z.infer<typeof identitySchema>> = {
  service: 'sts',
  version: '2018-08-13',
  name: 'GetCallerIdentity',
  effect: 'read',
  schema: identitySchema,
};

/** The region that the official clients use for this service; the answer is the same in every one. */
const region = 'ap-guangzhou';

/** GetCallerIdentity takes the keys of main accounts, of sub-users and temporary ones. */
export function createIdentify(client: Client): Identify {
  return async (connection, signal) => {
    const { value } = await client.call(identityAction, { region, parameters: {}, signal, connection });
    return {
      accountId: value.AccountId,
      userId: value.UserId ?? '',
      arn: value.Arn ?? '',
      type: value.Type ?? '',
    };
  };
}
