import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { until } from '../../simulator/support.ts';
import { modalDialog } from '../../support/editor/modalDialog.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { askServerVersion } from '../firstInstance.ts';
import { publicWay } from './connectStage.ts';
import type { Tools } from './connectTools.ts';
import { dearClass, hostilePrefix, type HostileFolder, type Impostor } from './hostileFolder.ts';
import { orders, priceLimit, region, rented, signInAsAnybody } from './rentStage.ts';

/** A window on a hostile folder, whose person has a price limit and sends everything to the simulator. */
export interface HostileStage extends Stage {
  readonly folder: HostileFolder;
  readonly impostor: Impostor;
  readonly tools: Tools;
}

const inRestrictedMode = 'shop';

const restricted = ({ product: { workbench } }: Stage): Locator =>
  workbench.page.locator('.part.statusbar').getByText('Restricted Mode');

export async function impostorRefused(stage: HostileStage): Promise<void> {
  const { impostor, product, server, simulator } = stage;
  const { workbench } = product;
  const { input } = workbench;
  await restricted(stage).waitFor();
  await workbench.run(command('Sign In'));
  await product.typeKeys(simulator);
  await input.waitForMessage('certificate');
  await workbench.screenshot('hostile-certificate');
  assert.ok(impostor.connections() > 0, 'it was the impostor that was asked');
  assert.equal(impostor.received(), 0, 'nothing was told to it');
  await input.escape();
  await input.waitUntilGone();

  // From here on the simulator is the service.
  const path = join(server.userFolder, 'User/settings.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace(impostor.origin, simulator.endpoint));
}

export async function worksInRestrictedMode(stage: HostileStage): Promise<void> {
  const { product, simulator } = stage;
  const { workbench } = product;
  const { input, sidebar } = workbench;
  await workbench.reload();
  await signInAsAnybody(stage);

  let proposed = '';
  const answers = { kind: 'Serverless', region, name: inRestrictedMode };
  await product.answerUpToReview(answers, async (question) => {
    if (question === 'Name') proposed = await input.value();
    if (question === 'Kind of instance') assert.equal(await input.row('Create with my defaults').count(), 0);
  });
  assert.match(proposed, /^pg-/u, 'the folder has no say in the name');
  await workbench.screenshot('hostile-restricted-review');
  await input.choose('Create');
  await product.waitUntilReady(inRestrictedMode);
  await sidebar.waitForRow(inRestrictedMode, 'Running');
  const { instances } = await simulator.control.state();
  assert.deepEqual(
    instances.map(({ kind, name }) => [kind, name]),
    [['serverless', inRestrictedMode]],
  );

  const uri = await workbench.copiedBy(async () => {
    await sidebar.rowButton(inRestrictedMode, 'Copy Connection String');
    await input.choose('With the password');
  });
  assert.match(await askServerVersion(uri), /^10\./u, 'a real PostgreSQL answers');
}

/** The editor asks before any terminal in a folder that is not trusted. In a window like this one it opens it all the same. */
export async function psqlInRestrictedMode(stage: HostileStage): Promise<void> {
  const { workbench } = stage.product;
  await workbench.sidebar.rowButton(inRestrictedMode, 'Open psql Terminal');
  const modal = modalDialog(workbench.page);
  assert.match(await modal.text(), /Do you trust the authors .* Creating a terminal process requires executing code/u);
  await workbench.screenshot('hostile-restricted-terminal');
  await modal.press('Cancel');
  await psqlOpened(stage, 'hostile-restricted-psql');
}

export async function worksWhenTrusted(stage: HostileStage): Promise<void> {
  const { product, simulator } = stage;
  const { workbench, question } = product;
  const { input, page, sidebar } = workbench;
  await workbench.run('Workspaces: Manage Workspace Trust');
  const editor = page.locator('.workspace-trust-editor');
  await editor.getByRole('button', { name: 'Trust', exact: true }).click();
  await restricted(stage).waitFor({ state: 'detached' });
  await page.locator('.monaco-modal-editor-block .codicon-close').click();
  await editor.waitFor({ state: 'hidden' });

  const sentBefore = await orders(simulator);
  await workbench.run(command('Create Instance...'));
  // The folder says which kind, and has a full set of answers.
  await question('Region');
  await until(input.focused, (row) => row === 'Create with my defaults');
  await input.accept();
  await question('Review');
  await input
    .row('Price')
    .filter({ hasText: `above your limit of ${String(priceLimit)} per hour` })
    .waitFor();
  await until(input.focused, (row) => row === 'Create');
  const [name = ''] = (await input.rows()).flatMap((row) => /^Name, ([a-z0-9-]+)$/u.exec(row)?.[1] ?? []);
  assert.ok(name.startsWith(hostilePrefix), `what is harmless is taken from a folder that is trusted: ${name}`);
  await workbench.screenshot('hostile-trusted-review');
  await input.accept();
  const modal = modalDialog(page);
  assert.match(await modal.text(), /Go on above your price limit\? .*Your limit is 0\.5 per hour\./u);
  await workbench.screenshot('hostile-trusted-limit');
  assert.equal(await orders(simulator), sentBefore, 'nothing is sent before');
  await modal.press('Go On');
  await product.waitUntilReady(name);
  await sidebar.waitForRow(name, 'Running');
  assert.equal(await orders(simulator), sentBefore + 1);
  const { DBInstanceClass, PayType } = await rented(simulator, name);
  assert.deepEqual([DBInstanceClass, PayType], [dearClass, 'postpaid'], 'by the hour, and for no month more');
  await sidebar.rowButton(inRestrictedMode, 'Open psql Terminal');
  await psqlOpened(stage, 'hostile-trusted-psql');
}

export async function nothingGained({ folder }: HostileStage): Promise<void> {
  assert.equal(folder.connections(), 0, 'the server of the folder saw no connection');
  assert.equal(await folder.marks(), '', 'no program of the folder ran');
}

/** It is the psql of the person, logged in to the instance; then it is left. */
async function psqlOpened(stage: HostileStage, picture: string): Promise<void> {
  const { folder, product, simulator, tools } = stage;
  const { page, screenshot } = product.workbench;
  const { database, user } = await publicWay(simulator);
  const terminal = page.locator('.terminal-wrapper.active .xterm-rows');
  await terminal.filter({ hasText: new RegExp(`${database}=>`, 'u') }).waitFor();
  const call = await until(tools.psqlCall, (note) => note !== undefined);
  assert.equal(call?.user, user);
  assert.deepEqual(
    call.variables.filter((variable) => /^PG(?:HOSTADDR|SERVICE)$/u.test(variable)),
    [],
  );
  assert.equal(await folder.marks(), '', 'no program of the folder ran');
  await screenshot(picture);
  await page.locator('.terminal-wrapper.active').click();
  await page.keyboard.type('\\q\n');
  await terminal.waitFor({ state: 'detached' });
  await tools.forget();
}
