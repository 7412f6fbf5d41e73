/** Journeys of a person with keys, and of one without, in one window of the current editor. */
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { endAll, openStage, serverlessAlways } from '../../support/editor/stage.ts';
import { walkAll } from '../../support/editor/walks.ts';
import { startGoBetween } from '../../support/goBetween.ts';
import { keptOverReload, nothingSecretOnDisk, twoWindows } from './accountKept.ts';
import { ledThroughSignIn, signedOut, wrongThenRight } from './accountSignIn.ts';
import { withoutAccount } from './accountSimulator.ts';
import type { AccountStage } from './accountStage.ts';
import { failingRegion, madeElsewhere, strangeStatus } from './accountTree.ts';

const journeys: Readonly<Record<string, (stage: AccountStage) => Promise<void>>> = {
  'a wrong SecretKey is refused at its box with nothing lost, and the right one signs in': wrongThenRight,
  'signing out leads back to the first words, with nothing left to refresh': signedOut,
  'a command without keys leads through sign-in and on to what was wanted': ledThroughSignIn,
  'an instance that was made elsewhere comes with a refresh, and with all its facts': madeElsewhere,
  'a status that nobody knows is shown as it came': strangeStatus,
  'a region that fails is a row over the last known list, and choosing it tries again': failingRegion,
  'a reload keeps instances and keys, and asks anew': keptOverReload,
  'no key is in any file that the editor keeps beside its secret storage': nothingSecretOnDisk,
  'two windows agree who is signed in, and one sees to what the other began before it was closed': twoWindows,
  'without an account, the simulator makes an instance that answers, and leaves nothing behind': withoutAccount,
};

let stage: AccountStage;
const endings: (() => Promise<void>)[] = [];

before(async () => {
  const goBetween = await startGoBetween();
  endings.push(() => goBetween.close());
  const opened = await openStage({
    edition: 'current',
    subject: { folder: fileURLToPath(new URL('../../..', import.meta.url)) },
    simulator: { pace: 200 },
    settings: serverlessAlways,
    endpoint: (simulator) => {
      goBetween.leadTo(simulator.endpoint);
      return goBetween.endpoint;
    },
  });
  endings.push(() => opened.close());
  stage = { ...opened, goBetween };
  await stage.product.workbench.sidebar.open();
});

after(() => endAll(endings.reverse()));

walkAll(journeys, () => stage, 120_000);
