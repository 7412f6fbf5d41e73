import assert from 'node:assert/strict';
import { until } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { countOf } from './lifeStage.ts';
import { network, orders, rented, zone } from './rentStage.ts';

export async function twoKeystrokes(stage: Stage): Promise<void> {
  const { simulator } = stage;
  const sentBefore = await orders(simulator);
  const name = await enterEnter(stage);
  assert.equal(await orders(simulator), sentBefore + 1);
  assert.deepEqual(await rented(simulator, name), {
    Zone: zone,
    DBInstanceName: name,
    DBMajorVersion: '16',
    DBInstanceClass: 'pg.it.small2',
    DBInstanceStorage: 20,
    DBInstanceStorageType: 'PHYSICAL_LOCAL_SSD',
    DBCharset: 'UTF8',
    ProjectId: 0,
    VpcId: network.vpc,
    SubnetId: network.subnet,
    PayType: 'postpaid',
    TagList: [],
    DeletionProtection: false,
  });
}

export async function idsMissing(stage: Stage): Promise<void> {
  const { simulator } = stage;
  const sentBefore = await orders(simulator);
  const askedBefore = await countOf(simulator, 'DescribeOrders');
  await simulator.control.addFaults('CreateInstances=answer:DBInstanceIdSet*1');
  await enterEnter(stage);
  assert.deepEqual((await simulator.control.state()).faults, [], 'the id was missing indeed');
  assert.equal(await orders(simulator), sentBefore + 1, 'sent once');
  assert.ok((await countOf(simulator, 'DescribeOrders')) > askedBefore, 'the order told the id');
}

/** The two keystrokes of somebody with defaults; resolves with the name of what runs then. */
async function enterEnter(stage: Stage): Promise<string> {
  const { product } = stage;
  const name = await confirmDefaults(stage);
  await product.waitUntilReady(name);
  await product.workbench.sidebar.waitForRow(name, 'Running');
  return name;
}

/** Resolves with the name of what is being made then. */
export async function confirmDefaults({ product }: Stage): Promise<string> {
  const { workbench, question } = product;
  const { input } = workbench;
  await workbench.run(command('Create Instance...'));
  await question('Kind of instance');
  await until(input.focused, (row) => row === 'Create with my defaults');
  await input.accept();
  await question('Review');
  await until(input.focused, (row) => row === 'Create');
  const [name = ''] = (await input.rows()).flatMap((row) => /^Name, (pg-[a-z0-9]{4})$/u.exec(row)?.[1] ?? []);
  await input.accept();
  return name;
}
