import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { descendants, until } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import { askServerVersion } from '../firstInstance.ts';
import { signedOutWords, signOut, type AccountStage } from './accountStage.ts';

/** Processes of a simulator that the extension started, and of its databases. */
function simulators(): string[] {
  return descendants(process.pid)
    .map(commandLine)
    .filter((line) => line.includes('simulator.cjs') || line.includes('globalStorage'));
}

/** Empty when the process ended meanwhile. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

export async function withoutAccount(stage: AccountStage): Promise<void> {
  const { product, simulator } = stage;
  const { workbench } = product;
  const { input, notifications, sidebar } = workbench;
  if (!(await sidebar.words()).includes(signedOutWords)) await signOut(stage);
  const callsBefore = (await simulator.control.state()).calls.length;
  assert.deepEqual(simulators(), []);

  await sidebar.link('Try without an account');
  const inUse = await notifications.waitFor('The local simulator is in use.');
  assert.match(await sidebar.title(), /Simulator/u);
  await workbench.screenshot('simulator-in-use');
  await inUse.press('Create Instance');
  await product.answerOpenWizard({ name: 'tried' });
  await input.choose('Create');
  await product.waitUntilReady('tried');
  await sidebar.waitForRow('tried', 'Running');
  await workbench.screenshot('simulator-ready');
  const ready = await notifications.waitFor('tried');
  const connectionString = await workbench.copiedBy(async () => {
    await ready.press('Copy Connection String');
    await input.choose('With the password');
  });
  assert.match(await askServerVersion(connectionString), /^\d+\.\d+/u);
  assert.notDeepEqual(simulators(), []);

  await workbench.run(command('Stop Local Simulator'));
  await sidebar.waitForWords(signedOutWords);
  assert.match(await sidebar.title(), /Instances/u);
  await until(
    () => Promise.resolve(simulators()),
    (left) => left.length === 0,
  );
  assert.equal((await simulator.control.state()).calls.length, callsBefore, 'the service was asked nothing');
}
