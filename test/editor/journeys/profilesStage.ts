import type { Locator } from 'playwright-core';
import { call, createBody, until, type RunningSimulator, type TestKey } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';

/** The key of the first sign-in, and one of another account. */
export const profileKeys = [
  { secretId: 'AKIDofTheFirstAccount', secretKey: 'keyOfTheFirstAccount', account: '100000000001' },
  { secretId: 'AKIDofTheSecondAccount', secretKey: 'keyOfTheSecondAccount', account: '100000000002' },
] as const;

/** Temporary keys of a third account, which the simulator does not know before they are added. */
export const temporaryKeys: TestKey = {
  secretId: 'AKIDtemporaryOfTheThird-1',
  secretKey: 'temporaryKeyOfTheThird-1',
  token: 'tokenOfTheThird-1',
  account: '100000000003',
};

/** As the simulator's command line takes it. */
export function keysOf({ secretId, secretKey, token, account }: TestKey): string {
  return `${[secretId, secretKey, token].filter((part) => part !== undefined).join(':')}@${account ?? ''}`;
}

/** What the first account holds before anybody looks. */
export async function makeInstances(simulator: RunningSimulator): Promise<void> {
  await make(simulator, 'orders', 'ap-guangzhou', 'ap-guangzhou-2');
  await make(simulator, 'stock', 'ap-beijing', 'ap-beijing-3');
}

/** Resolves when it runs: nobody in the window follows what was made elsewhere. */
export async function make(
  simulator: RunningSimulator,
  name: string,
  region: string,
  zone: string,
  keys: Partial<TestKey> = {},
): Promise<void> {
  const { secretId, secretKey, token } = keys;
  await call(simulator, {
    action: 'CreateServerlessDBInstance',
    region,
    body: createBody(name, { Zone: zone }),
    ...(secretId === undefined ? {} : { secretId }),
    ...(secretKey === undefined ? {} : { secretKey }),
    ...(token === undefined ? {} : { token }),
  });
  await until(simulator.control.state, ({ instances }) => instances.every(({ status }) => status === 'running'));
}

/** The item of the status bar that names the profile in use. */
export function profileItem({ product: { workbench } }: Stage): Locator {
  return workbench.page.locator('.part.statusbar [id$="tencentdbPostgres.profile"]');
}

export async function switchTo({ product: { workbench } }: Stage, row: string): Promise<void> {
  await workbench.run(command('Switch Profile...'));
  await workbench.input.waitFor('Switch profile');
  await workbench.input.choose(row);
  await workbench.input.waitUntilGone();
}
