import assert from 'node:assert/strict';
import { vpcsOf } from '../../../src/simulator/account.ts';
import { call, createBody } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { createRequests, received } from './createdRequests.ts';

const region = 'ap-guangzhou';

export async function takenName({ product, simulator }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input } = workbench;
  await call(simulator, {
    action: 'CreateServerlessDBInstance',
    region: 'ap-shanghai',
    body: createBody('taken', { Zone: 'ap-shanghai-2' }),
  });
  await workbench.run(command('Create Instance...'));
  await question('Region');
  await input.choose(region);
  await question('Availability zone');
  await input.choose('ap-guangzhou-2');

  await question('Name');
  await input.type('taken');
  await input.waitForMessage('An instance of this name exists in ap-shanghai.');
  await workbench.screenshot('create-name-taken');
  await input.accept();
  // The answer to an Enter that passes would be another question, and the next message would not come.
  await input.type('taken-');
  await input.type('taken');
  await input.accept();
  await input.waitForMessage('An instance of this name exists in ap-shanghai.');
  await question('Name');
  await input.type('taken-2');
  await input.accept();
  await question('Version');
  await input.escape();
}

export async function badZone({ product, simulator }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input, notifications, sidebar } = workbench;
  const name = 'bad-zone';
  const sentBefore = await createRequests(simulator);
  await product.answerUpToReview(
    { region, name, charset: 'LATIN1', tags: [{ key: 'env', value: 'test' }] },
    async (title) => {
      if (title === 'Availability zone') await input.type('ap-guangzhou-9');
    },
  );
  await input.row('Create').waitFor();
  const answered = (await input.rows()).filter((row) =>
    /^(?:Region|Name|Version|Charset|Tags|Availability)/u.test(row),
  );
  assert.ok(answered.includes('Availability zone, ap-guangzhou-9'), answered.join('\n'));
  await input.choose('Create');

  const refusal = await notifications.waitFor(`Cannot create "${name}"`);
  const words = await refusal.text();
  assert.match(words, /There is no serverless PostgreSQL in this zone\./u, 'our explanation');
  assert.match(words, /Choose another availability zone\./u, 'the next step');
  assert.match(words, /OperationDenied\.NotSupportZoneError/u, "the service's words");
  const { calls } = await simulator.control.state();
  const requestId = calls.findLast(({ action }) => action === 'CreateServerlessDBInstance')?.requestId;
  assert.ok(requestId !== undefined && words.includes(requestId), 'the request id');
  assert.deepEqual(await refusal.buttons(), ['Try Again', 'Copy Request ID']);
  await workbench.screenshot('create-bad-zone-refused');

  await refusal.press('Try Again');
  await question('Review');
  assert.equal(await input.focused(), 'There is no serverless PostgreSQL in this zone.');
  const kept = await input.rows();
  for (const row of answered) assert.ok(kept.includes(row), `"${row}" is kept:\n${kept.join('\n')}`);
  await workbench.screenshot('create-bad-zone-review');
  await input.accept();
  await question('Availability zone');
  await input.choose('ap-guangzhou-3');
  await question('Review');
  await input.choose('Create');
  await product.waitUntilReady(name);
  await sidebar.waitForRow(name, 'Running');
  assert.equal(await createRequests(simulator), sentBefore + 2);
  assert.equal((await received(simulator, region, name)).Zone, 'ap-guangzhou-3');
}

export async function failedList({ product, simulator }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input } = workbench;
  const [vpc] = vpcsOf(region);
  assert.ok(vpc);
  await simulator.control.addFaults('DescribeVpcs=error:InternalError', 'DescribeSubnets=html');
  await workbench.run(command('Create Instance...'));
  await question('Region');
  await input.choose(region);
  for (const title of ['Availability zone', 'Name', 'Version', 'Charset']) {
    await question(title);
    await (title === 'Name' ? input.accept() : input.acceptProposed());
  }

  await question('Network');
  await input.row('Retry').waitFor();
  const said = (await input.rows()).join('\n');
  assert.match(said, /The list could not be loaded/u);
  assert.match(said, /internal error\., InternalError: .+ · [0-9a-f-]{36}/u, "the service's words and the request id");
  await workbench.screenshot('create-list-failed');
  await input.type(vpc.id);
  await input.choose(`Use "${vpc.id}"`);

  await question('Subnet');
  await input.row('Retry').waitFor();
  await input.back();
  await question('Network');
  await input.row('Retry').waitFor();
  await simulator.control.clearFaults();
  await input.choose('Retry');
  await input.choose(vpc.id);
  await question('Subnet');
  await input
    .row(/^subnet-/u)
    .first()
    .waitFor();
  await input.escape();
}

export async function lostAnswer({ product, simulator }: Stage): Promise<void> {
  const { workbench } = product;
  const { input, sidebar } = workbench;
  const name = 'lost-answer';
  const sentBefore = await createRequests(simulator);
  await simulator.control.addFaults('CreateServerlessDBInstance=cut-after*1');
  await product.answerUpToReview({ region, zone: 'ap-guangzhou-2', name });
  await input.choose('Create');
  await sidebar.waitForRow(name);
  await workbench.screenshot('create-answer-lost');
  await product.waitUntilReady(name);
  await sidebar.waitForRow(name, 'Running');
  assert.equal(await createRequests(simulator), sentBefore + 1, 'sent once');
}
