import { setTimeout as sleep } from 'node:timers/promises';
import { createCloud } from '../../src/api/cloud.ts';
import type { Instance } from '../../src/domain/instance.ts';
import { Secret } from '../../src/domain/secret.ts';
import { subnetsOf } from '../../src/simulator/account.ts';
import type { RunningSimulator, SimulatorState } from '../simulator/support.ts';
import { call, createBody } from '../simulator/support.ts';
import { cloudOptions } from '../support/cloudBundle.ts';
import { names } from './writes.ts';
import type { Needs, Write } from './writes.ts';

/** What the service itself says in the end. */
export interface Books {
  readonly instances: SimulatorState['instances'];
  /** Calls of the action of the write, in their order. */
  readonly calls: SimulatorState['calls'];
  /** Of the instance that the write is about; false, and empty, where there is none. */
  readonly isProtected: boolean;
  readonly accounts: readonly string[];
  readonly databases: readonly string[];
}

const passing: ReadonlySet<string> = new Set([
  ...['applying', 'init', 'initing', 'job running', 'expanding', 'waitSwitch', 'switching', 'restarting'],
  ...['isolating', 'disisolating', 'recycling', 'offlining'],
]);

/** Asks until nothing is under way there. */
async function settledState({ control }: RunningSimulator): Promise<SimulatorState> {
  for (let tries = 0; tries < 5_000; tries += 1) {
    const state = await control.state();
    if (!state.instances.some(({ status }) => passing.has(status))) return state;
    await sleep(5);
  }
  throw new Error('The simulator does not come to rest');
}

/** A request that left just before its sender died is taken before what is asked after it, and after that. */
export async function settledCalls(simulator: RunningSimulator, action: string): Promise<SimulatorState['calls']> {
  await simulator.control.state();
  const { calls } = await simulator.control.state();
  return calls.filter((one) => one.action === action);
}

/**
 * Gives the simulator an instance as the write needs it. One with an address takes its time to be made, so it is used
 * again and only put back.
 * @returns the instance as a window knows it; `undefined` where the write needs none
 */
export async function prepare(simulator: RunningSimulator, write: Write): Promise<Instance | undefined> {
  const { control } = simulator;
  await control.clearFaults();
  await control.setClock(0);
  if (write.hasAddress !== true) await control.reset();
  const { instances } = await settledState(simulator);
  let id = instances.find(({ kind }) => kind === write.offering)?.id;
  if (write.needs !== 'nothing' && id === undefined) {
    id = await make(simulator, write);
    await settledState(simulator);
  }
  if (id === undefined) return undefined;
  await bringTo(simulator, write, id);
  // When a password was set is told in seconds, and the window waits for another one by its own clock, which is fast.
  if (write.kind === 'resetPassword') await sleep(1_000);
  const instance = await asKnown(simulator, write, id);
  await control.clearCalls();
  return instance;
}

async function asKnown(
  { endpoint, secretId, secretKey }: RunningSimulator,
  { offering }: Write,
  id: string,
): Promise<Instance> {
  const connection = {
    credentials: { secretId, secretKey: new Secret(secretKey) },
    target: { site: 'mainland', endpoint },
  } as const;
  const cloud = createCloud({ ...cloudOptions(endpoint), connection: () => Promise.resolve(connection) });
  const owner = { accountId: names.accountId, offering };
  const instance = await cloud.instances(owner).findById(names.region, id, new AbortController().signal);
  await cloud.close();
  if (instance === undefined) throw new Error(`Not listed: ${id}`);
  return instance;
}

const steps: Readonly<Record<Needs, readonly string[]>> = {
  ...{ nothing: [], running: [], protected: [], open: [] },
  isolated: ['IsolateDBInstances'],
  account: ['CreateAccount'],
  database: ['CreateDatabase'],
};

async function bringTo(simulator: RunningSimulator, { needs, hasAddress, offering }: Write, id: string): Promise<void> {
  const form = offering === 'serverless' ? 'ServerlessDBExtranetAccess' : 'DBExtranetAccess';
  const { instances } = await simulator.control.state();
  const isOpen = instances.find((one) => one.id === id)?.publicStatus === 'opened';
  const address = hasAddress !== true || isOpen === (needs === 'open') ? [] : [`${isOpen ? 'Close' : 'Open'}${form}`];
  for (const action of [...steps[needs], ...address]) {
    const body = {
      IsolateDBInstances: { DBInstanceIdSet: [id] },
      CreateAccount: { DBInstanceId: id, UserName: names.account, Type: 'normal', Password: 'Some-passw0rd' },
      CreateDatabase: { DBInstanceId: id, DatabaseName: names.database, DatabaseOwner: names.admin },
    }[action] ?? { DBInstanceId: id };
    await done(simulator, action, body);
    await settledState(simulator);
  }
}

async function make(simulator: RunningSimulator, { offering, needs }: Write): Promise<string> {
  if (offering === 'serverless') {
    const answer = await done(simulator, 'CreateServerlessDBInstance', createBody(names.instance));
    return String(answer['DBInstanceId']);
  }
  const zone = `${names.region}-3`;
  const subnet = subnetsOf(names.region).find((one) => one.zone === zone);
  const answer = await done(simulator, 'CreateInstances', {
    ...{
      Zone: zone,
      SpecCode: 'pg.it.small2',
      Storage: 50,
      StorageType: 'PHYSICAL_LOCAL_SSD',
      InstanceCount: 1,
      Period: 1,
    },
    ...{ Charset: 'UTF8', AdminName: names.admin, AdminPassword: 'Some-passw0rd', DBMajorVersion: '16' },
    ...{ InstanceChargeType: 'POSTPAID_BY_HOUR', VpcId: subnet?.vpcId ?? '', SubnetId: subnet?.id ?? '' },
    ...{ Name: names.instance, DeletionProtection: needs === 'protected' },
  });
  const ids: readonly unknown[] = Array.isArray(answer['DBInstanceIdSet']) ? answer['DBInstanceIdSet'] : [];
  return String(ids[0]);
}

async function done(simulator: RunningSimulator, action: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await call(simulator, { action, region: names.region, body });
  if ('Error' in answer) throw new Error(`${action}: ${JSON.stringify(answer['Error'])}`);
  return answer;
}

/** What there is in the end, once nothing is under way any more. */
export async function readBooks(simulator: RunningSimulator, write: Write): Promise<Books> {
  const state = await settledState(simulator);
  const calls = state.calls.filter(({ action }) => action === write.action);
  const { instances } = state;
  const one = instances.find(({ kind }) => kind === write.offering);
  if (one === undefined || write.offering === 'serverless') {
    return { instances, calls, isProtected: false, accounts: [], databases: [] };
  }
  const body = { DBInstanceId: one.id };
  const { DBInstance: instance } = await done(simulator, 'DescribeDBInstanceAttribute', body);
  const isOpen = one.status === 'running' && write.kind.match(/Account|Database/u) !== null;
  return {
    ...{ instances, calls },
    isProtected: fieldOf(instance, 'DeletionProtection') === true,
    accounts: isOpen ? namesIn(await done(simulator, 'DescribeAccounts', body), 'Details', 'UserName') : [],
    databases: isOpen ? namesIn(await done(simulator, 'DescribeDatabases', body), 'Databases', 'DatabaseName') : [],
  };
}

function namesIn(answer: Record<string, unknown>, list: string, name: string): string[] {
  const rows: readonly unknown[] = Array.isArray(answer[list]) ? answer[list] : [];
  return rows.map((row) => String(fieldOf(row, name)));
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
