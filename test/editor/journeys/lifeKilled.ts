import assert from 'node:assert/strict';
import { descendants, until } from '../../simulator/support.ts';
import { commandLine } from '../../support/editor/commandLines.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { countOf } from './lifeStage.ts';

/** Milliseconds that the service sits on the request: it has it when the editor's process dies, and makes it later. */
const sitting = 4_000;

export async function killed({ product, simulator }: Stage): Promise<void> {
  const { workbench } = product;
  const { input, sidebar } = workbench;
  const name = 'killed';
  const sentBefore = await countOf(simulator, 'CreateServerlessDBInstance');
  const [host, ...others] = extensionHosts();
  assert.ok(host !== undefined && others.length === 0, 'one extension host');
  await product.answerUpToReview({ region: 'ap-guangzhou', zone: 'ap-guangzhou-2', name });
  await simulator.control.addFaults(`CreateServerlessDBInstance=delay:${String(sitting)}*1`);
  await input.choose('Create');
  await until(simulator.control.state, ({ faults }) => faults.length === 0);
  process.kill(host, 'SIGKILL');

  await workbench.waitForStatus('extension host terminated unexpectedly');
  await workbench.screenshot('life-killed');
  assert.equal(await countOf(simulator, 'CreateServerlessDBInstance'), sentBefore, 'nothing was made before it died');
  await product.waitUntilReady(name);
  await sidebar.waitForRow(name, 'Running');
  await workbench.screenshot('life-killed-found');
  assert.notEqual(extensionHosts().join(), String(host), 'another process has taken it up');
  assert.equal(await countOf(simulator, 'CreateServerlessDBInstance'), sentBefore + 1, 'sent once');
  const { instances } = await simulator.control.state();
  assert.equal(instances.filter((one) => one.name === name).length, 1, 'made once');
}

/** Ids of the processes that run the extensions of the editor below this process. */
function extensionHosts(): readonly number[] {
  return descendants(process.pid).filter((pid) => commandLine(pid).includes('--type=extensionHost'));
}
