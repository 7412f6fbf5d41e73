/**
 * Journeys of a person who rents an instance by the hour, also after the kind that was wanted has been withdrawn.
 * One window, whose extension takes the simulator for the service.
 */
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withEvidence } from '../../support/editor/evidence.ts';
import { openStage, type Stage } from '../../support/editor/stage.ts';
import { walkAll } from '../../support/editor/walks.ts';
import { idsMissing, twoKeystrokes } from './rentDefaults.ts';
import { everyRentQuestion } from './rentEveryQuestion.ts';
import { twins } from './rentLost.ts';
import { checkedAgain, retired } from './rentRetired.ts';
import { rentSettings, signInAsAnybody } from './rentStage.ts';

const journeys: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a price stands at every step, the limit asks once more, and PostgreSQL 16 answers at the end': everyRentQuestion,
  'what was answered for a withdrawn kind is carried over, and only the rest is asked': retired,
  'a kind that was withdrawn says so before the questions, until the service answers for it again': checkedAgain,
  'with a full set of defaults, Enter and Enter rent an instance': twoKeystrokes,
  'a create that is answered without an id is settled by its order': idsMissing,
  'after a lost answer a person says which of two alike is theirs, and its password works': twins,
};

let stage: Stage;

before(async () => {
  stage = await openStage({
    edition: 'current',
    subject: { folder: fileURLToPath(new URL('../../..', import.meta.url)) },
    simulator: { pace: 200 },
    endpoint: ({ endpoint }) => endpoint,
    settings: rentSettings,
  });
  const { workbench } = stage.product;
  await workbench.sidebar.open();
  await withEvidence(workbench, 'rent-sign-in', () => signInAsAnybody(stage));
});

after(() => stage.close());

walkAll(journeys, () => stage);
