import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { call, createBody } from '../../simulator/support.ts';
import { openProduct } from '../../support/editor/product.ts';
import { wrongKey } from './accountSignIn.ts';
import { account, signedOutWords, signIn, signOut, type AccountStage } from './accountStage.ts';

const failure = 'Could not refresh 3 regions';

export async function keptOverReload({ product: { workbench }, simulator }: AccountStage): Promise<void> {
  const { sidebar } = workbench;
  await sidebar.waitForRow('elsewhere', 'Running · ap-guangzhou');
  await simulator.control.addFaults('DescribeServerlessDBInstances=error:UnauthorizedOperation');

  // As nothing is answered, what is shown was kept.
  await workbench.reload();
  await sidebar.waitForRow('elsewhere', 'Running · ap-guangzhou');
  await sidebar.expand('elsewhere');
  await sidebar.waitForRow('Charset', 'UTF8');
  // It was asked for anew by itself.
  await sidebar.waitForRow(failure);
  await workbench.screenshot('reloaded');

  await simulator.control.clearFaults();
  await call(simulator, { action: 'CreateServerlessDBInstance', body: createBody('later') });
  await sidebar.titleButton('Refresh Instances');
  await sidebar.waitForRow('later', 'ap-guangzhou');
  await sidebar.row(failure).waitFor({ state: 'hidden' });
}

export async function nothingSecretOnDisk({ server, simulator }: AccountStage): Promise<void> {
  const entries = await readdir(server.userFolder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const mentioning = (text: string): string[] => files.filter((_, index) => texts[index]?.includes(text));

  assert.notDeepEqual(mentioning(account), [], 'what is known of the account is kept');
  for (const secret of [wrongKey, simulator.secretKey]) assert.deepEqual(mentioning(secret), []);
}

export async function noticedInAnotherWindow(stage: AccountStage): Promise<void> {
  const { sidebar, page } = stage.product.workbench;
  const other = (await openProduct(await stage.browser.open(stage.server.address()))).workbench;
  await other.sidebar.open();
  await other.sidebar.waitForRow('elsewhere');

  await page.bringToFront();
  await signOut(stage);
  await other.sidebar.waitForWords(signedOutWords);

  await signIn(stage);
  await sidebar.waitForRow('elsewhere');
  const told = await other.notifications.waitFor('Reload this window to use them here.');
  await other.page.bringToFront();
  await other.screenshot('signed-in-elsewhere');
  await other.reloadedBy(() => told.press('Reload Window'));
  await other.sidebar.waitForRow('elsewhere');
  await other.page.close();
  await page.bringToFront();
}
