import assert from 'node:assert/strict';
import { until } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import type { Settings } from '../../support/editor/quiet.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { createRequests, received } from './createdRequests.ts';

const fullSet: Settings = {
  'tencentdbPostgres.defaults.region': 'ap-guangzhou',
  'tencentdbPostgres.defaults.zone': 'ap-guangzhou-2',
  'tencentdbPostgres.defaults.version': '10.4',
  'tencentdbPostgres.defaults.charset': 'UTF8',
  'tencentdbPostgres.defaults.projectId': 1_200_002,
  'tencentdbPostgres.defaults.tags': { env: 'test' },
};

/** The zone is of another region. */
export const wrongDefaults: Settings = { ...fullSet, 'tencentdbPostgres.defaults.zone': 'ap-beijing-1' };

export async function defaults({ product, simulator, settings }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input, notifications, sidebar } = workbench;
  const sentBefore = await createRequests(simulator);
  await settings(fullSet);

  // An open window follows the settings file, but not always; a new one has read it.
  await workbench.reload();
  await sidebar.open();
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
  assert.deepEqual(await received(simulator, 'ap-guangzhou', name), {
    Zone: 'ap-guangzhou-2',
    DBInstanceName: name,
    DBVersion: '10.4',
    DBCharset: 'UTF8',
    ProjectId: 1_200_002,
    VpcId: '',
    SubnetId: '',
    TagList: [{ TagKey: 'env', TagValue: 'test' }],
  });
}

export async function wrongDefault({ product }: Stage): Promise<void> {
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
  await warning.press('Open setting');
  const editor = page.locator('.settings-editor');
  await editor.getByText('Availability zone of new instances').waitFor();
  await workbench.screenshot('create-wrong-default-setting');
  await page.keyboard.press('Escape');
  await editor.waitFor({ state: 'hidden' });
}
