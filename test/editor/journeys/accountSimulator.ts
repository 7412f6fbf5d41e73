import assert from 'node:assert/strict';
import { descendants, until } from '../../simulator/support.ts';
import { commandLine, watchCommandLines } from '../../support/editor/commandLines.ts';
import { command } from '../../support/editor/product.ts';
import { askServerVersion } from '../firstInstance.ts';
import { signedOutWords, signOut, type AccountStage } from './accountStage.ts';

/** Processes of a simulator that the extension started, and of its databases. */
function simulators(): string[] {
  return descendants(process.pid)
    .map(commandLine)
    .filter((line) => line.includes('simulator.cjs') || line.includes('globalStorage'));
}

export async function withoutAccount(stage: AccountStage): Promise<void> {
  const { product, simulator } = stage;
  const { workbench } = product;
  const { input, notifications, sidebar } = workbench;
  if (!(await sidebar.words()).includes(signedOutWords)) await signOut(stage);
  const callsBefore = (await simulator.control.state()).calls.length;
  assert.deepEqual(simulators(), []);
  const commandLines = watchCommandLines();

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
  commandLines.stop();
  const seen = commandLines.seen();
  for (const program of ['simulator.cjs', '/postgres -D'])
    assert.ok(
      seen.some((line) => line.includes(program)),
      `${program} was seen`,
    );
  for (const secret of [new URL(connectionString).password, simulator.secretKey])
    assert.deepEqual(
      seen.filter((line) => line.includes(secret)),
      [],
      'nothing secret stands on a command line',
    );

  await workbench.run(command('Stop Local Simulator'));
  await sidebar.waitForWords(signedOutWords);
  assert.match(await sidebar.title(), /Instances/u);
  await until(
    () => Promise.resolve(simulators()),
    (left) => left.length === 0,
  );
  assert.equal((await simulator.control.state()).calls.length, callsBefore, 'the service was asked nothing');
}
