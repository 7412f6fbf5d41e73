import type pg from 'pg';
import { Client } from 'tencentcloud-sdk-nodejs-latest/tencentcloud/services/postgres/v20170312/postgres_client.js';
import type {
  CreateInstancesRequest,
  DBInstance,
} from 'tencentcloud-sdk-nodejs-latest/tencentcloud/services/postgres/v20170312/postgres_models.js';
import { subnetsOf } from '../../src/simulator/account.ts';
import { type RunningSimulator, until } from './support.ts';

export const admin = { user: 'Admin_1', password: "It's-1-secret" };

/** The newest official client of the service, over http to the simulator. */
export function newestClient({ endpoint, secretId, secretKey }: RunningSimulator, region = 'ap-guangzhou'): Client {
  return new Client({
    credential: { secretId, secretKey },
    region,
    profile: { httpProfile: { protocol: 'http://', endpoint: new URL(endpoint).host } },
  });
}

/** An order that nothing is wrong with. */
export function order(change: Partial<CreateInstancesRequest> = {}): CreateInstancesRequest {
  const subnet = subnetsOf('ap-guangzhou').find(({ zone, isDefault }) => zone === 'ap-guangzhou-2' && isDefault);
  return {
    Zone: 'ap-guangzhou-3',
    SpecCode: 'pg.it.medium4',
    Storage: 50,
    InstanceCount: 1,
    Period: 1,
    Charset: 'UTF8',
    AdminName: admin.user,
    AdminPassword: admin.password,
    DBMajorVersion: '16',
    InstanceChargeType: 'POSTPAID_BY_HOUR',
    VpcId: subnet?.vpcId ?? '',
    SubnetId: subnet?.id ?? '',
    ...change,
  };
}

/** The instance when it is accepted; it must come to that. */
export function settled(client: Client, id: string, accept: (instance: DBInstance) => boolean): Promise<DBInstance> {
  return until(async () => (await client.DescribeDBInstanceAttribute({ DBInstanceId: id })).DBInstance ?? {}, accept);
}

export function isRunning({ DBInstanceStatus: status }: DBInstance): boolean {
  return status === 'running';
}

/** Where and how the administrator logs in, by the address that fits. */
export function loginOf(instance: DBInstance, kind: 'private' | 'public', family: 'ipv4' | 'ipv6' = 'ipv4') {
  const address = (instance.DBInstanceNetInfo ?? []).find(
    (net) => net.NetType === kind && net.Status === 'opened' && (net.Ip === '::1') === (family === 'ipv6'),
  );
  const config: pg.ClientConfig = {
    host: address?.Address === '' ? (address.Ip ?? '') : (address?.Address ?? ''),
    port: address?.Port ?? 0,
    ...admin,
    database: 'postgres',
  };
  return config;
}
