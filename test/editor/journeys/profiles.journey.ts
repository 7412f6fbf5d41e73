/** Journeys of a person with several accounts, keys in files and many regions. The simulator stands for the service. */
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStage, serverlessAlways, type Stage } from '../../support/editor/stage.ts';
import { walkAll } from '../../support/editor/walks.ts';
import { allProfiles, createdInSecond, secondAdded, signedOutOfSecond } from './profilesAccounts.ts';
import { expired, offered, refused } from './profilesCommandLine.ts';
import { failingAndSlow, regionsChosen } from './profilesRegions.ts';
import { keysOf, makeInstances, profileKeys } from './profilesStage.ts';

const journeys: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a region that fails and one that is slow leave the others alone, and a click tries again': failingAndSlow,
  'the regions that are listed are chosen from those of the service': regionsChosen,
  'a second profile is added by name, and the status bar leads from one to the other': secondAdded,
  'a review says which account it goes to, and there it goes': createdInSecond,
  'the tree shows all profiles, and groups them by account': allProfiles,
  'signing out of one profile leaves the other': signedOutOfSecond,
  'a profile of the command line is offered, and says where its keys come from and until when': offered,
  'keys that end say how to renew them, and renewed ones work without a word': expired,
  'keys that the service refuses are renewed in the same way': refused,
};

let stage: Stage;

before(async () => {
  stage = await openStage({
    edition: 'current',
    subject: { folder: fileURLToPath(new URL('../../..', import.meta.url)) },
    // No database is looked into here.
    simulator: { pace: 300, postgres: 'none', keys: profileKeys.map(keysOf) },
    settings: serverlessAlways,
    endpoint: ({ endpoint }) => endpoint,
  });
  await makeInstances(stage.simulator);
  const { workbench } = stage.product;
  await workbench.sidebar.open();
  await workbench.sidebar.link('Sign In');
  await stage.product.typeKeys(stage.simulator);
  await workbench.sidebar.waitForRow('orders');
});

after(() => stage.close());

walkAll(journeys, () => stage);
