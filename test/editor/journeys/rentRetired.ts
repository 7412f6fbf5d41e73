import assert from 'node:assert/strict';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { countOf } from './lifeStage.ts';
import { network, orders, region, rented, reviewLines, zone } from './rentStage.ts';

const name = 'carried-over';
const withdrawn = 'CreateServerlessDBInstance';

/** Leaves the serverless actions withdrawn, on the other site. */
export async function retired({ product, simulator }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input, notifications, sidebar } = workbench;
  const sentBefore = await orders(simulator);
  await simulator.control.retire('ActionOffline');
  await workbench.run(command('Create Instance...'));
  await question('Kind of instance');
  await input.choose('Serverless');
  await product.answerOpenWizard({
    region,
    zone,
    name,
    network,
    project: '1200002',
    tags: [{ key: 'team', value: 'payments' }],
  });
  await input.choose('Create');

  const guide = await notifications.waitFor(`Cannot create "${name}"`);
  const words = await guide.text();
  assert.match(words, /This action of the service has been taken offline\./u, 'what happened');
  assert.match(words, /withdrawing the serverless form of PostgreSQL since 2025/u, 'since when');
  assert.match(words, /The service said: ActionOffline: The API `CreateServerlessDBInstance` has been deprecated/u);
  const { calls } = await simulator.control.state();
  const requestId = calls.findLast(({ action }) => action === withdrawn)?.requestId;
  assert.ok(requestId !== undefined && words.includes(requestId), 'the request id');
  assert.deepEqual(await guide.buttons(), ['Create as Pay-as-you-go', 'Try Other Site', 'Try Simulator']);
  await workbench.screenshot('rent-retired');

  await guide.press('Try Other Site');
  await question('Review');
  await input.choose('Create');
  // The other site has withdrawn it as well.
  const again = await notifications.waitFor(`Cannot create "${name}"`);
  assert.equal(await countOf(simulator, withdrawn), 2);
  await again.press('Create as Pay-as-you-go');

  // Each of these waits would fail if anything that was answered were asked again.
  for (const title of ['Version', 'Class', 'Storage', 'Storage type', 'Second zone', 'Security groups']) {
    await question(title);
    if (title === 'Version') await input.choose('16');
    else if (title === 'Storage') await input.accept();
    else await input.acceptProposed();
  }
  await question('Admin user');
  await input.accept();
  for (const title of ['Password', 'Deletion protection']) {
    await question(title);
    await input.acceptProposed();
  }
  await question('Review');
  await input.row('Price').filter({ hasText: 'CNY 0.36 per hour' }).waitFor();
  const shown = await reviewLines(workbench);
  for (const line of [
    'Kind of instance, Pay-as-you-go',
    `Region, ${region}`,
    `Availability zone, ${zone}`,
    `VPC, ${network.vpc}`,
    `Subnet, ${network.subnet}`,
    `Name, ${name}`,
    'Charset, UTF8',
    'Project, 1200002',
    'Tags, team=payments',
  ]) {
    assert.ok(shown.includes(line), `"${line}" is carried over:\n${shown.join('\n')}`);
  }
  await workbench.screenshot('rent-carried-over');
  await input.choose('Create');

  await product.waitUntilReady(name);
  await sidebar.waitForRow(name, 'Running');
  assert.equal(await orders(simulator), sentBefore + 1);
  const { TagList, ProjectId, DBMajorVersion } = await rented(simulator, name);
  assert.deepEqual(
    { TagList, ProjectId, DBMajorVersion },
    { TagList: [{ TagKey: 'team', TagValue: 'payments' }], ProjectId: 1_200_002, DBMajorVersion: '16' },
  );
}

/** Needs what `retired` leaves. */
export async function checkedAgain({ product, simulator }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input } = workbench;
  const warned = input.row('Serverless').filter({ hasText: /withdrawn, as the service said on \d{4}-\d{2}-\d{2}/u });
  await workbench.run(command('Create Instance...'));
  await question('Kind of instance');
  await warned.filter({ hasText: 'ActionOffline: ' }).waitFor();
  await workbench.screenshot('rent-kind-withdrawn');
  await input.rowButton('Serverless', 'Check again');
  await workbench.waitForStatus('The service still says that it has withdrawn this kind: Serverless');
  await warned.waitFor();

  await simulator.control.retire('');
  await input.rowButton('Serverless', 'Check again');
  await workbench.waitForStatus('The service answers for this kind again: Serverless');
  await warned.waitFor({ state: 'detached' });
  await input.choose('Serverless');
  await question('Region');
  await input.escape();
}
