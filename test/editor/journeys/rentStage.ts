import assert from 'node:assert/strict';
import * as z from 'zod';
import { subnetsOf, vpcsOf } from '../../../src/simulator/account.ts';
import { call, until, type RunningSimulator } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import type { Settings } from '../../support/editor/quiet.ts';
import type { Stage } from '../../support/editor/stage.ts';
import type { Workbench } from '../../support/editor/workbench.ts';
import { countOf } from './lifeStage.ts';

export const region = 'ap-guangzhou';
export const zone = 'ap-guangzhou-3';

/** In its second zone a subnet has only a few addresses, and some of them are free. */
const [, vpc] = vpcsOf(region);
const subnet = subnetsOf(region).find((one) => one.vpcId === vpc?.id && one.zone === zone);

export const network = { vpc: vpc?.id ?? '', subnet: subnet?.id ?? '' };

/** By the hour; the smallest class stays below it, the next one does not. */
export const priceLimit = 0.5;

/** A limit, and a full set of defaults below it. */
export const rentSettings: Settings = {
  // A port that is found by itself puts its count into the pictures.
  'remote.autoForwardPorts': false,
  'tencentdbPostgres.create.hourlyPriceLimit': priceLimit,
  'tencentdbPostgres.defaults.region': region,
  'tencentdbPostgres.defaults.zone': zone,
  'tencentdbPostgres.defaults.version': '16',
  'tencentdbPostgres.defaults.class': 'pg.it.small2',
  'tencentdbPostgres.defaults.storage': 20,
  'tencentdbPostgres.defaults.vpcId': network.vpc,
  'tencentdbPostgres.defaults.subnetId': network.subnet,
};

/** Signs in with the keys that the simulator knows; what it is told about that is gone too soon to wait for. */
export async function signInAsAnybody({ product: { typeKeys, workbench }, simulator }: Stage): Promise<void> {
  await workbench.run(command('Sign In'));
  await typeKeys(simulator);
  await workbench.sidebar.waitForWords('There is no instance yet in this account.');
}

/** How many orders have reached the simulator so far, refused ones included. */
export function orders(simulator: RunningSimulator): Promise<number> {
  return countOf(simulator, 'CreateInstances');
}

const answer = z.object({
  DBInstanceSet: z.array(
    z.object({
      Zone: z.string(),
      DBInstanceName: z.string(),
      DBMajorVersion: z.string(),
      DBInstanceClass: z.string(),
      DBInstanceStorage: z.number(),
      DBInstanceStorageType: z.string(),
      DBCharset: z.string(),
      ProjectId: z.number(),
      VpcId: z.string(),
      SubnetId: z.string(),
      PayType: z.string(),
      TagList: z.array(z.object({ TagKey: z.string(), TagValue: z.string() })),
      DeletionProtection: z.boolean(),
    }),
  ),
});

/** The instance of that name, as the service tells it. */
export async function rented(
  simulator: RunningSimulator,
  name: string,
): Promise<z.infer<typeof answer>['DBInstanceSet'][number]> {
  const { DBInstanceSet: all } = answer.parse(await call(simulator, { action: 'DescribeDBInstances', region }));
  return all.find(({ DBInstanceName }) => DBInstanceName === name) ?? assert.fail(`There is no instance "${name}"`);
}

/** Every line of a review that is longer than its box, read from both ends; ends at its first row. */
export async function reviewLines({ input, page }: Workbench): Promise<string[]> {
  const steps: [string, string][] = [
    ['ArrowUp', 'Charge type'],
    ['ArrowDown', 'Create'],
  ];
  // What comes later draws the rows anew, with the selection of a moment before.
  await input.row('Price').filter({ hasText: 'per hour' }).waitFor();
  const lines: string[] = [];
  for (const [key, row] of steps) {
    await page.keyboard.press(key);
    await until(input.focused, (focused) => focused === row);
    lines.push(...(await input.rows()));
  }
  // The first line below a heading has it at its end.
  return lines.map((line) => line.replace(/, What will be sent$/u, ''));
}
