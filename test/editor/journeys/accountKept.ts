import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { call, createBody } from '../../simulator/support.ts';
import { openProduct, type Product } from '../../support/editor/product.ts';
import type { Workbench } from '../../support/editor/workbench.ts';
import { wrongKey } from './accountSignIn.ts';
import { account, signedOutWords, signIn, signOut, type AccountStage } from './accountStage.ts';

const failure = 'Could not refresh 3 regions';

export async function keptOverReload({ product: { workbench }, simulator }: AccountStage): Promise<void> {
  const { sidebar } = workbench;
  await sidebar.waitForRow('elsewhere', 'Running · public · ap-guangzhou');
  await simulator.control.addFaults('DescribeServerlessDBInstances=error:UnauthorizedOperation');

  // As nothing is answered, what is shown was kept.
  await workbench.reload();
  await sidebar.waitForRow('elsewhere', 'Running · public · ap-guangzhou');
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

export async function twoWindows(stage: AccountStage): Promise<void> {
  const other = await openProduct(await stage.browser.open(stage.server.address()));
  await other.workbench.sidebar.open();
  await other.workbench.sidebar.waitForRow('elsewhere');
  await noticedInTheOther(stage, other.workbench);
  await begunInTheOther(stage, other);
}

async function noticedInTheOther(stage: AccountStage, other: Workbench): Promise<void> {
  const { sidebar, page } = stage.product.workbench;
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
}

async function begunInTheOther({ product, simulator }: AccountStage, other: Product): Promise<void> {
  const { sidebar, page, screenshot } = product.workbench;
  const name = 'handed-over';
  await other.answerUpToReview({ name });
  // It cannot be seen to run before the window that waits for it has gone.
  await simulator.control.addFaults('DescribeServerlessDBInstances=delay:60000');
  await other.workbench.input.choose('Create');
  await sidebar.waitForRow(name);

  const gone = other.workbench.page.waitForEvent('close');
  await other.workbench.page.close({ runBeforeUnload: true });
  await gone;
  await simulator.control.clearFaults();
  await page.bringToFront();
  await product.waitUntilReady(name);
  await sidebar.waitForRow(name, 'Running');
  await screenshot('taken-over');
  const { calls } = await simulator.control.state();
  assert.equal(
    calls.filter(({ action }) => action === 'CreateServerlessDBInstance').length,
    3,
    'sent once, beside two made elsewhere',
  );
}
