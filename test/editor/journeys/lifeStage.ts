import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { call, createBody, until, type RunningSimulator } from '../../simulator/support.ts';
import type { Settings } from '../../support/editor/quiet.ts';
import type { Stage } from '../../support/editor/stage.ts';

const undoSetting = 'tencentdbPostgres.delete.undoSeconds';

/** Nobody is late for an undo. */
export const longUndo: Settings = { [undoSetting]: 60 };

/** A deletion is sent after one second, in windows that open from now on. */
export async function shortenUndo({ server }: Stage): Promise<void> {
  const path = join(server.userFolder, 'User/settings.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(`"${undoSetting}": 60`, `"${undoSetting}": 1`));
}

/** What the account holds before anybody looks. */
export async function makeInstances({ simulator }: Stage): Promise<void> {
  await Promise.all([
    make(simulator, 'shop-prod', 'ap-guangzhou', 'ap-guangzhou-2', 'prod'),
    make(simulator, 'shop-test', 'ap-beijing', 'ap-beijing-3', 'test'),
    make(simulator, 'stock', 'ap-shanghai', 'ap-shanghai-2'),
  ]);
  await until(simulator.control.state, ({ instances }) => instances.every(({ status }) => status === 'running'));
}

async function make(
  simulator: RunningSimulator,
  name: string,
  region: string,
  zone: string,
  env?: string,
): Promise<void> {
  const tags = env === undefined ? {} : { TagList: [{ TagKey: 'env', TagValue: env }] };
  const body = createBody(name, { Zone: zone, ...tags });
  await call(simulator, { action: 'CreateServerlessDBInstance', region, body });
}

/** How often an action has reached the simulator so far. */
export async function countOf({ control }: RunningSimulator, action: string): Promise<number> {
  const { calls } = await control.state();
  return calls.filter((one) => one.action === action).length;
}
