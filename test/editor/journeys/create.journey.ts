/** Journeys through "create" in one window of the current editor, with the extension as it lies in this folder. */
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStage, serverlessAlways, type Stage } from '../../support/editor/stage.ts';
import { walkAll } from '../../support/editor/walks.ts';
import { answersKept, givenUp } from './createAnswersKept.ts';
import { badText } from './createBadText.ts';
import { defaults, wrongDefault, wrongDefaults } from './createDefaults.ts';
import { everyQuestion } from './createEveryQuestion.ts';
import { badZone, failedList, lostAnswer, takenName } from './createTrouble.ts';

const journeys: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a default that cannot be used is named in a warning, which leads to its correction': wrongDefault,
  'with a full set of defaults, Enter and Enter create an instance': defaults,
  'Escape ends at every question with nothing sent': givenUp,
  'create asks every parameter, and sends what its review showed, once': everyQuestion,
  'Back restores text and choice at every question': answersKept,
  'a name that is taken in the account does not pass': takenName,
  'a zone that the service refuses is corrected from the review, with every answer kept': badZone,
  'a list that fails says why, can be loaded again, and can be done without': failedList,
  'no box takes text that is too long, invisible or not of its form': badText,
  'a create whose answer was lost is found by its name and not sent again': lostAnswer,
};

let stage: Stage;

before(async () => {
  stage = await openStage({
    edition: 'current',
    subject: { folder: fileURLToPath(new URL('../../..', import.meta.url)) },
    // No database is looked into here; the journeys of the package do that.
    simulator: { pace: 300, postgres: 'none' },
    settings: { ...serverlessAlways, ...wrongDefaults },
  });
  await stage.product.workbench.sidebar.open();
  await stage.product.signInToSimulator();
});

after(() => stage.close());

walkAll(journeys, () => stage);
