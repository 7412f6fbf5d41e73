/** Journeys of a person who lives with instances: resume, look, arrange, delete, crash. One window, on the simulator. */
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStage, serverlessAlways, type Stage } from '../../support/editor/stage.ts';
import { walkAll } from '../../support/editor/walks.ts';
import { arranged } from './lifeArranged.ts';
import { deleted, deletedMany, undone } from './lifeDeleted.ts';
import { copiedAsJson, details } from './lifeDetails.ts';
import { killed } from './lifeKilled.ts';
import { resumed } from './lifeResumed.ts';
import { longUndo, makeInstances } from './lifeStage.ts';

const journeys: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a create that the window did not live to see is announced by the next one, once': resumed,
  'details are a document without passwords, read anew from its title': details,
  'a copy as JSON holds no password': copiedAsJson,
  'a deletion that is undone in time is never sent': undone,
  'groups, order and filter do what they say, and outlive the window': arranged,
  'a deletion asks for the name, and its row goes with the instance': deleted,
  'of several deletions the one that fails keeps its reason, and is tried again from its row': deletedMany,
  'a create is found and not sent again when the process that sent it is killed': killed,
};

let stage: Stage;

before(async () => {
  stage = await openStage({
    edition: 'current',
    subject: { folder: fileURLToPath(new URL('../../..', import.meta.url)) },
    simulator: { pace: 300 },
    settings: { ...serverlessAlways, ...longUndo },
  });
  await makeInstances(stage);
  await stage.product.workbench.sidebar.open();
  await stage.product.signInToSimulator();
});

after(() => stage.close());

walkAll(journeys, () => stage);
