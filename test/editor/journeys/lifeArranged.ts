import assert from 'node:assert/strict';
import { until } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { resumedName } from './lifeResumed.ts';
import { shortenUndo } from './lifeStage.ts';

const all = ['shop-prod', 'shop-test', 'stock', resumedName];

export async function arranged(stage: Stage): Promise<void> {
  const { workbench } = stage.product;
  const { input, notifications, sidebar } = workbench;

  await choose('Group Instances by...', 'Region');
  await shows(['ap-beijing', 'ap-guangzhou', 'ap-shanghai']);
  await sidebar.waitForRow('ap-guangzhou', '2');
  await sidebar.expand('ap-guangzhou');
  await shows(['ap-beijing', 'ap-guangzhou', 'shop-prod', resumedName, 'ap-shanghai']);
  await workbench.screenshot('life-grouped-by-region');

  await choose('Group Instances by...', 'Status');
  await shows(['Running']);
  await sidebar.waitForRow('Running', '4');

  await choose('Group Instances by...', 'env');
  await shows(['prod', 'test', 'Without tag "env"']);
  await choose('Sort Instances by...', 'Created, newest first');
  await sidebar.expand('Without tag "env"');
  await shows(['prod', 'test', 'Without tag "env"', resumedName, 'stock']);
  await workbench.screenshot('life-grouped-by-tag');

  await workbench.run(command('Filter Instances...'));
  await input.waitFor('Instances: Filter');
  await input.type('shop env=test');
  await input.accept();
  await sidebar.waitForWords('Filter: shop env=test - 1 of 4 shown.');
  await shows(['test']);

  // The journeys after this one have no time for long ones; the editor reads the file when a window opens.
  await shortenUndo(stage);
  await workbench.reload();
  await sidebar.waitForWords('Filter: shop env=test - 1 of 4 shown.');
  await shows(['test']);
  await sidebar.expand('test');
  await sidebar.waitForRow('shop-test', 'Running · ap-beijing');
  await workbench.screenshot('life-filtered-reloaded');
  assert.deepEqual(await notifications.texts(), [], 'what ended before is not announced again');

  await sidebar.titleButton('Clear Filter');
  await sidebar.waitForRow('Without tag "env"', '2');
  await until(sidebar.words, (words) => !words.includes('Filter'));
  await choose('Group Instances by...', 'Nothing');
  await until(firstLevel, (labels) => labels[0] === resumedName && labels.length === all.length);
  await choose('Sort Instances by...', 'Name');
  await shows(all);

  async function choose(title: string, row: string): Promise<void> {
    await workbench.run(command(title));
    await input.waitFor(/^Instances: (?:Group|Sort) by/u);
    await input.choose(row);
    await input.waitUntilGone();
  }

  async function firstLevel(): Promise<string[]> {
    return (await sidebar.rows()).map(({ label }) => label);
  }

  async function shows(labels: readonly string[]): Promise<void> {
    await until(firstLevel, (shown) => shown.join() === labels.join());
  }
}
