import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { subnetsOf, vpcsOf } from '../../../src/simulator/account.ts';
import { until } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import type { Settings } from '../../support/editor/quiet.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { createRequests, received } from './createdRequests.ts';

const region = 'ap-guangzhou';
const [vpc] = vpcsOf(region);
const subnet = subnetsOf(region).find(({ vpcId }) => vpcId === vpc?.id);

/** A full set, but the zone is of another region. */
export const wrongDefaults: Settings = {
  'tencentdbPostgres.defaults.region': region,
  'tencentdbPostgres.defaults.zone': 'ap-beijing-1',
  'tencentdbPostgres.defaults.version': '10.4',
  'tencentdbPostgres.defaults.charset': 'UTF8',
  'tencentdbPostgres.defaults.projectId': 1_200_002,
  'tencentdbPostgres.defaults.vpcId': vpc?.id,
  'tencentdbPostgres.defaults.subnetId': subnet?.id,
  'tencentdbPostgres.defaults.tags': { env: 'test' },
};

/** Needs the defaults after their correction by `wrongDefault`. */
export async function defaults({ product, simulator }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input, notifications, sidebar } = workbench;
  const sentBefore = await createRequests(simulator);
  await workbench.run(command('Create Instance...'));
  await question('Region');
  await until(input.focused, (row) => row === 'Create with my defaults');
  await workbench.screenshot('create-with-defaults');
  await input.accept();
  await question('Review');
  await input.row('Create').waitFor();
  const [name = ''] = (await input.rows()).flatMap((row) => /^Name, (pg-[a-z0-9]{4})$/u.exec(row)?.[1] ?? []);
  await input.accept();

  await product.waitUntilReady(name);
  await notifications.waitFor(name);
  await sidebar.waitForRow(name, 'Running');
  assert.equal(await createRequests(simulator), sentBefore + 1);
  assert.deepEqual(await received(simulator, region, name), {
    Zone: 'ap-guangzhou-2',
    DBInstanceName: name,
    DBVersion: '10.4',
    DBCharset: 'UTF8',
    ProjectId: 1_200_002,
    VpcId: vpc?.id,
    SubnetId: subnet?.id,
    TagList: [{ TagKey: 'env', TagValue: 'test' }],
  });
}

export async function wrongDefault({ product, server }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input, notifications, page } = workbench;
  await workbench.run(command('Create Instance...'));
  await question('Region');
  await input.row('ap-guangzhou').waitFor();
  assert.equal(await input.row('Create with my defaults').count(), 0, 'half a set of defaults is not offered');
  await input.escape();

  const warning = await notifications.waitFor('The setting tencentdbPostgres.defaults.zone is not used');
  assert.match(await warning.text(), /Zone ap-beijing-1 does not belong to region ap-guangzhou/u);
  await workbench.screenshot('create-wrong-default');
  await warning.press('Open Setting');
  const editor = page.locator('.settings-editor');
  await editor.getByText('Availability zone of new instances').waitFor();
  await workbench.screenshot('create-wrong-default-setting');
  await editor.getByRole('textbox', { name: 'tencentdbPostgres.defaults.zone' }).fill('ap-guangzhou-2');
  // The settings editor saves in its own time, and forgets what it has not saved when it is closed.
  await until(
    () => readFile(join(server.userFolder, 'User/settings.json'), 'utf8'),
    (text) => text.includes('"tencentdbPostgres.defaults.zone": "ap-guangzhou-2"'),
  );
  await page.keyboard.press('Escape');
  await editor.waitFor({ state: 'hidden' });
}
