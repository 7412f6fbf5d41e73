import assert from 'node:assert/strict';
import { until } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { account, key, password, tooltip } from './leaksStage.ts';

/** What the simulator says of a key and a token; how they are written depends on who passes the words on. */
const ofKeys = 'signed with "{SecretKey}" and "{Token}"';
const saidOfKeys = /signed with ".+" and ".+"/u;

export async function signInEchoed({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { input, sidebar } = workbench;
  await simulator.control.addFaults(`GetCallerIdentity=error:AuthFailure.TokenFailure:The call ${ofKeys}.*1`);
  await sidebar.link('Sign In');
  for (const [title, text] of [
    ['SecretId (1/3)', key.secretId],
    ['SecretKey (2/3)', key.secretKey],
    ['Token (3/3)', key.token],
  ] as const) {
    await input.waitFor(`Sign in: ${title}`);
    await input.type(text);
    await input.accept();
  }
  await input.waitForMessage(saidOfKeys);
  await workbench.screenshot('leaks-sign-in');
  // The box that is to blame comes first; the answers are kept.
  while (/\(\d\/3\)/u.test(await input.title())) {
    const before = await input.title();
    await input.accept();
    await until(input.title, (title) => title !== before);
  }
  await sidebar.waitForWords('There is no instance yet in this account.');
}

export async function listsEchoed({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { sidebar } = workbench;
  const failure = /^Could not refresh \d+ regions$/u;
  await simulator.control.addFaults(`DescribeDBInstances=error:InternalError:The call ${ofKeys}.`);
  await sidebar.titleButton('Refresh Instances');
  await sidebar.waitForRow(failure);
  await tooltip(workbench, sidebar.row(failure), saidOfKeys);
  await simulator.control.clearFaults();
  await sidebar.titleButton('Refresh Instances');
  await sidebar.row(failure).waitFor({ state: 'detached' });
}

export async function createEchoed({ product, simulator }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input, notifications, sidebar } = workbench;
  const words = 'AdminPassword "{AdminPassword}" is not accepted, in an address "{AdminPassword}"';
  await simulator.control.addFaults(`CreateInstances=error:InvalidParameterValue:${words}, ${ofKeys}*1`);
  await workbench.run(command('Create Instance...'));
  await question('Kind of instance');
  await until(input.focused, (row) => row === 'Create with my defaults');
  await input.accept();
  await question('Review');
  await until(input.focused, (row) => row === 'Create');
  const [name = ''] = (await input.rows()).flatMap((row) => /^Name, (pg-[a-z0-9]{4})$/u.exec(row)?.[1] ?? []);
  await input.accept();
  const refusal = await notifications.waitFor(`Cannot create "${name}"`);
  assert.match(await refusal.text(), /AdminPassword ".+" is not accepted/u);
  await workbench.screenshot('leaks-create');
  await refusal.press('Try Again');
  await question('Review');
  await input
    .row(/is not accepted|cannot|value/iu)
    .first()
    .waitFor();
  await workbench.screenshot('leaks-create-review');
  await input.choose('Create');
  await product.waitUntilReady(name);
  await sidebar.waitForRow(name, 'Running');
}

export async function passwordEchoed({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { input, notifications, sidebar } = workbench;
  const { instances } = await simulator.control.state();
  const name = instances[0]?.name ?? assert.fail('there is no instance');
  await simulator.control.addFaults('ResetAccountPassword=error:InvalidParameterValue:"{Password}" was used before*1');
  await sidebar.rowMenu(name, 'Reset Password...');
  await input.waitFor(`Reset password: ${name} (`);
  await input.acceptProposed();
  await input.waitFor('Reset password: Password (');
  await input.choose('Type one');
  await input.waitFor('Reset password: Password (');
  await until(input.masked, (masked) => masked);
  await input.type(password);
  await input.accept();
  await input.waitFor('Reset password: Repeat the password (');
  await input.type(password);
  await input.accept();
  await input.row('Reset Password').waitFor();
  await input.choose('Reset Password');
  await notifications.waitFor(/was used before/u);
  await workbench.screenshot('leaks-password');
}

export async function retirementEchoed({ product: { workbench, question }, simulator }: Stage): Promise<void> {
  const { input, sidebar } = workbench;
  await simulator.control.addFaults(`DescribeServerlessDBInstances=error:ActionOffline:Withdrawn, ${ofKeys}`);
  await sidebar.titleButton('Refresh Instances');
  await workbench.run(command('Create Instance...'));
  await question('Kind of instance');
  await input.row('Serverless').filter({ hasText: saidOfKeys }).waitFor();
  await workbench.screenshot('leaks-retired');
  await input.escape();
}

export async function shownEchoed({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { page, sidebar } = workbench;
  const { instances } = await simulator.control.state();
  const { name, id } = instances[0] ?? assert.fail('there is no instance');
  const activity = sidebar.view('Activity');
  await activity.open();
  const reset = `Reset the password of account dbadmin on ${name}`;
  await activity.expand(reset);
  await activity.waitForRow('Answer of the service', /was used before/u);
  await workbench.screenshot('leaks-activity');

  await sidebar.rowMenu(name, 'Show Details');
  await page.locator('.editor-instance .view-lines', { hasText: id }).waitFor();
  await workbench.screenshot('leaks-details');
  await workbench.run(command('Show Log'));
  await page.locator('.output-view .view-lines', { hasText: /\[(?:trace|debug|info|warning|error)\]/u }).waitFor();
  await workbench.screenshot('leaks-log');
  assert.equal((await simulator.control.state()).calls.at(-1)?.account, account);
}
