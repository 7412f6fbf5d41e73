import assert from 'node:assert/strict';
import { until } from '../../simulator/support.ts';
import { modalDialog } from '../../support/editor/modalDialog.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { key, tooltip } from './leaksStage.ts';

/** Each part would do or hide something in one kind of place if it came to life there. */
const hostile =
  '[click](command:workbench.action.toggleZenMode) $(flame) <b>bold</b> **b** \u202Egnp.exe\u001B[31m\u0007\n\u200Bend ';

/** How it may be seen: the marks gone, the rest in one line. */
const harmless =
  /\[click\] \(command:workbench\.action\.toggleZenMode\) \$ ?\(flame\) <b>bold<\/b> \*\*b\*\* gnp\.exe ?\[31m end/u;

export async function hostileNames({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { page, sidebar } = workbench;
  const { instances } = await simulator.control.state();
  const id = instances[0]?.id ?? assert.fail('there is no instance');
  const name = JSON.stringify(`${hostile}${'w'.repeat(2_000)}`);
  await simulator.control.addFaults(
    `DescribeDBInstances=answer:DBInstanceSet.*.DBInstanceName=${name}`,
    `DescribeDBInstanceAttribute=answer:DBInstance.DBInstanceName=${name}`,
  );
  await sidebar.titleButton('Refresh Instances');
  const row = sidebar.row(harmless);
  await row.waitFor();
  assert.equal(
    await row.locator('.codicon-flame, .label-name a, .label-name b').count(),
    0,
    'nothing of the name is alive in the tree',
  );
  assert.match((await row.getAttribute('aria-label')) ?? '', harmless);
  const told = await tooltip(workbench, row, id);
  assert.match(await told.innerText(), harmless);
  assert.equal(await told.locator('.codicon-flame, a, b, strong').count(), 0, 'nor in the tooltip');

  await sidebar.rowMenu(harmless, 'Restart...');
  const dialog = modalDialog(page);
  const asked = await dialog.text();
  assert.match(asked, /Restart "/u);
  assert.match(asked, harmless);
  await workbench.screenshot('hostile-dialog');
  await dialog.press('Cancel');

  await sidebar.rowMenu(harmless, 'Show Details');
  await page.locator('.editor-instance .view-lines', { hasText: String.raw`\u202e` }).waitFor();
  const tab = page.locator('.tabs-container .tab.active');
  assert.doesNotMatch((await tab.getAttribute('aria-label')) ?? '', /[\p{Cc}\u202E\u200B]/u);
  await workbench.screenshot('hostile-document');

  await sidebar.rowMenu(harmless, 'Rename...');
  await workbench.input.waitFor(/Rename/u);
  await workbench.screenshot('hostile-box');
  await workbench.input.escape();
}

export async function hostileWords({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { input, notifications, page, sidebar } = workbench;
  const { instances } = await simulator.control.state();
  const name = instances[0]?.name ?? assert.fail('there is no instance');
  await sidebar.titleButton('Refresh Instances');
  await sidebar.waitForRow(name);
  await simulator.control.addFaults(`RestartDBInstance=error:InternalError:${hostile}*1`);
  await sidebar.rowMenu(name, 'Restart...');
  await modalDialog(page).press('Restart');
  const failure = await notifications.waitFor(/The service said/u);
  assert.match(await failure.text(), /\[click\] \(command:/u);
  const shown = page.locator('.notifications-toasts .notification-list-item-message');
  assert.equal(await shown.locator('a').count(), 0, 'words make no link in a message');
  await workbench.screenshot('hostile-message');
  await notifications.clear();

  await simulator.control.addFaults(`GetCallerIdentity=error:AuthFailure.TokenFailure:${hostile}*1`);
  await workbench.run(command('Add Profile...'));
  await until(input.title, (title) => title !== '');
  await input.choose('Enter the API keys of an account');
  for (const [title, text] of [
    ['SecretId', key.secretId],
    ['SecretKey', key.secretKey],
    ['Token', key.token],
    ['Role', ''],
    ['Name', ''],
  ] as const) {
    await input.waitFor(`Add profile: ${title} (`);
    if (text !== '') await input.type(text);
    await input.accept();
  }
  await input.waitForMessage(harmless);
  assert.equal(await page.locator('.quick-input-message a, .quick-input-message .codicon-flame').count(), 0);
  await workbench.screenshot('hostile-refusal');
  await input.escape();
}
