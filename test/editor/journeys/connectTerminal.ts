import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../simulator/support.ts';
import { publicWay, shop, type ConnectStage } from './connectStage.ts';

export async function psqlMissing({ product: { workbench } }: ConnectStage): Promise<void> {
  const { notifications, sidebar } = workbench;
  await sidebar.rowButton(shop, 'Open psql Terminal');
  const missing = await notifications.waitFor('psql was not found on this machine.');
  const command = 'sudo apt-get install postgresql-client';
  assert.equal(await missing.text(), `psql was not found on this machine. This installs it: ${command}`);
  await workbench.screenshot('connect-psql-missing');
  assert.equal(await workbench.copiedBy(() => missing.press('Copy Command')), command);
}

export async function psqlOpened({ product: { workbench }, simulator, tools }: ConnectStage): Promise<void> {
  const { notifications, page, sidebar } = workbench;
  // It is installed now.
  await symlink(tools.psql, join(tools.path, 'psql'));
  const { database, user } = await publicWay(simulator);

  await sidebar.rowButton(shop, 'Open psql Terminal');
  const terminal = page.locator('.terminal-wrapper.active .xterm-rows');
  await terminal.filter({ hasText: new RegExp(`${database}=>`, 'u') }).waitFor();
  const {
    args,
    variables,
    user: loggedIn,
  } = await until(tools.psqlCall, (note) => note !== undefined).then((note) => note ?? assert.fail());
  assert.deepEqual(args, [], 'nothing stands on the command line');
  assert.equal(loggedIn, user);
  assert.ok(variables.includes('PGPASSWORD'));
  assert.equal(await page.locator('.single-terminal-tab').innerText(), shop);
  await workbench.screenshot('connect-psql');
  await page.locator('.terminal-wrapper.active').click();
  await page.keyboard.type('\\q\n');
  await terminal.waitFor({ state: 'detached' });
  assert.deepEqual(await notifications.texts(), [], 'a psql that was left says nothing');
}
