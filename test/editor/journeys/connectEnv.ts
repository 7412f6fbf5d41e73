import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../simulator/support.ts';
import { publicWay, query, shop, type ConnectStage } from './connectStage.ts';
import { git } from './connectTools.ts';

const before =
  '# of the shop\r\nexport DATABASE_URL="postgres://nobody@localhost/old"  # see the wiki\r\nOTHER=\'kept\' ';

export async function envWritten({ product: { workbench }, server, simulator }: ConnectStage): Promise<void> {
  const { input, notifications, page, sidebar } = workbench;
  const file = join(server.workspace, '.env');
  const ignoreFile = join(server.workspace, '.gitignore');
  execFileSync(git ?? assert.fail(), ['init', '--quiet', server.workspace]);
  await writeFile(file, before);
  await writeFile(ignoreFile, 'node_modules');

  await sidebar.rowMenu(shop, 'Write to .env...');
  await input.waitFor('Write to .env: File');
  await input.row('.env').waitFor();
  await input.choose('.env');
  await input.waitFor('Write to .env: Address');
  await workbench.screenshot('connect-env-address');
  await input.choose(/^Public address 127\.0\.0\.1:\d+$/u);
  await input.waitFor('Write to .env: Variable');
  assert.equal(await input.value(), 'DATABASE_URL');
  await input.waitForMessage('DATABASE_URL stands in .env already and will be replaced.');
  await workbench.screenshot('connect-env-variable');
  await input.accept();

  // The editor shows the password now, so there is no picture of this.
  const warned = await notifications.waitFor('DATABASE_URL written to .env. But git does not ignore .env');
  const after = await readFile(file, 'utf8');
  const [, connectionString = ''] = /"(postgresql:.+)"/u.exec(after) ?? [];
  assert.equal(await query({ connectionString }), (await publicWay(simulator)).user);
  assert.equal(after.replace(connectionString, 'postgres://nobody@localhost/old'), before);

  await warned.press('Add to .gitignore');
  await workbench.waitForStatus('Git ignores .env now.');
  assert.equal(await readFile(ignoreFile, 'utf8'), 'node_modules\n.env\n');

  await page.locator('.editor-instance .view-lines').click();
  await page.keyboard.press('ControlOrMeta+Z');
  await page.keyboard.press('ControlOrMeta+S');
  await until(
    () => readFile(file, 'utf8'),
    (text) => text === before,
  );
  await workbench.screenshot('connect-env-undone');
}
