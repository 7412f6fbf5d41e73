/** Journeys of a person who manages a pay-as-you-go instance, from its name to its end. One window, on the simulator. */
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStage, type Stage } from '../../support/editor/stage.ts';
import { walkAll } from '../../support/editor/walks.ts';
import { binned, destroyed, protectedFromIt } from './manageBinned.ts';
import { contents, passwordReset } from './manageContents.ts';
import { found, securityGroups } from './manageFound.ts';
import { renamed, resized, restarted } from './manageRun.ts';
import { makeOrders } from './manageStage.ts';

const journeys: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a new name is checked as it is typed, and the tree calls the instance by it': renamed,
  'a restart says how far it is, and connections work again afterwards': restarted,
  'databases and accounts are listed when they are looked at, made and deleted': contents,
  'the password of an account is reset, typed twice, and goes into the next connection string': passwordReset,
  'a resize names its price before it is sent, and the tree shows the new size': resized,
  'security groups are listed, and the ID of one is copied': securityGroups,
  'deletion protection keeps an instance out of the recycle bin until it is turned off': protectedFromIt,
  'what was in the recycle bin comes back with its data': binned,
  'what is destroyed is gone from the tree and from the service': destroyed,
  'an instance in a region that nobody listed is found': found,
};

let stage: Stage;

before(async () => {
  stage = await openStage({
    edition: 'current',
    subject: { folder: fileURLToPath(new URL('../../..', import.meta.url)) },
    simulator: { pace: 300 },
    settings: { 'tencentdbPostgres.delete.undoSeconds': 0 },
  });
  await Promise.all([makeOrders(stage.simulator), stage.product.workbench.sidebar.open()]);
  await stage.product.signInToSimulator();
});

after(() => stage.close());

walkAll(journeys, () => stage);
