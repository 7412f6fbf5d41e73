import assert from 'node:assert/strict';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { profileItem, profileKeys, switchTo } from './profilesStage.ts';

const [first, second] = profileKeys;
const name = 'shop';

export async function secondAdded(stage: Stage): Promise<void> {
  const { product } = stage;
  const { workbench } = product;
  const { input, sidebar } = workbench;
  const item = profileItem(stage);
  await item.filter({ hasText: first.account }).waitFor();

  await workbench.run(command('Add Profile...'));
  await input.waitFor('Add profile: Where');
  await input.choose(/Enter the API keys of an account/u);
  await input.waitFor('Add profile: SecretId (');
  await input.type(second.secretId);
  await input.accept();
  await input.waitFor('Add profile: SecretKey (');
  await input.type(second.secretKey);
  await input.accept();
  await input.waitFor('Add profile: Token (');
  await input.accept();
  await input.waitFor('Add profile: Role (');
  await input.accept();
  await input.waitFor('Add profile: Name (');
  await input.type(first.account);
  await input.waitForMessage('Another profile has this name.');
  await input.type(name);
  await workbench.screenshot('profiles-name');
  await input.accept();
  await workbench.waitForStatus(`Signed in to account ${second.account} as "${name}".`);
  await sidebar.waitForWords('There is no instance yet in this account.');
  assert.equal(await sidebar.subtitle(), name);

  await item.filter({ hasText: name }).click();
  await input.waitFor('Switch profile');
  await workbench.screenshot('profiles-switch');
  await input.choose(first.account);
  await workbench.waitForStatus(`Profile "${first.account}" is in use.`);
  await sidebar.waitForRow('orders');
  await item.filter({ hasText: first.account }).waitFor();
  await switchTo(stage, name);
  await sidebar.row('orders').waitFor({ state: 'detached' });
}

export async function createdInSecond({ product, simulator }: Stage): Promise<void> {
  const { input, sidebar } = product.workbench;
  await product.answerUpToReview({ region: 'ap-guangzhou', zone: 'ap-guangzhou-2', name: 'reports' });
  const review = await input.rows();
  assert.ok(
    review.some((row) => row.includes(`in account ${second.account} ("${name}")`)),
    review.join('\n'),
  );
  await product.workbench.screenshot('profiles-review');
  await input.choose('Create');
  await product.waitUntilReady('reports');
  await sidebar.waitForRow('reports', 'Running');
  const { instances } = await simulator.control.state();
  assert.equal(instances.find((one) => one.name === 'reports')?.account, second.account);
}

export async function allProfiles(stage: Stage): Promise<void> {
  const { workbench } = stage.product;
  const { input, sidebar } = workbench;
  await switchTo(stage, 'Show all profiles in the tree');
  await sidebar.waitForRow('orders');
  await sidebar.waitForRow('reports');
  assert.equal(await sidebar.subtitle(), '2 accounts');
  await workbench.run(command('Group Instances by...'));
  await input.waitFor('Instances: Group by');
  await input.choose('Account');
  await sidebar.waitForRow(first.account, '4');
  await sidebar.waitForRow(name, '1');
  await sidebar.expand(first.account);
  await sidebar.expand(name);
  await sidebar.waitForRow('reports', 'Running · ap-guangzhou');
  assert.deepEqual(
    (await sidebar.rows()).map(({ label }) => label),
    [first.account, 'orders', 'orders-2', 'stock', 'stock-2', name, 'reports'],
  );
  await workbench.screenshot('profiles-all');
  await workbench.run(command('Group Instances by...'));
  await input.waitFor('Instances: Group by');
  await input.choose('Nothing');
  await switchTo(stage, 'Show the profile in use only');
  await sidebar.row('orders').waitFor({ state: 'detached' });
}

export async function signedOutOfSecond(stage: Stage): Promise<void> {
  const { workbench } = stage.product;
  const { input, sidebar } = workbench;
  await workbench.run(command('Sign Out'));
  await input.waitFor('Sign out');
  await workbench.screenshot('profiles-sign-out');
  await input.choose(name);
  await workbench.waitForStatus(`Signed out of "${name}". Its keys are forgotten here.`);
  await sidebar.row(name).waitFor({ state: 'detached' });
  await sidebar.waitForRow('orders');
  await profileItem(stage).filter({ hasText: first.account }).waitFor();
  assert.equal(await sidebar.subtitle(), first.account);
}
