import assert from 'node:assert/strict';
import * as z from 'zod';
import { call, until } from '../../simulator/support.ts';
import type { Stage } from '../../support/editor/stage.ts';

const region = 'ap-guangzhou';
const name = 'shop-prod';

const answer = z.object({
  DBInstanceSet: z.array(
    z.object({
      DBInstanceId: z.string(),
      DBInstanceName: z.string(),
      DBAccountSet: z.array(z.object({ DBUser: z.string(), DBPassword: z.string().min(8) })).min(1),
    }),
  ),
});

/** As the service tells it to whoever may ask. */
async function told({ simulator }: Stage): Promise<{ id: string; password: string }> {
  const fields = await call(simulator, { action: 'DescribeServerlessDBInstances', region });
  const found = answer.parse(fields).DBInstanceSet.find(({ DBInstanceName }) => DBInstanceName === name);
  assert.ok(found);
  return { id: found.DBInstanceId, password: found.DBAccountSet[0]?.DBPassword ?? assert.fail('it has no password') };
}

export async function details(stage: Stage): Promise<void> {
  const { workbench } = stage.product;
  const { page, sidebar } = workbench;
  const { id, password } = await told(stage);

  await sidebar.rowMenu(name, 'Show Details');
  const tab = page.getByRole('tab', { name: new RegExp(`^${name}`, 'u') });
  await tab.waitFor();
  const before = await until(documentText, (text) => text.includes(id));
  assert.ok(!before.includes(password), 'the password is not in the document');
  assert.match(before, /"password": "\*\*\*"/u);
  assert.match(before, /\/\/ Not shown\. Commands that copy a connection string or connect ask the service for it\./u);
  assert.match(before, /"kind": "public",\s+"host": "[^"]*",\s+"port": 0/u);
  await workbench.screenshot('life-details');

  await call(stage.simulator, { action: 'OpenServerlessDBExtranetAccess', region, body: { DBInstanceId: id } });
  await until(stage.simulator.control.state, ({ instances }) =>
    instances.every((instance) => instance.id !== id || instance.status === 'running'),
  );
  assert.equal(await documentText(), before, 'nothing is read without being asked');
  await page.locator('.editor-actions').getByRole('button', { name: 'Refresh Details' }).click();
  const after = await until(documentText, (text) => text !== before);
  assert.match(after, /"kind": "public",\s+"host": "[^"]+",\s+"port": [1-9]/u);
  assert.ok(!after.includes(password));
  // What the document learned, the tree knows as well.
  await sidebar.waitForRow(name, 'Running · public · ap-guangzhou');
  await workbench.screenshot('life-details-refreshed');
  await tab.hover();
  await tab.getByRole('button', { name: /^Close/u }).click();

  async function documentText(): Promise<string> {
    await page.locator('.editor-instance .view-lines').click();
    return workbench.copiedBy(async () => {
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.press('ControlOrMeta+C');
      // Nothing is to be selected in a picture.
      await page.keyboard.press('ControlOrMeta+Home');
    });
  }
}

export async function copiedAsJson(stage: Stage): Promise<void> {
  const { workbench } = stage.product;
  const { id, password } = await told(stage);
  const text = await workbench.copiedBy(() => workbench.sidebar.rowMenu(name, 'Copy as JSON'));
  await workbench.waitForStatus(`Copied "${name}" as JSON, without passwords.`);
  assert.ok(!text.includes(password));
  const copied: unknown = JSON.parse(text);
  assert.partialDeepStrictEqual(copied, { id, name, region, tags: [{ key: 'env', value: 'prod' }] });
  assert.match(text, /"password": "\*\*\*"/u);
}
