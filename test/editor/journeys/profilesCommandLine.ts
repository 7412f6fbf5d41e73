import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestKey } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { make, profileItem, temporaryKeys } from './profilesStage.ts';

const name = 'dev';
const hour = 3_600_000;

/** Writes the profile as a login in the browser does. @param expiresAt milliseconds since the epoch */
async function logIn({ server }: Stage, { secretId, secretKey, token }: TestKey, expiresAt: number): Promise<void> {
  const folder = join(server.homeFolder, '.tccli');
  await mkdir(folder, { recursive: true });
  const text = JSON.stringify({
    type: 'oauth',
    secretId,
    secretKey,
    token,
    expiresAt: Math.floor(expiresAt / 1_000),
    oauth: { openId: 'o', accessToken: 'a', refreshToken: 'r', expiresAt: Math.floor(expiresAt / 1_000), site: 'cn' },
  });
  const beside = join(folder, 'beside');
  await writeFile(beside, text);
  await rename(beside, join(folder, `${name}.credential`));
}

/** The next keys that a login gives. */
async function renew(stage: Stage, generation: number): Promise<TestKey> {
  const next = { ...temporaryKeys, secretId: `AKIDtemporaryOfTheThird-${String(generation)}` };
  await stage.simulator.control.addKey(next);
  await logIn(stage, next, Date.now() + hour);
  return next;
}

export async function offered(stage: Stage): Promise<void> {
  const { workbench } = stage.product;
  const { input, sidebar } = workbench;
  await stage.simulator.control.addKey(temporaryKeys);
  await make(stage.simulator, 'metrics', 'ap-guangzhou', 'ap-guangzhou-2', temporaryKeys);
  const expiresAt = new Date(Date.now() + hour);
  await logIn(stage, temporaryKeys, expiresAt.getTime());

  await workbench.run(command('Add Profile...'));
  await input.waitFor('Add profile: Where');
  await input.row(/Keys from tccli profile "dev"/u).waitFor();
  await workbench.screenshot('profiles-tccli-offered');
  await input.choose(/Keys from tccli profile "dev"/u);
  await input.waitFor('Add profile: Role (');
  await input.accept();
  await input.waitFor('Add profile: Name (');
  assert.equal(await input.value(), name, 'it is called as the command line calls it');
  await input.accept();
  await workbench.waitForStatus(`Signed in to account ${temporaryKeys.account ?? ''} as "${name}".`);
  await sidebar.waitForRow('metrics', 'Running · ap-guangzhou');
  assert.match(await sidebar.subtitle(), /^dev · from tccli profile "dev", expires (?:\d{4}-\d\d-\d\d )?\d\d:\d\d$/u);
  await workbench.screenshot('profiles-tccli');
}

export async function expired(stage: Stage): Promise<void> {
  const { workbench } = stage.product;
  const { sidebar } = workbench;
  const problem = sidebar.row('No keys for dev');
  const item = profileItem(stage);
  await logIn(stage, temporaryKeys, Date.now() - hour);
  await sidebar.waitForRow('No keys for dev', /The keys expired at \d{4}-\d\d-\d\d \d\d:\d\d\./u);
  assert.match((await problem.getAttribute('aria-label')) ?? '', /Log in with "tccli auth login --profile dev"/u);
  await sidebar.waitForRow('metrics', 'Running');
  await item.filter({ has: workbench.page.locator('.codicon-warning') }).waitFor();
  await workbench.screenshot('profiles-tccli-expired');

  await renew(stage, 2);
  await problem.waitFor({ state: 'detached' });
  await item.filter({ has: workbench.page.locator('.codicon-account') }).waitFor();
  await workbench.screenshot('profiles-tccli-renewed');
}

export async function refused(stage: Stage): Promise<void> {
  const { product, simulator } = stage;
  const { sidebar } = product.workbench;
  const failure = /^Could not refresh \d+ regions$/u;
  await simulator.control.expire('AKIDtemporaryOfTheThird-2');
  await sidebar.titleButton('Refresh Instances');
  await sidebar.waitForRow(failure);
  await product.workbench.screenshot('profiles-tccli-refused');

  const keys = await renew(stage, 3);
  await make(simulator, 'metrics-2', 'ap-guangzhou', 'ap-guangzhou-2', keys);
  await sidebar.row(failure).waitFor({ state: 'detached' });
}
