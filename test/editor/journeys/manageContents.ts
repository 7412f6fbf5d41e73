import assert from 'node:assert/strict';
import type { Stage } from '../../support/editor/stage.ts';
import { query } from './connectStage.ts';
import { admin, login, newPassword, shopOrders } from './manageStage.ts';

const app = 'shop_app';
const database = 'shop';

export async function contents(stage: Stage): Promise<void> {
  const { product, simulator } = stage;
  const { workbench } = product;
  const { input, sidebar } = workbench;
  await sidebar.expand(shopOrders);
  await sidebar.expand('Accounts');
  await sidebar.waitForRow(admin.user, 'administrator');
  const password = await accountCreated(stage);

  await sidebar.expand('Databases');
  await sidebar.waitForRow('postgres');
  await databaseCreated(stage);
  await workbench.screenshot('manage-contents');
  const way = await login(simulator, { user: app, password }, database);
  assert.equal(await query(way), app, 'the new account logs in to the new database');
  await query(way, 'create table items (id int)');

  await sidebar.rowMenu(database, 'Delete Database...');
  await input.waitFor(`Delete database: ${shopOrders}`);
  await input.waitForMessage('Everything in this database is lost for good.');
  await input.type('Shop');
  await input.waitForMessage('Upper and lower case count.');
  await input.accept();
  await workbench.screenshot('manage-delete-database');
  await input.type(database);
  await input.accept();
  await workbench.waitForStatus(`Database "${database}" of "${shopOrders}" is deleted.`);
  await sidebar.row(database).waitFor({ state: 'detached' });
  await assert.rejects(query(way), /database "shop" does not exist/u);
}

/** Resolves with its password, which was generated and then copied. */
async function accountCreated({ product: { workbench } }: Stage): Promise<string> {
  const { input, notifications, sidebar } = workbench;
  await sidebar.rowMenu('Accounts', 'Create Account...');
  await input.waitFor(`Create account: ${shopOrders} (`);
  await input.type('pg_app');
  await input.waitForMessage('It must not start with "pg_".');
  await input.type(admin.user);
  await input.waitForMessage(`"${admin.user}" exists already.`);
  await workbench.screenshot('manage-account-taken');
  await input.type(app);
  await input.accept();
  await input.waitFor('Create account: Type (');
  await input.choose('Ordinary account');
  await input.waitFor('Create account: Password (');
  await input.choose('Generate one');
  await input.waitFor(`Create account: ${shopOrders} (`);
  await workbench.screenshot('manage-account-review');
  await input.choose('Create Account');
  const done = await notifications.waitFor(
    `Account "${app}" of "${shopOrders}" is created, and its password kept for connections.`,
  );
  await sidebar.waitForRow(app, 'ordinary account');
  return workbench.copiedBy(() => done.press('Copy Password'));
}

async function databaseCreated({ product: { workbench } }: Stage): Promise<void> {
  const { input, sidebar } = workbench;
  await sidebar.rowMenu('Databases', 'Create Database...');
  await input.waitFor(`Create database: ${shopOrders} (1/3)`);
  await input.type('my-shop');
  await input.waitForMessage('"-" is not one of them.');
  await input.type(database);
  await input.accept();
  await input.waitFor('Create database: Owner (2/3)');
  await input.choose(app);
  await input.waitFor(`Create database: ${shopOrders} (3/3)`);
  await input.choose('Create Database');
  await workbench.waitForStatus(`Database "${database}" of "${shopOrders}" is created.`);
  await sidebar.waitForRow(database, `owner ${app}`);
}

export async function passwordReset({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { input, notifications, sidebar } = workbench;
  const password = newPassword;
  await sidebar.rowMenu(admin.user, 'Reset Password...');
  await input.waitFor('Reset password: Password (');
  await input.choose('Type one');
  await input.waitFor('Reset password: Password (2/');
  assert.ok(await input.masked());
  await input.type('short');
  await input.waitForMessage('Still missing: 3 more characters, an upper-case letter, a digit, a sign such as "-"');
  await workbench.screenshot('manage-password-rules');
  await input.type(password);
  await input.accept();
  await input.waitFor('Reset password: Repeat the password (');
  await input.type(password.toLowerCase());
  await input.waitForMessage('This is not the password typed before.');
  await input.accept();
  await workbench.screenshot('manage-password-repeat');
  await input.type(password);
  await input.accept();
  await input.row('Reset Password').waitFor();
  await input.choose('Reset Password');
  await notifications.waitFor(`The password of account "${admin.user}" of "${shopOrders}" is reset`);

  await assert.rejects(query(await login(simulator)), /password authentication failed/u);
  const uri = await workbench.copiedBy(async () => {
    await sidebar.rowButton(shopOrders, 'Copy Connection String');
    await input.waitFor('Copy connection string: Password');
    await input.choose('With the password');
  });
  const { username, password: copied } = new URL(uri);
  assert.deepEqual([username, decodeURIComponent(copied)], [admin.user, password]);
  assert.equal(await query({ connectionString: uri }), admin.user);
}
