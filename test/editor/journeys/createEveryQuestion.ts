import assert from 'node:assert/strict';
import * as z from 'zod';
import { vpcsOf, subnetsOf } from '../../../src/simulator/account.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { createRequests, received } from './createdRequests.ts';

const region = 'ap-beijing';
const zone = 'ap-beijing-3';
const name = 'every_question-1';

const copied = z.object({
  action: z.string(),
  version: z.string(),
  region: z.string(),
  body: z.record(z.string(), z.unknown()),
});

export async function everyQuestion({ product, simulator }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input, notifications, sidebar } = workbench;
  const [, vpc] = vpcsOf(region);
  const subnet = subnetsOf(region).find((one) => one.vpcId === vpc?.id && one.zone === zone);
  assert.ok(vpc && subnet);
  const sentBefore = await createRequests(simulator);

  await workbench.run(command('Create Instance...'));
  await question('Region');
  assert.equal(await input.title(), 'Create instance: Region (1/9)');
  await input.choose(region);

  await question('Availability zone');
  assert.match(await rowText('ap-beijing-1'), /the getting-started page says zone 3/u);
  assert.match(await rowText(zone), /the API page says zone 1/u);
  await workbench.screenshot('create-zone-notes');
  await input.choose(zone);

  await question('Name');
  assert.match(await input.value(), /^pg-[a-z0-9]{4}$/u, 'a free name is proposed');
  await input.type('my db');
  await input.waitForMessage('Use letters, digits, "_" and "-" only. " " is not one of them.');
  await input.type(name);
  await input.waitForMessage('A name that is unique in your account');
  await input.accept();

  await question('Version');
  assert.match(await rowText('10.4'), /The only documented version/u);
  await input.choose('10.4');

  await question('Charset');
  assert.match(await rowText('LATIN1'), /others say UTF8 only/u);
  await input.choose('LATIN1');

  await question('Network');
  assert.match(await rowText(vpc.id), /backend · 10\.0\.0\.0\/16/u);
  await input.choose(vpc.id);

  await question('Subnet');
  assert.equal(await input.title(), 'Create instance: Subnet (7/10)');
  assert.match(await rowText(subnet.id), /10\.0\.1\.0\/28 · 4 of 13 addresses free/u);
  await workbench.screenshot('create-subnets');
  await input.choose('No subnet');
  assert.match(await rowText('No subnet'), /a VPC and a subnet belong together/u);
  await input.choose(subnet.id);

  await question('Project');
  await input.choose('1200001');

  await question('Tags');
  await addTag('env', 'test');
  await addTag('owner', 'me');
  await addTag('team', 'search');
  await input.type('env=other');
  await input.row(/The key "env" is there already/u).waitFor();
  await input.accept();
  await input.type('');
  await workbench.screenshot('create-tags');
  await input.rowButton('owner = me', 'Remove');
  await input.row('owner = me').waitFor({ state: 'detached' });
  await input.choose('Done');

  await question('Review');
  assert.equal(await input.title(), 'Create instance: Review (10/10)');
  const shown = (await input.rows()).join('\n');
  for (const line of [
    `Region, ${region}`,
    `Availability zone, ${zone}`,
    `Name, ${name}`,
    'Version, 10.4',
    'Charset, LATIN1',
    `VPC, ${vpc.id}`,
    `Subnet, ${subnet.id}`,
    'Project, 1200001',
    'Tags, env=test, team=search',
  ]) {
    assert.ok(shown.includes(line), `the review shows "${line}":\n${shown}`);
  }
  await workbench.screenshot('create-review');
  const request = copied.parse(JSON.parse(await workbench.copiedBy(() => input.choose('Copy request as JSON'))));
  assert.equal(await createRequests(simulator), sentBefore, 'nothing is sent before Create');

  await input.choose('Create');
  await sidebar.waitForRow(name, /Requested|Initializ|Waiting/u);
  await notifications.waitFor(`Creating "${name}": Requested`);
  await workbench.screenshot('create-progress');
  await product.waitUntilReady(name);
  await sidebar.waitForRow(name, 'Running');
  await workbench.screenshot('create-ready');

  assert.equal(await createRequests(simulator), sentBefore + 1, 'sent once');
  assert.deepEqual(
    [request.action, request.version, request.region],
    ['CreateServerlessDBInstance', '2017-03-12', region],
  );
  const { Zone, DBInstanceName, DBVersion, DBCharset, ProjectId, VpcId, SubnetId, TagList } = await received(
    simulator,
    region,
    name,
  );
  assert.deepEqual(request.body, { Zone, DBInstanceName, DBVersion, DBCharset, ProjectId, VpcId, SubnetId, TagList });

  async function rowText(label: string): Promise<string> {
    return (await input.row(label).getAttribute('aria-label')) ?? '';
  }

  async function addTag(key: string, value: string): Promise<void> {
    await input.type(`${key}=${value}`);
    await input.choose(`Add ${key} = ${value}`);
    await input.row(`${key} = ${value}`).waitFor();
  }
}
