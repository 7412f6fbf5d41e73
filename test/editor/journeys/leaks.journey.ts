/**
 * Journeys of secrets that the service repeats, and of texts from outside that mean harm. Like every stage, this one is
 * searched for secrets when it is closed. With the folder of a build without redaction in `LEAKS_UNREDACTED`, which
 * `node test/tools/leaks.ts` makes, the search must find them instead.
 */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStage, type Stage } from '../../support/editor/stage.ts';
import { walkAll } from '../../support/editor/walks.ts';
import {
  createEchoed,
  listsEchoed,
  passwordEchoed,
  retirementEchoed,
  shownEchoed,
  signInEchoed,
} from './leaksEchoed.ts';
import { hostileNames, hostileWords } from './leaksHostile.ts';
import { key } from './leaksStage.ts';
import { rentSettings } from './rentStage.ts';

const unredacted = process.env['LEAKS_UNREDACTED'];

const journeys: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a sign-in that is refused with the key and the token in its words': signInEchoed,
  'a list that fails with the key in its words': listsEchoed,
  'a create that is refused with the generated password in its words': createEchoed,
  'a password that is refused with itself in the words': passwordEchoed,
  'a kind that is withdrawn with the key in the words': retirementEchoed,
  'what was done, the log and the details are looked at afterwards': shownEchoed,
  ...(unredacted === undefined
    ? {
        'names that mean harm are text in tree, tooltip, message, document and list': hostileNames,
        'words that mean harm are text in messages and below boxes': hostileWords,
      }
    : {}),
};

let stage: Stage;

before(async () => {
  stage = await openStage({
    edition: 'current',
    subject: { folder: unredacted ?? fileURLToPath(new URL('../../..', import.meta.url)) },
    simulator: { pace: 200, postgres: 'none', keys: [key.written] },
    endpoint: ({ endpoint }) => endpoint,
    settings: { ...rentSettings, 'tencentdbPostgres.create.hourlyPriceLimit': null },
  });
  await stage.product.workbench.sidebar.open();
});

after(async () => {
  if (unredacted === undefined) {
    await stage.close();
    return;
  }
  const leaks = await stage.closeAndSearch();
  const lines = leaks.map(({ place, form }) => `  ${place}: ${form}`);
  process.stderr.write(`Found without the redaction:\n${lines.sort().join('\n')}\n`);
  for (const kind of ['file user/logs/', 'file user/User/globalStorage/', 'picture ', 'browser: '])
    assert.ok(
      leaks.some(({ place }) => place.startsWith(kind)),
      `a secret is found in a place that begins with "${kind}"`,
    );
});

walkAll(journeys, () => stage);
