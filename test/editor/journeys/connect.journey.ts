/** Journeys of a person who connects to an instance, and opens and closes the way there. One window, on the simulator. */
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { watchCommandLines } from '../../support/editor/commandLines.ts';
import { endAll, openStage, serverlessAlways } from '../../support/editor/stage.ts';
import { walkAll } from '../../support/editor/walks.ts';
import { closedLate } from './connectClosing.ts';
import { doctorLeadsOut, passwordChanged } from './connectDoctor.ts';
import { envWritten } from './connectEnv.ts';
import { everyForm, handedOver } from './connectForms.ts';
import { nothingSecretOnCommandLines } from './connectSecrets.ts';
import { makeShop, unreachable, type ConnectStage } from './connectStage.ts';
import { psqlMissing, psqlOpened } from './connectTerminal.ts';
import { makeTools } from './connectTools.ts';

const journeys: Readonly<Record<string, (stage: ConnectStage) => Promise<void>>> = {
  'the connection test says why a private address does not answer, and leads to one that does': doctorLeadsOut,
  'a password that was changed in the database is set for connections': passwordChanged,
  'a client understands what was copied, in every form, and connects with it': everyForm,
  'a SQL extension is offered the connection, or a copy of it': handedOver,
  'without psql, it is said how to install it': psqlMissing,
  'psql opens in a terminal, logged in by its environment alone': psqlOpened,
  'one line of .env is written, git is told to ignore it, and undo takes it back': envWritten,
  'what was open for a while is closed by the next window, which says that it is late': closedLate,
  'no password and no key stood on the command line of any process': nothingSecretOnCommandLines,
};

let stage: ConnectStage;
const endings: (() => unknown)[] = [];

before(async () => {
  const tools = await makeTools();
  endings.push(() => tools.remove());
  const commandLines = watchCommandLines();
  endings.push(() => {
    commandLines.stop();
  });
  const opened = await openStage({
    edition: 'current',
    subject: { folder: fileURLToPath(new URL('../../..', import.meta.url)) },
    simulator: { pace: 200, privateAddress: unreachable },
    settings: {
      ...serverlessAlways,
      'terminal.integrated.defaultProfile.linux': 'A profile that does not exist',
      // Its letters stand in the page, and are no picture.
      'terminal.integrated.gpuAcceleration': 'off',
      'remote.autoForwardPorts': false,
    },
    // The editor asks the login shell for its PATH.
    env: { PATH: tools.path, SHELL: tools.shell },
  });
  endings.push(() => opened.close());
  stage = { ...opened, tools, commandLines };
  await makeShop(stage.simulator);
  await stage.product.workbench.sidebar.open();
  await stage.product.signInToSimulator();
});

after(() => endAll(endings.reverse()));

walkAll(journeys, () => stage);
