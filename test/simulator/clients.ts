import { Client as PostgresClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/postgres/v20170312/postgres_client.js';
import type { ServerlessDBInstance } from 'tencentcloud-sdk-nodejs/tencentcloud/services/postgres/v20170312/postgres_models.js';
import { Client as StsClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/sts/v20180813/sts_client.js';
import { CommonClient } from 'tencentcloud-sdk-nodejs-common/tencentcloud/common/common_client.js';
import pg from 'pg';
import { type RunningSimulator, until } from './support.ts';

/** What a client has of its own; the rest is the simulator's. */
interface Change {
  readonly region?: string;
  readonly secretId?: string;
  readonly secretKey?: string;
  readonly token?: string;
  readonly language?: 'zh-CN' | 'en-US';
}

/** The official client of the service, over http to the simulator. */
export function postgresClient(simulator: RunningSimulator, change: Change = {}): PostgresClient {
  return new PostgresClient(clientOptions(simulator, change));
}

/** The official client of the security token service. */
export function stsClient(simulator: RunningSimulator, change: Change = {}): StsClient {
  return new StsClient(clientOptions(simulator, change));
}

/** The official client of any service. */
export function commonClient(simulator: RunningSimulator, version: string, region: string): CommonClient {
  const options = clientOptions(simulator, { region });
  return new CommonClient(options.profile.httpProfile.endpoint, version, options);
}

function clientOptions(simulator: RunningSimulator, change: Change) {
  const { secretId, secretKey } = simulator;
  const { region = 'ap-guangzhou', language, ...credential } = change;
  return {
    credential: { secretId, secretKey, ...credential },
    region,
    profile: {
      ...(language === undefined ? {} : { language }),
      httpProfile: { protocol: 'http://', endpoint: new URL(simulator.endpoint).host },
    },
  };
}

/** The instance once its own status and the status of its public address are these. */
export async function settled(
  client: PostgresClient,
  id: string,
  status: string,
  publicStatus?: string,
): Promise<ServerlessDBInstance> {
  const find = async (): Promise<ServerlessDBInstance | undefined> => {
    const answer = await client.DescribeServerlessDBInstances({ Filter: [{ Name: 'db-instance-id', Values: [id] }] });
    return answer.DBInstanceSet?.[0];
  };
  const found = await until(find, (instance) => {
    const open = instance?.DBInstanceNetInfo?.find((net) => net.NetType === 'public')?.Status;
    return instance?.DBInstanceStatus === status && (publicStatus === undefined || open === publicStatus);
  });
  if (found === undefined) throw new Error(`${id} is not listed`);
  return found;
}

/** Where and how to log in, by the `private` or the `public` address. */
export function login(instance: ServerlessDBInstance, kind: 'private' | 'public'): pg.ClientConfig {
  const address = instance.DBInstanceNetInfo?.find((net) => net.NetType === kind);
  const account = instance.DBAccountSet?.[0];
  const database = instance.DBDatabaseList?.[0];
  if (address === undefined || account === undefined || database === undefined) {
    throw new Error('The instance has no address, account or database');
  }
  return {
    host: address.Address === '' ? address.Ip : address.Address,
    port: address.Port,
    user: account.DBUser,
    password: account.DBPassword,
    database,
  };
}

/** The first value of the first row of the last statement; connects for these statements. */
export async function query(config: pg.ClientConfig, ...statements: string[]): Promise<unknown> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    let value: unknown;
    for (const text of statements) value = (await client.query<unknown[]>({ text, rowMode: 'array' })).rows[0]?.[0];
    return value;
  } finally {
    await client.end();
  }
}
