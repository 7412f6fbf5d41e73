import assert from 'node:assert/strict';
import type { ClientConfig } from 'pg';
import { subnetsOf } from '../../../src/simulator/account.ts';
import { call, until, type RunningSimulator, type SimulatorState } from '../../simulator/support.ts';

/** The account that is made with the instances of this stage. */
export const admin = { user: 'keeper', password: "It's-1-secret" };

/** Its password later on. */
export const newPassword = 'Another-1_secret';

/** What the instance is called at first, and after its journey. */
export const orders = 'orders';
export const shopOrders = 'shop-orders';

export const home = 'ap-guangzhou';
export const elsewhere = 'eu-frankfurt';

/** A PostgreSQL 16 with 2 cores, 4 GB and 50 GB of storage, in a region that everybody begins with. */
export async function makeOrders(simulator: RunningSimulator): Promise<void> {
  await make(simulator, orders, home);
  await until(simulator.control.state, ({ instances }) => instances.every(({ status }) => status === 'running'));
}

/** Orders an instance as another program does; its way to `running` is not waited for. */
export async function make(simulator: RunningSimulator, name: string, region: string): Promise<void> {
  const [subnet] = subnetsOf(region);
  assert.ok(subnet);
  const answer = await call(simulator, {
    action: 'CreateInstances',
    region,
    body: {
      Name: name,
      Zone: `${region}-3`,
      SpecCode: 'pg.it.medium4',
      Storage: 50,
      InstanceCount: 1,
      Period: 1,
      Charset: 'UTF8',
      AdminName: admin.user,
      AdminPassword: admin.password,
      DBMajorVersion: '16',
      InstanceChargeType: 'POSTPAID_BY_HOUR',
      VpcId: subnet.vpcId,
      SubnetId: subnet.id,
    },
  });
  assert.equal(answer['Error'], undefined);
}

type Told = SimulatorState['instances'][number];

/** The one instance of that name, as the simulator has it. */
export async function told({ control }: RunningSimulator, name: string): Promise<Told> {
  const { instances } = await control.state();
  return instances.find((one) => one.name === name) ?? assert.fail(`the simulator has no "${name}"`);
}

/** How the account logs in by the private address, which is one of this machine here. */
export async function login(
  simulator: RunningSimulator,
  { user, password }: { readonly user: string; readonly password: string } = admin,
  database = 'postgres',
): Promise<ClientConfig> {
  const { port } = await told(simulator, shopOrders);
  return { host: '127.0.0.1', port, user, password, database };
}
