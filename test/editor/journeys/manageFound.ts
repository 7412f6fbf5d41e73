import assert from 'node:assert/strict';
import { securityGroupsOf } from '../../../src/simulator/actions/securityGroups.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { elsewhere, home, make, shopOrders } from './manageStage.ts';

export async function securityGroups({ product: { workbench } }: Stage): Promise<void> {
  const { input, sidebar } = workbench;
  const [group] = securityGroupsOf(home).filter(({ isDefault }) => isDefault);
  assert.ok(group);
  await sidebar.rowMenu(shopOrders, 'Show Security Groups');
  await input.waitFor(`Security groups: ${shopOrders}`);
  await input.row(group.id).waitFor();
  await workbench.screenshot('manage-security-groups');
  const copied = await workbench.copiedBy(() => input.choose(group.id));
  assert.equal(copied, group.id);
  await workbench.waitForStatus(`Copied: ${group.id}`);
}

export async function found({ product: { workbench }, simulator }: Stage): Promise<void> {
  const { notifications, sidebar } = workbench;
  const name = 'far-away';
  await make(simulator, name, elsewhere);
  await workbench.run(command('Refresh Instances'));
  // A refresh asks where something was; what is new elsewhere is not its business.
  await workbench.run(command('Find Existing Instances'));
  await notifications.waitFor(/Instances found: 1, in 1 of \d+ regions\./u);
  await sidebar.waitForRow(name, new RegExp(` · ${elsewhere}$`, 'u'));
  await workbench.screenshot('manage-found');
}
