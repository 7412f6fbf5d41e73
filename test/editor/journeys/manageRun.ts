import assert from 'node:assert/strict';
import { modalDialog } from '../../support/editor/modalDialog.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { query } from './connectStage.ts';
import { login, orders, shopOrders, told } from './manageStage.ts';

export async function renamed({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { input, sidebar } = workbench;
  await sidebar.waitForRow(orders, /^Running · /u);
  await sidebar.rowMenu(orders, 'Rename...');
  await input.waitFor('Rename instance');
  assert.equal(await input.value(), orders);
  await input.waitForMessage(/^New name of postgres-\w{8}\. Connections and addresses stay as they are\./u);
  await input.type('shop.orders');
  await input.waitForMessage('"." is not one of them.');
  await input.accept();
  await workbench.screenshot('manage-rename-wrong');
  // Enter was of no use: the box is still there.
  await input.type(shopOrders);
  await input.accept();
  await workbench.waitForStatus(`"${orders}" is now called "${shopOrders}".`);
  await sidebar.waitForRow(shopOrders, /^Running · /u);
  assert.equal((await told(simulator, shopOrders)).kind, 'provisioned');
}

export async function restarted({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { notifications, page, sidebar } = workbench;
  const modal = modalDialog(page);
  const before = await query(await login(simulator), 'select pg_postmaster_start_time()');
  await sidebar.rowMenu(shopOrders, 'Restart...');
  assert.match(await modal.text(), new RegExp(`Restart "${shopOrders}"\\? All connections are cut`, 'u'));
  await workbench.screenshot('manage-restart-modal');
  // The task stays there until it was looked at, however long the editor takes.
  await simulator.control.addFaults(
    'DescribeTasks=answer:TaskSet.*.Status="Running"',
    'DescribeTasks=answer:TaskSet.*.Progress=50',
  );
  await modal.press('Restart');
  await sidebar.waitForRow(shopOrders, /^Restarting 50% · /u);
  await notifications.waitFor(new RegExp(`Restarting "${shopOrders}": 50%: \\w+`, 'u'));
  await workbench.screenshot('manage-restarting');
  await simulator.control.clearFaults();
  await workbench.waitForStatus(`"${shopOrders}" has restarted.`);
  await sidebar.waitForRow(shopOrders, /^Running · /u);
  const after = await query(await login(simulator), 'select pg_postmaster_start_time()');
  assert.notDeepEqual(after, before, 'it is another process');
}

export async function resized({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { input, sidebar } = workbench;
  await sidebar.rowMenu(shopOrders, 'Resize...');
  await input.waitFor('Resize: Class (1/4)');
  await input.row('pg.it.medium4').waitFor();
  assert.equal(await input.focused(), 'pg.it.medium4', 'it begins with what is there');
  await workbench.screenshot('manage-resize-class');
  await input.choose('pg.it.large8');
  await input.waitFor('Resize: Storage (2/4)');
  assert.equal(await input.value(), '50');
  await input.type('40');
  await input.waitForMessage('At least 50 GB with this class.');
  await input.type('105');
  await input.waitForMessage('in steps of 10');
  await input.accept();
  await input.type('100');
  await input.accept();
  await input.waitFor('Resize: Time of switching (3/4)');
  await input.choose('As soon as it is prepared');
  await input.waitFor('Resize: Review (4/4)');
  await input.row('Resize').waitFor();
  const review = (await input.rows()).join('\n');
  assert.match(review, /Resize, CNY \d+\.\d\d per hour, about CNY \d+\.\d\d per month/u);
  assert.match(review, /pg\.it\.large8 · 4 cores, 8 GB \(now 2 cores, 4 GB\)/u);
  assert.match(review, /Storage.* 100 GB \(now 50 GB\)/u);
  await workbench.screenshot('manage-resize-review');
  await input.choose('Resize');
  await sidebar.waitForRow(shopOrders, /^Resizing.* 4 cores, 8 GB, 100 GB/u);
  await workbench.screenshot('manage-resizing');
  await workbench.waitForStatus(`"${shopOrders}" now has 4 cores, 8 GB, 100 GB.`);
  await sidebar.waitForRow('Class', 'pg.it.large8 · 4 cores, 8 GB');
  await sidebar.waitForRow('Storage', '100 GB');
  const { specCode, storage } = await told(simulator, shopOrders);
  assert.deepEqual([specCode, storage], ['pg.it.large8', 100]);
}
