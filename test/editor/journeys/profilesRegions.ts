import assert from 'node:assert/strict';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { make } from './profilesStage.ts';

const listing = 'DescribeServerlessDBInstances';
const failure = 'Could not refresh ap-beijing';

export async function failingAndSlow({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { sidebar } = workbench;
  await make(simulator, 'orders-2', 'ap-guangzhou', 'ap-guangzhou-3');
  await simulator.control.addFaults(
    `${listing}@ap-beijing=error:InternalError`,
    `${listing}@ap-shanghai=delay:20000*1`,
  );
  await sidebar.titleButton('Refresh Instances');
  await sidebar.waitForRow('orders-2', 'ap-guangzhou');
  await sidebar.waitForRow(failure, /internal error/u);
  await sidebar.waitForRow('stock', 'Running · ap-beijing');
  await workbench.screenshot('profiles-region-failed');

  await simulator.control.clearFaults();
  await make(simulator, 'stock-2', 'ap-beijing', 'ap-beijing-3');
  await sidebar.row(failure).click();
  await sidebar.waitForRow('stock-2', 'ap-beijing');
  await sidebar.row(failure).waitFor({ state: 'detached' });
}

export async function regionsChosen({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { input, sidebar } = workbench;
  await workbench.run(command('Choose Regions...'));
  await input.waitFor('Regions of "100000000001"');
  await input.row('ap-guangzhou').waitFor();
  await workbench.screenshot('profiles-regions');
  await input.row('ap-beijing').click();
  await input.accept();
  await input.waitUntilGone();
  await sidebar.row('stock').waitFor({ state: 'detached' });
  const { calls } = await simulator.control.state();
  assert.ok(
    calls.some(({ action }) => action === 'DescribeRegions'),
    'the list is that of the service',
  );

  await workbench.run(command('Choose Regions...'));
  await input.row('ap-beijing').click();
  await input.accept();
  await sidebar.waitForRow('stock', 'Running · ap-beijing');
}
