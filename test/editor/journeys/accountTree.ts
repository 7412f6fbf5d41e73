import assert from 'node:assert/strict';
import * as z from 'zod';
import { call, createBody, until } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import type { AccountStage } from './accountStage.ts';

const subnets = z.object({ SubnetSet: z.array(z.object({ VpcId: z.string(), SubnetId: z.string() })).min(1) });
const created = z.object({ DBInstanceId: z.string() });

export async function madeElsewhere({ product: { workbench }, simulator }: AccountStage): Promise<void> {
  const { sidebar } = workbench;
  const { control } = simulator;
  const network = await call(simulator, { service: 'vpc', version: '2017-03-12', action: 'DescribeSubnets' });
  const [subnet] = subnets.parse(network).SubnetSet;
  const body = createBody('elsewhere', {
    ProjectId: 1_200_001,
    ...subnet,
    TagList: [{ TagKey: 'env', TagValue: 'test' }],
  });
  const answer = await call(simulator, { action: 'CreateServerlessDBInstance', body });
  const { DBInstanceId: id } = created.parse(answer);
  await until(control.state, ({ instances }) => instances.every(({ status }) => status === 'running'));
  await call(simulator, { action: 'OpenServerlessDBExtranetAccess', body: { DBInstanceId: id } });
  const opened = await until(control.state, ({ instances }) => instances.every(({ status }) => status === 'running'));
  assert.deepEqual(await sidebar.rows(), [], 'nothing is shown before it is asked for');

  await workbench.run(command('Refresh Instances'));
  await sidebar.waitForRow('elsewhere', 'Running · public · ap-guangzhou');
  await sidebar.expand('elsewhere');
  await sidebar.waitForRow('Tags');
  await sidebar.expand('Tags');
  await sidebar.waitForRow('env');
  await workbench.screenshot('tree-facts');
  const [instance] = opened.instances;
  const facts = Object.fromEntries((await sidebar.rows()).map(({ label, description }) => [label, description]));
  const { Created: time, ...others } = facts;
  assert.match(time ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u);
  assert.deepEqual(others, {
    elsewhere: 'Running · public · ap-guangzhou',
    ID: id,
    Status: 'Running',
    'Kind of instance': 'Serverless',
    'Region and zone': 'ap-guangzhou · ap-guangzhou-2',
    Version: '10.4',
    'Kernel version': 'v10.4_r1.0',
    Charset: 'UTF8',
    Project: '1200001',
    Network: `${subnet?.VpcId ?? ''} · ${subnet?.SubnetId ?? ''}`,
    'Private address': `127.0.0.1:${String(instance?.port)} · Open`,
    'Public address': `127.0.0.1:${String(instance?.publicPort)} · Open`,
    Tags: '1',
    env: 'test',
  });

  assert.equal(await workbench.copiedBy(() => sidebar.rowMenu('elsewhere', 'Copy Instance ID')), id);
  assert.deepEqual(await sidebar.rowMenuEntries('elsewhere'), [
    'Copy Connection String',
    'Copy Connection String As...',
    'Open psql Terminal',
    'Connect with...',
    'Write to .env...',
    'Test Connection',
    'Set Password Used for Connections...',
    'Open Public Access...',
    'Close Public Access',
    'Show Details',
    'Refresh',
    'Open Console',
    'Copy Instance ID',
    'Copy as JSON',
    'Delete...',
  ]);
}

export async function strangeStatus({ product: { workbench }, goBetween }: AccountStage): Promise<void> {
  const { sidebar } = workbench;
  goBetween.change((answer) => answer.replaceAll('"running"', '"Deep Sleeping"'));
  await sidebar.titleButton('Refresh Instances');
  await sidebar.waitForRow('elsewhere', 'Deep Sleeping · public · ap-guangzhou');
  await workbench.screenshot('tree-unknown-status');
  goBetween.change((answer) => answer);
  await sidebar.rowMenu('elsewhere', 'Refresh');
  await sidebar.waitForRow('elsewhere', 'Running · public · ap-guangzhou');
}

export async function failingRegion({ product: { workbench }, simulator }: AccountStage): Promise<void> {
  const { sidebar } = workbench;
  const failure = /^Could not refresh ap-[a-z]+$/u;
  // The first of the regions that are asked; the others answer.
  await simulator.control.addFaults('DescribeServerlessDBInstances=error:UnauthorizedOperation*1');
  await sidebar.titleButton('Refresh Instances');
  await sidebar.waitForRow(failure);
  await sidebar.waitForRow('elsewhere', 'Running · public · ap-guangzhou');
  await workbench.screenshot('tree-failed-region');
  const [row] = (await sidebar.rows()).filter(({ label }) => failure.test(label));
  await sidebar.row(failure).click();
  await sidebar.row(failure).waitFor({ state: 'hidden' });
  await sidebar.row(/^Refreshing /u).waitFor({ state: 'hidden' });
  assert.equal(await sidebar.row(failure).count(), 0);
  const { calls } = await simulator.control.state();
  const tries = calls.filter(
    ({ action, region }) => action === 'DescribeServerlessDBInstances' && row?.label.endsWith(region) === true,
  );
  assert.deepEqual(
    tries.slice(-2).map(({ code }) => code),
    ['UnauthorizedOperation', null],
  );
}
