/**
 * Journeys of a person who opens a folder whose author is after their keys, their machine and their money: first in
 * Restricted Mode, then trusted. One window, whose extension takes the simulator for the service.
 */
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { endAll, openStage } from '../../support/editor/stage.ts';
import { walkAll } from '../../support/editor/walks.ts';
import { makeTools } from './connectTools.ts';
import { makeHostileFolder, startImpostor } from './hostileFolder.ts';
import {
  impostorRefused,
  nothingGained,
  psqlInRestrictedMode,
  worksInRestrictedMode,
  worksWhenTrusted,
  type HostileStage,
} from './hostileWalks.ts';
import { priceLimit } from './rentStage.ts';

const journeys: Readonly<Record<string, (stage: HostileStage) => Promise<void>>> = {
  'a server whose certificate nobody vouches for is told nothing, whatever the folder says about certificates':
    impostorRefused,
  'in Restricted Mode signing in, creating, listing and connecting work, and the folder has no say in them':
    worksInRestrictedMode,
  'in Restricted Mode it is the psql of the person that runs': psqlInRestrictedMode,
  'a folder that is trusted proposes answers, and neither another price limit nor another psql': worksWhenTrusted,
  'in all of that the server of the folder saw no connection, and no program of it ran': nothingGained,
};

let stage: HostileStage;
const endings: (() => unknown)[] = [];

before(async () => {
  const folder = await makeHostileFolder();
  endings.push(() => folder.remove());
  await folder.tryOut();
  const impostor = await startImpostor();
  endings.push(() => {
    impostor.close();
  });
  const tools = await makeTools();
  endings.push(() => tools.remove());
  await symlink(tools.psql, join(tools.path, 'psql'));
  const opened = await openStage({
    edition: 'current',
    subject: { folder: fileURLToPath(new URL('../../..', import.meta.url)) },
    simulator: { pace: 200 },
    endpoint: () => impostor.origin,
    settings: {
      'tencentdbPostgres.create.hourlyPriceLimit': priceLimit,
      // Its letters stand in the page, and are no picture.
      'terminal.integrated.gpuAcceleration': 'off',
      'remote.autoForwardPorts': false,
    },
    machineSettings: folder.machineSettings,
    // The editor asks the login shell for its PATH.
    env: { PATH: tools.path, SHELL: tools.shell },
    untrustedFolder: folder.path,
  });
  endings.push(() => opened.close());
  stage = { ...opened, folder, impostor, tools };
  await stage.product.workbench.sidebar.open();
});

after(() => endAll(endings.reverse()));

walkAll(journeys, () => stage);
