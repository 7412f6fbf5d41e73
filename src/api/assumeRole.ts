import * as z from 'zod';
import type { AssumedRole, Connection, Credentials } from '../domain/credentials.ts';
import { Secret } from '../domain/secret.ts';
import type { Action, Client } from './client.ts';

/** Every field is promised by the official SDK's model; what is missing would only fail later, at the next call. */
const assumedSchema = z.object({
  Credentials: z.object({
    TmpSecretId: z.string().min(1),
    TmpSecretKey: z.string().min(1),
    Token: z.string().min(1),
  }),
  ExpiredTime: z.number().int().positive(),
});

/** A read in our sense: it makes temporary keys and changes nothing, so it may be repeated. */
const assumeAction: Action<z.infer<typeof assumedSchema>> = {
  service: 'sts',
  version: '2018-08-13',
  name: 'AssumeRole',
  effect: 'read',
  schema: assumedSchema,
};

/** The region that the official clients use for this service; roles are the same in every one. */
const region = 'ap-guangzhou';

/** The service's own default. */
const durationSeconds = 7_200;

/**
 * Temporary keys of a role, got with the keys of somebody who may assume it; `expiresAt` in milliseconds since the
 * epoch. They go where the connection goes. Throws as any call when the role is refused.
 */
export type AssumeRole = (
  connection: Connection,
  role: AssumedRole,
  signal: AbortSignal,
) => Promise<{ readonly credentials: Credentials; readonly expiresAt: number }>;

/** AssumeRole (1312/48197). */
export function createAssumeRole(client: Client): AssumeRole {
  return async (connection, role, signal) => {
    const parameters = {
      RoleArn: role.roleArn,
      RoleSessionName: role.sessionName,
      DurationSeconds: durationSeconds,
    };
    const { value } = await client.call(assumeAction, { region, parameters, signal, connection });
    const { TmpSecretId, TmpSecretKey, Token } = value.Credentials;
    return {
      credentials: { secretId: TmpSecretId, secretKey: new Secret(TmpSecretKey), token: new Secret(Token) },
      expiresAt: value.ExpiredTime * 1_000,
    };
  };
}
