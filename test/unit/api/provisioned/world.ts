import type { TestContext } from 'node:test';
import * as z from 'zod';
import { createCloud } from '../../../../src/api/cloud.ts';
import type { Cloud } from '../../../../src/api/cloud.ts';
import type { CreatePlan } from '../../../../src/domain/createPlan.ts';
import type { InstanceService, Management } from '../../../../src/domain/ports.ts';
import type { Rental } from '../../../../src/domain/rental.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { answerOf, connectionTo, createTestLog, createTestSleep, directNetwork, startServer } from '../support.ts';

export const region = 'ap-guangzhou';
export const owner = { accountId: '100000000001', offering: 'provisioned' };
/** By the clock of this machine. */
export const time = Date.parse('2026-08-21T12:00:00+08:00');
export const adminPassword = 'Passw0rd-of-the-tests';

export const rental: Rental = {
  specCode: 'pg.it.small2',
  cpu: 1,
  memoryGb: 2,
  storageGb: 50,
  storageType: 'CLOUD_HSSD',
  securityGroupIds: [],
  adminName: 'root_of_demo',
  deletionProtection: false,
};

export const planWithoutRental: CreatePlan = {
  offering: 'provisioned',
  region,
  zone: 'ap-guangzhou-3',
  name: 'demo',
  version: '16',
  charset: 'utf-8',
  network: { vpcId: 'vpc-1', subnetId: 'subnet-1' },
  tags: [],
};

export const plan: CreatePlan = { ...planWithoutRental, rental };

export const password = new Secret(adminPassword);

export interface Asked {
  readonly service: string;
  readonly action: string;
  readonly parameters: Fields;
}

type Fields = Readonly<Record<string, unknown>>;

/** What the service answers to an action: the fields of a success, or a whole body such as `refusalOf` makes. */
export type Answers = Readonly<Record<string, Fields | string | ((parameters: Fields) => Fields | string)>>;

export interface World {
  readonly cloud: Cloud;
  readonly instances: InstanceService;
  readonly management: Management;
  readonly asked: readonly Asked[];
  /** Milliseconds of every wait. */
  readonly waits: readonly number[];
  readonly log: readonly string[];
}

const bodySchema = z.record(z.string(), z.unknown());

/** A cloud that calls a server on loopback; an action without an answer gets an empty success. */
export async function createWorld(context: TestContext, answers: Answers): Promise<World> {
  const asked: Asked[] = [];
  const server = await startServer(({ headers, body }, response) => {
    const action = String(headers['x-tc-action']);
    const service = /\/(\w+)\/tc3_request/.exec(headers.authorization ?? '')?.[1] ?? '';
    const parameters = bodySchema.parse(JSON.parse(body.toString()));
    asked.push({ service, action, parameters });
    const given = answers[action] ?? {};
    const answer = typeof given === 'function' ? given(parameters) : given;
    response.end(typeof answer === 'string' ? answer : answerOf(answer));
  });
  const { lines, ...log } = createTestLog();
  const { sleep, waits } = createTestSleep();
  let now = time;
  const cloud = createCloud({
    connection: () => Promise.resolve(connectionTo(server.origin)),
    language: 'en-US',
    network: () => directNetwork,
    timeout: () => 30_000,
    environment: {},
    clientName: 'tests',
    log,
    now: () => now,
    sleep: (milliseconds, signal) => {
      now += milliseconds;
      return sleep(milliseconds, signal);
    },
    random: () => 0.5,
    onDeprecated: () => undefined,
    onClockSkew: () => undefined,
  });
  context.after(async () => {
    await cloud.close();
    await server[Symbol.asyncDispose]();
  });
  return { cloud, instances: cloud.instances(owner), management: cloud.management(owner), asked, waits, log: lines };
}
