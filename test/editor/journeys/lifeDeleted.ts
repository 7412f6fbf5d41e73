import assert from 'node:assert/strict';
import { until } from '../../simulator/support.ts';
import { modalDialog } from '../../support/editor/modalDialog.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { resumedName } from './lifeResumed.ts';
import { countOf } from './lifeStage.ts';

const action = 'DeleteServerlessDBInstance';

export async function undone({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { input, notifications, page, sidebar } = workbench;
  const modal = modalDialog(page);
  await sidebar.rowMenu(resumedName, 'Delete...');
  const words = await modal.text();
  assert.match(words, new RegExp(`Delete "${resumedName}"\\?`, 'u'));
  assert.match(words, /postgres-\w+\): ap-guangzhou, account 100000000001/u);
  assert.match(words, /All its databases and accounts are lost\. This cannot be undone: there is no recycle bin\./u);
  await workbench.screenshot('life-delete-modal');
  await modal.press('Continue');

  await input.waitFor(`Delete: Delete "${resumedName}"?`);
  await input.type('Warehouse');
  await input.waitForMessage('Upper and lower case count.');
  await input.accept();
  await input.type('ware');
  await input.waitForMessage(`Type exactly: ${resumedName}`);
  await input.accept();
  await workbench.screenshot('life-delete-wrong-name');
  // Enter was of no use: the box is still there.
  await input.type(resumedName);
  await input.waitForMessage(`Type ${resumedName} and press Enter.`);
  await input.accept();

  const offer = await notifications.waitFor(`"${resumedName}" will be deleted in 60 seconds.`);
  await sidebar.waitForRow(resumedName, /^Deleting in \d+ s · /u);
  await workbench.screenshot('life-delete-undo');
  await offer.press('Undo');
  await workbench.waitForStatus(`Not deleted: "${resumedName}". Nothing was sent.`);
  await sidebar.waitForRow(resumedName, 'Running');
  assert.equal(await countOf(simulator, action), 0, 'nothing was sent');
}

export async function deleted({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { input, notifications, page, sidebar } = workbench;
  await sidebar.rowMenu(resumedName, 'Delete...');
  await modalDialog(page).press('Continue');
  await input.waitFor(`Delete: Delete "${resumedName}"?`);
  await input.type(resumedName);
  await input.accept();
  await sidebar.waitForRow(resumedName, /^Deleting · /u);
  await workbench.screenshot('life-deleting');
  await notifications.waitFor(`Instance "${resumedName}" is deleted.`);
  await sidebar.row(resumedName).waitFor({ state: 'detached' });
  await workbench.screenshot('life-deleted');
  const { instances } = await simulator.control.state();
  assert.ok(!instances.some(({ name }) => name === resumedName), 'the service has it no more');
  assert.equal(await countOf(simulator, action), 1);
}

export async function deletedMany({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { input, notifications, page, sidebar } = workbench;
  const modal = modalDialog(page);
  await simulator.control.addFaults(`${action}@ap-shanghai=error:InternalError*1`);
  await sidebar.select('shop-test', 'stock');
  await sidebar.rowMenu('stock', 'Delete...');
  const words = await modal.text();
  assert.match(words, /Delete 2 instances\?/u);
  assert.match(words, /shop-test \(postgres-\w+\): ap-beijing.*stock \(postgres-\w+\): ap-shanghai/u);
  await workbench.screenshot('life-delete-many-modal');
  await modal.press('Continue');
  await input.waitFor('Delete: Delete 2 instances?');
  await input.type('delete');
  await input.waitForMessage('Type exactly: delete 2');
  await input.type('delete 2');
  await input.accept();

  const summary = await notifications.waitFor('1 of 2 instances are deleted.');
  assert.match(await summary.text(), /Cannot delete "stock": .+ The service said: InternalError: /u);
  await sidebar.row('shop-test').waitFor({ state: 'detached' });
  await sidebar.waitForRow('stock', 'Running');
  await workbench.screenshot('life-delete-many-summary');
  await summary.press('Show Activity');
  const activity = sidebar.view('Activity');
  await activity.waitForRow('Delete shop-test', /^Deleted · /u);
  await activity.waitForRow('Delete stock', /^Not deleted · /u);
  await activity.expand('Delete stock');
  await activity.waitForRow('Answer of the service', /^InternalError: /u);
  await workbench.screenshot('life-delete-failed');

  await activity.rowButton('Delete stock', 'Try Again');
  await modal.press('Continue');
  await input.waitFor('Delete: Delete "stock"?');
  await input.type('stock');
  await input.accept();
  await notifications.waitFor('Instance "stock" is deleted.');
  await until(
    () => activity.rows(),
    (rows) =>
      rows
        .filter(({ label }) => label === 'Delete stock')
        .map(({ description }) => description)
        .join()
        .startsWith('Deleted · '),
  );
  await workbench.screenshot('life-delete-retried');
  const { instances } = await simulator.control.state();
  assert.deepEqual(
    instances.map(({ name }) => name),
    ['shop-prod'],
  );
}
