import assert from 'node:assert/strict';
import * as z from 'zod';
import { securityGroupsOf } from '../../../src/simulator/actions/securityGroups.ts';
import { modalDialog } from '../../support/editor/modalDialog.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { query } from './connectStage.ts';
import { network, orders, priceLimit, region, rented, reviewLines, zone } from './rentStage.ts';

const name = 'shop-orders';
const user = 'shopkeeper';

const copied = z.object({ action: z.string(), region: z.string(), body: z.record(z.string(), z.unknown()) });

export async function everyRentQuestion(stage: Stage): Promise<void> {
  const sentBefore = await orders(stage.simulator);
  await stage.product.workbench.run(command('Create Instance...'));
  await answerPlace(stage);
  await answerSize(stage);
  await answerAccess(stage);
  const request = await reviewed(stage);
  assert.equal(await orders(stage.simulator), sentBefore, 'nothing is sent before Create');
  await limitAsked(stage, sentBefore);
  await made(stage);

  assert.equal(await orders(stage.simulator), sentBefore + 1, 'sent once');
  const { AdminPassword, AdminName, InstanceChargeType, InstanceCount, Period, SecurityGroupIds, ...told } = request;
  const there = await rented(stage.simulator, name);
  assert.deepEqual(told, {
    Zone: there.Zone,
    SpecCode: there.DBInstanceClass,
    Storage: there.DBInstanceStorage,
    StorageType: there.DBInstanceStorageType,
    DBMajorVersion: there.DBMajorVersion,
    Charset: there.DBCharset,
    Name: there.DBInstanceName,
    VpcId: there.VpcId,
    SubnetId: there.SubnetId,
    ProjectId: there.ProjectId,
    TagList: there.TagList,
    DeletionProtection: there.DeletionProtection,
  });
  assert.deepEqual(
    [AdminPassword, AdminName, InstanceChargeType, InstanceCount, Period],
    ['***', user, 'POSTPAID_BY_HOUR', 1, 1],
  );
  assert.deepEqual(SecurityGroupIds, [office()]);
  assert.equal(there.PayType, 'postpaid');
}

async function answerPlace({ product }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input } = workbench;
  await question('Kind of instance');
  await input.row('Serverless').waitFor();
  await workbench.screenshot('rent-kind');
  await input.choose('Pay-as-you-go');

  await question('Region');
  await input.choose(region);

  await question('Availability zone');
  await input.row(`${region}-5`).filter({ hasText: 'sold out' }).waitFor();
  await workbench.screenshot('rent-zones');
  // A click that passed would lead to another question, where the next row is not.
  await input.choose(`${region}-5`);
  await input.choose(zone);

  await question('Version');
  await input.row('18').filter({ hasText: 'newest' }).waitFor();
  await input.row('11').filter({ hasText: 'only for instances that are there already' }).waitFor();
  await input.choose('16');
}

async function answerSize({ product }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input } = workbench;
  await question('Class');
  await input
    .row('pg.it.medium4')
    .filter({ hasText: /2 cores, 4 GB · 10 to 2000 GB storage · CNY 0\.68\/h/u })
    .waitFor();
  await input.row('pg.it.4xlarge128').filter({ hasText: 'CNY 16.04/h' }).waitFor();
  await workbench.screenshot('rent-class');
  await input.choose('pg.it.medium4');

  await question('Storage');
  assert.equal(await input.value(), '20', 'the default of the settings');
  await input.waitForMessage('CNY 0.68 per hour, about CNY 496.40 per month');
  await input.type('15');
  await input.waitForMessage('Storage is a whole number of GB in steps of 10, such as 10.');
  await input.accept();
  await input.type('2010');
  await input.waitForMessage('At most 2000 GB with this class.');
  await input.accept();
  await input.type('100');
  await input.waitForMessage('CNY 0.80 per hour, about CNY 584.00 per month');
  await workbench.screenshot('rent-storage');
  await input.accept();

  await question('Storage type');
  await input.row('PHYSICAL_LOCAL_SSD').filter({ hasText: 'CNY 0.80/h' }).waitFor();
  await input.row('CLOUD_SSD').filter({ hasText: 'CNY 0.82/h' }).waitFor();
  await input
    .row('CLOUD_HSSD')
    .filter({ hasText: `not with this class in ${zone}` })
    .waitFor();
  await workbench.screenshot('rent-storage-type');
  await input.choose('CLOUD_SSD');

  await question('Second zone');
  await input.row('ap-guangzhou-4').waitFor();
  await input.choose('No second zone');
}

async function answerAccess({ product }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input } = workbench;
  await question('Network');
  await input.row(network.vpc).waitFor();
  assert.equal(await input.row('No VPC').count(), 0, 'this kind needs one');
  await input.choose(network.vpc);
  await question('Subnet');
  await input.choose(network.subnet);

  await question('Security groups');
  await input.choose(office());
  await input.row(office()).filter({ hasText: 'chosen' }).waitFor();
  await workbench.screenshot('rent-security-groups');
  await input.choose('Done');

  await question('Name');
  await input.type(name);
  await input.accept();
  await question('Admin user');
  await input.type('postgres');
  await input.waitForMessage('"postgres" is taken by the service.');
  await input.type(user);
  await input.accept();
  await question('Password');
  await input.choose('Generate one');
  await question('Charset');
  await input.choose('UTF8');
  await question('Project');
  await input.choose('1200001');
  await question('Tags');
  await input.type('env=test');
  await input.choose('Add env = test');
  await input.choose('Done');
  await question('Deletion protection');
  await input.choose('On');
}

/** The lines of the review that stand for answers. */
const lines = [
  'Kind of instance, Pay-as-you-go',
  `Region, ${region}`,
  `Availability zone, ${zone}`,
  'Version, 16',
  'Class, pg.it.medium4 · 2 cores, 4 GB',
  'Storage, 100 GB',
  'Storage type, CLOUD_SSD',
  'Second zone, not sent: none',
  `VPC, ${network.vpc}`,
  `Subnet, ${network.subnet}`,
  `Security groups, ${office()}`,
  `Name, ${name}`,
  `Admin user, ${user}`,
  'Password, ***',
  'Charset, UTF8',
  'Project, 1200001',
  'Tags, env=test',
  'Deletion protection, on',
  'Charge type, Pay by the hour',
];

async function reviewed({ product }: Stage): Promise<Readonly<Record<string, unknown>>> {
  const { workbench, question } = product;
  const { input } = workbench;
  await question('Review');
  await input
    .row('Price')
    .filter({
      hasText: `CNY 0.82 per hour, about CNY 598.60 per month: above your limit of ${String(priceLimit)} per hour`,
    })
    .waitFor();
  const shown = await reviewLines(workbench);
  for (const line of lines) assert.ok(shown.includes(line), `the review shows "${line}":\n${shown.join('\n')}`);
  await workbench.screenshot('rent-review');
  const text = await workbench.copiedBy(() => input.choose('Copy request as JSON'));
  const { action, region: sentTo, body } = copied.parse(JSON.parse(text));
  assert.deepEqual([action, sentTo], ['CreateInstances', region]);
  return body;
}

async function limitAsked({ product, simulator }: Stage, sentBefore: number): Promise<void> {
  const { workbench, question } = product;
  const { input, page } = workbench;
  const modal = modalDialog(page);
  await input.choose('Create');
  const words = await modal.text();
  assert.match(words, /Go on above your price limit\?/u);
  assert.match(words, /It costs CNY 0\.82 per hour, about CNY 598\.60 per month\. Your limit is 0\.5 per hour\./u);
  await workbench.screenshot('rent-limit');
  await modal.press('Cancel');

  await question('Review');
  const shown = await reviewLines(workbench);
  for (const line of lines) assert.ok(shown.includes(line), `"${line}" is kept:\n${shown.join('\n')}`);
  assert.equal(await orders(simulator), sentBefore, 'nothing is sent');
  await input.choose('Create');
  await modal.press('Go On');
}

async function made({ product }: Stage): Promise<void> {
  const { workbench } = product;
  const { input, notifications, sidebar } = workbench;
  await sidebar.waitForRow(name);
  await notifications.waitFor(`Creating "${name}": `);
  await workbench.screenshot('rent-progress');
  await product.waitUntilReady(name);
  await sidebar.waitForRow(name, 'Running');
  await workbench.screenshot('rent-ready');

  const ready = await notifications.waitFor(`PostgreSQL instance "${name}" (`);
  const uri = await workbench.copiedBy(async () => {
    await ready.press('Copy Connection String');
    await input.waitFor('Copy connection string: Password');
    await input.choose('With the password');
  });
  assert.equal(new URL(uri).password.length, 20, 'the generated password was kept');
  assert.match(String(await query({ connectionString: uri }, 'show server_version')), /^16\./u);
  assert.equal(await query({ connectionString: uri }), user);
}

function office(): string {
  const found = securityGroupsOf(region).find((group) => group.name === 'office');
  return found?.id ?? assert.fail('no such group');
}
