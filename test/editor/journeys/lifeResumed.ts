import assert from 'node:assert/strict';
import type { Stage } from '../../support/editor/stage.ts';
import { countOf } from './lifeStage.ts';

/** The youngest of all, and last by name. */
export const resumedName = 'warehouse';

const readyWords = `PostgreSQL instance "${resumedName}" (`;

export async function resumed({ product, simulator }: Stage): Promise<void> {
  const { workbench } = product;
  const { input, notifications, sidebar } = workbench;
  await product.answerUpToReview({ region: 'ap-guangzhou', zone: 'ap-guangzhou-2', name: resumedName });
  // The first look at the new instance is answered only after this window has gone.
  await simulator.control.addFaults('DescribeServerlessDBInstances@ap-guangzhou=delay:20000*1');
  await input.choose('Create');
  await sidebar.waitForRow(resumedName, /Being created|Requested|Initializing/u);
  await workbench.screenshot('life-create-pending');
  await simulator.control.clearFaults();

  await workbench.reload();
  const ready = await notifications.waitFor(readyWords);
  await sidebar.waitForRow(resumedName, 'Running');
  const activity = sidebar.view('Activity');
  await activity.open();
  const row = `Create ${resumedName}`;
  await activity.waitForRow(row, /^Created · /u);
  await activity.expand(row);
  const { calls } = await simulator.control.state();
  const requestId = calls.findLast(({ action }) => action === 'CreateServerlessDBInstance')?.requestId ?? '';
  await activity.waitForRow('Request ID', requestId);
  await workbench.screenshot('life-create-resumed');

  assert.equal(await countOf(simulator, 'CreateServerlessDBInstance'), 4, 'sent once, beside the three of the start');
  await ready.press('Show in Tree');
  assert.equal(await announcements(), 0, 'announced once');

  async function announcements(): Promise<number> {
    return (await notifications.texts()).filter((text) => text.startsWith(readyWords)).length;
  }
}
