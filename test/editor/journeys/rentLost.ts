import assert from 'node:assert/strict';
import { newestClient, order, settled } from '../../simulator/provisionedClients.ts';
import { until } from '../../simulator/support.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { query } from './connectStage.ts';
import { confirmDefaults } from './rentDefaults.ts';
import { network, orders, zone } from './rentStage.ts';

/** The answer to a create is lost, and somebody else makes the same at that moment. Needs a copy with the password. */
export async function twins(stage: Stage): Promise<void> {
  const { product, simulator } = stage;
  const { input, notifications, sidebar } = product.workbench;
  await makeRoom(stage);
  const sentBefore = await orders(simulator);
  // Nobody is told what there is before the other one is there as well.
  await simulator.control.addFaults('CreateInstances=cut-after*1', 'DescribeDBInstances=error:InternalError');
  const name = await confirmDefaults(stage);
  await until(
    () => orders(simulator),
    (count) => count === sentBefore + 1,
  );
  const { ours, theirs } = await withTwin(stage, name);
  await simulator.control.clearFaults();

  const message = await notifications.waitFor(`It is not known whether "${name}" was created`, { timeout: 60_000 });
  assert.match(await message.text(), /more than one create may have made what is called .* nothing is sent again/u);
  await product.workbench.screenshot('rent-twins-message');
  await message.press('Choose Instance...');
  await input.waitFor(`Choose instance: ${name}`);
  for (const id of [ours, theirs]) {
    const row = input.row(id).filter({ hasText: name });
    await row.filter({ hasText: /created 20.*ap-guangzhou-3 · pg\.it\.small2 · 1 core, 2 GB, 20 GB/u }).waitFor();
  }
  await input.row('None of these').waitFor();
  await product.workbench.screenshot('rent-twins');
  await input.escape();

  // Escape has changed nothing: the row asks the same.
  const activity = sidebar.view('Activity');
  await activity.open();
  await activity.waitForRow(`Create ${name}`, 'Choose which instance it is');
  await product.workbench.screenshot('rent-twins-row');
  await activity.rowButton(`Create ${name}`, 'Choose Instance...');
  await input.waitFor(`Choose instance: ${name}`);
  await input.choose(ours);
  await product.waitUntilReady(name);
  await activity.waitForRow(`Create ${name}`, 'Created');

  const ready = await notifications.waitFor(`PostgreSQL instance "${name}" (${ours})`);
  const uri = await product.workbench.copiedBy(() => ready.press('Copy Connection String'));
  assert.equal(await query({ connectionString: uri }), 'shopkeeper', 'with the password that was kept for it');
  assert.equal(await orders(simulator), sentBefore + 2, 'nothing was sent again');
}

/** The subnet has a few addresses only: destroys what the journeys before have made, as far as it may be. */
async function makeRoom({ simulator }: Stage): Promise<void> {
  const client = newestClient(simulator);
  const { DBInstanceSet: all = [] } = await client.DescribeDBInstances({ Limit: 100 });
  for (const { DBInstanceId: id = '', DeletionProtection: isProtected } of all) {
    if (isProtected === true) continue;
    await client.IsolateDBInstances({ DBInstanceIdSet: [id] });
    await settled(client, id, ({ DBInstanceStatus }) => DBInstanceStatus === 'isolated');
    await client.DestroyDBInstance({ DBInstanceId: id });
    await until(simulator.control.state, ({ instances }) => instances.every((one) => one.id !== id));
  }
}

/** Makes the same once more, as another tool would, and tells the two apart. */
async function withTwin({ simulator }: Stage, name: string): Promise<{ ours: string; theirs: string }> {
  const same = { Zone: zone, SpecCode: 'pg.it.small2', Storage: 20, VpcId: network.vpc, SubnetId: network.subnet };
  const { DBInstanceIdSet } = await newestClient(simulator).CreateInstances(order({ ...same, Name: name }));
  const theirs = DBInstanceIdSet?.[0] ?? assert.fail('no id');
  const { instances } = await simulator.control.state();
  const ours = instances.find((one) => one.name === name && one.id !== theirs) ?? assert.fail('It was not made');
  return { ours: ours.id, theirs };
}
