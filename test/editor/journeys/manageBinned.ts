import assert from 'node:assert/strict';
import { modalDialog } from '../../support/editor/modalDialog.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { query } from './connectStage.ts';
import { countOf } from './lifeStage.ts';
import { admin, login, newPassword, shopOrders, told } from './manageStage.ts';

const toBin = 'Move to Recycle Bin';

export async function protectedFromIt({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { notifications, page, sidebar } = workbench;
  await sidebar.rowMenu(shopOrders, 'Turn On Deletion Protection');
  await workbench.waitForStatus(`Deletion protection of "${shopOrders}" is on.`);
  await sidebar.rowMenu(shopOrders, `${toBin}...`);
  const refusal = await notifications.waitFor(`"${shopOrders}" is protected from deletion.`);
  await workbench.screenshot('manage-protected');
  await refusal.press('Turn Protection Off');
  await workbench.waitForStatus(`Deletion protection of "${shopOrders}" is off.`);
  await modalDialog(page).press('Cancel');
  assert.equal(await countOf(simulator, 'IsolateDBInstances'), 0, 'nothing was sent');
  await sidebar.waitForRow(shopOrders, /^Running · /u);
}

export async function binned(stage: Stage): Promise<void> {
  const { product, simulator } = stage;
  const { workbench } = product;
  const { page, sidebar } = workbench;
  const way = await login(simulator, { ...admin, password: newPassword });
  await query(way, 'create table kept as select 42 as answer');
  await isolated(stage, 'manage-isolate-modal');
  await workbench.screenshot('manage-binned');
  await assert.rejects(query(way), 'nobody connects to what is in the recycle bin');

  await sidebar.rowButton(shopOrders, 'Restore From Recycle Bin');
  const modal = modalDialog(page);
  assert.match(await modal.text(), new RegExp(`Restore "${shopOrders}"\\? .* is paid for as before\\.`, 'u'));
  await modal.press('Restore');
  await workbench.waitForStatus(`"${shopOrders}" is restored and runs.`);
  await sidebar.waitForRow(shopOrders, /^Running · /u);
  const { port } = await told(simulator, shopOrders);
  assert.equal(await query({ ...way, port }, 'select answer from kept'), 42);
}

export async function destroyed(stage: Stage): Promise<void> {
  const { product, simulator } = stage;
  const { workbench } = product;
  const { input, notifications, page, sidebar } = workbench;
  assert.ok(!(await sidebar.rowMenuEntries(shopOrders)).includes('Destroy...'), 'not while it runs');
  await isolated(stage);
  await sidebar.rowMenu(shopOrders, 'Destroy...');
  const modal = modalDialog(page);
  assert.match(await modal.text(), new RegExp(`Destroy "${shopOrders}"\\? .* This cannot be undone\\.$`, 'u'));
  await workbench.screenshot('manage-destroy-modal');
  await modal.press('Continue');
  await input.waitFor(`Destroy: Destroy "${shopOrders}"?`);
  await input.type(shopOrders.toUpperCase());
  await input.waitForMessage('Upper and lower case count.');
  await input.accept();
  await input.type(shopOrders);
  await input.accept();
  await notifications.waitFor(`Instance "${shopOrders}" is deleted.`);
  await sidebar.row(shopOrders).waitFor({ state: 'detached' });
  await workbench.screenshot('manage-destroyed');
  const { instances } = await simulator.control.state();
  assert.deepEqual(instances, [], 'the service has it no more');
}

async function isolated({ product: { workbench } }: Stage, picture?: string): Promise<void> {
  const { page, sidebar } = workbench;
  const modal = modalDialog(page);
  await sidebar.rowMenu(shopOrders, `${toBin}...`);
  assert.match(await modal.text(), new RegExp(`Move "${shopOrders}" to the recycle bin\\? .* Its data stays`, 'u'));
  if (picture !== undefined) await workbench.screenshot(picture);
  await modal.press(toBin);
  await workbench.waitForStatus(`"${shopOrders}" is in the recycle bin.`);
  await sidebar.waitForRow(shopOrders, /^In the recycle bin · /u);
}
