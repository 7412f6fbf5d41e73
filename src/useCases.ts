import * as l10n from '@vscode/l10n';
import type { CloudOnDemand } from './api/onDemand.ts';
import { announceReady } from './commands/announceReady.ts';
import { copyConnectionString } from './commands/copyConnectionString.ts';
import { copyText } from './commands/copyText.ts';
import { createInstance, tell } from './commands/createInstance.ts';
import { createFailureDesk } from './commands/failure.ts';
import { commandIds } from './commands/ids.ts';
import type { CommandName } from './commands/ids.ts';
import { openConsole } from './commands/openConsole.ts';
import { refreshInstance } from './commands/refreshInstance.ts';
import { createRun } from './commands/run.ts';
import type { Handler } from './commands/run.ts';
import { createSignIn } from './commands/signIn.ts';
import { signOut } from './commands/signOut.ts';
import { startSimulator, stopSimulator } from './commands/simulator.ts';
import { instanceOf, operationOf, requestIdOf } from './commands/target.ts';
import { accountOf } from './credentials/session.ts';
import type { Session } from './credentials/session.ts';
import type { Target } from './domain/credentials.ts';
import { NotSignedInError } from './domain/errors.ts';
import type { Instance } from './domain/instance.ts';
import { consoleLinks } from './domain/links.ts';
import type { Log, Now, Sleep } from './domain/ports.ts';
import { serverless } from './domain/serverlessOffering.ts';
import type { Settings } from './domain/settings.ts';
import { createCreation } from './instances/creation.ts';
import type { Journal } from './instances/journal.ts';
import type { Operation } from './instances/operation.ts';
import type { Refresher } from './instances/refresher.ts';
import type { Registry } from './instances/registry.ts';
import { createWatcher } from './instances/watcher.ts';
import { clipboard, messages, openLink, progress, waiting } from './platform/messages.ts';
import { openSetting } from './platform/settings.ts';
import type { SimulatorProcess } from './platform/simulatorProcess.ts';
import { createQuickInput } from './wizard/quickInput.ts';
import { readRecent, withPlan } from './wizard/recentAnswers.ts';

/** What activation has built and the use cases work with. */
export interface Services {
  readonly cloud: CloudOnDemand;
  readonly session: Session;
  /** Resolves when registry, journal and session have been read. */
  readonly opened: Promise<void>;
  readonly registry: Registry;
  readonly journal: Journal;
  readonly refresher: Refresher;
  readonly simulator: SimulatorProcess;
  readonly settings: () => Settings;
  readonly target: () => Target;
  /** Kept between sessions, no secrets: `read` gives what `write` took, or anything at all. */
  readonly memory: { read(key: string): unknown; write(key: string, value: unknown): Promise<void> };
  readonly revealInstance: (instance: Instance) => Promise<void>;
  readonly showLog: () => void;
  readonly signal: AbortSignal;
  readonly now: Now;
  readonly sleep: Sleep;
  readonly random: () => number;
  readonly log: Log;
}

/** The second half of the composition: everything a command does, loaded with the first command. */
export interface UseCases {
  readonly handlers: Readonly<Record<CommandName, Handler>>;
  /** Follows a create that an earlier session confirmed and did not see the end of. */
  resume(operation: Operation): Promise<void>;
}

export function createUseCases(services: Services): UseCases {
  const { cloud, session, opened, registry, journal, refresher, simulator, settings, target, memory } = services;
  const { signal, now, sleep, random, log } = services;
  const { explain } = cloud;
  const links = () => consoleLinks(settings().site);
  const accountId = (): string => accountOf(session.state());
  const simulated = (): boolean => session.state().kind === 'simulator';

  const watcher = createWatcher({
    find: cloud.instances.findById,
    sleep,
    now,
    interval: () => settings().poll.interval,
    limit: () => settings().poll.limit,
    explain,
    onTrouble: (error, { instanceId }) => {
      log.warn(`Look at an instance failed: ${instanceId}: ${error.message}`);
    },
  });
  const creation = createCreation({
    journal,
    registry,
    service: cloud.instances,
    watcher,
    explain,
    sleep,
    now,
    limit: () => settings().poll.limit,
    log,
  });
  const { ask } = createQuickInput({ sleep });
  const signIn = createSignIn({
    session,
    identify: cloud.identify,
    target,
    simulator: simulator.announced,
    ask,
    explain,
    messages,
    waiting,
    openLink,
    links,
    signal,
    log,
  });
  const desk = createFailureDesk({
    messages,
    clipboard,
    openLink,
    links,
    signIn: async () => {
      await signIn();
    },
    openSettings: openSetting,
  });
  const run = createRun({ log, explain, desk, signIn });

  const onInstance = (use: (instance: Instance) => Promise<void>) => async (argument: unknown) => {
    const instance = instanceOf(argument);
    if (instance !== undefined) await use(instance);
  };
  const copy = copyConnectionString({ service: cloud.instances, clipboard, messages, signal });
  const copied = copyText({ clipboard, messages });
  const console = openConsole({ openLink, links, simulated, messages });
  const ready = announceReady({
    messages,
    simulated,
    copy: (instance) =>
      run(commandIds.copyConnectionString, l10n.t('Cannot copy the connection string'), () => copy(instance))(),
    reveal: services.revealInstance,
    console,
  });
  const create = run(
    commandIds.createInstance,
    l10n.t('Cannot create an instance'),
    createInstance({
      offering: serverless,
      catalog: cloud.catalog,
      service: cloud.instances,
      creation,
      journal,
      account: async () => {
        await opened;
        const state = session.state();
        const id = accountOf(state);
        if (id === '') throw new NotSignedInError();
        return { id, label: state.kind === 'simulator' ? l10n.t('{0} (local simulator)', id) : id };
      },
      signIn,
      settings,
      recent: (field) => readRecent(memory.read('recentAnswers'))[field] ?? [],
      remember: (plan) => memory.write('recentAnswers', withPlan(readRecent(memory.read('recentAnswers')), plan)),
      request: cloud.request,
      ask,
      explain,
      desk,
      messages,
      progress,
      clipboard,
      ready,
      random,
      signal,
      log,
    }),
  );

  const handlers: Readonly<Record<CommandName, Handler>> = {
    createInstance: create,
    signIn: run(commandIds.signIn, l10n.t('Cannot sign in'), async () => {
      await signIn();
    }),
    signOut: run(
      commandIds.signOut,
      l10n.t('Cannot sign out'),
      signOut({ session, stopSimulator: () => simulator.stop(), messages }),
    ),
    refresh: run(commandIds.refresh, l10n.t('Cannot refresh'), () => refresher.refresh(accountId())),
    startSimulator: run(
      commandIds.startSimulator,
      l10n.t('Cannot start the local simulator'),
      startSimulator({
        start: () => simulator.start(),
        identify: cloud.identify,
        target,
        session,
        messages,
        progress,
        create: () => create(),
        signal,
      }),
    ),
    stopSimulator: run(
      commandIds.stopSimulator,
      l10n.t('Cannot stop the local simulator'),
      stopSimulator({ session, stop: () => simulator.stop(), messages }),
    ),
    showLog: run(commandIds.showLog, l10n.t('Cannot show the log'), () => {
      services.showLog();
      return Promise.resolve();
    }),
    openSettings: run(commandIds.openSettings, l10n.t('Cannot open the settings'), () => openSetting()),
    refreshInstance: run(
      commandIds.refreshInstance,
      l10n.t('Cannot refresh the instance'),
      onInstance(refreshInstance({ service: cloud.instances, registry, messages, accountId, signal })),
    ),
    copyId: run(
      commandIds.copyId,
      l10n.t('Cannot copy'),
      onInstance(({ id }) => copied(id)),
    ),
    copyConnectionString: run(
      commandIds.copyConnectionString,
      l10n.t('Cannot copy the connection string'),
      onInstance(copy),
    ),
    openConsole: run(commandIds.openConsole, l10n.t('Cannot open the console'), console),
    copyRequestId: run(commandIds.copyRequestId, l10n.t('Cannot copy'), async (argument) => {
      const requestId = requestIdOf(argument);
      if (requestId !== undefined) await copied(requestId);
    }),
    dismissOperation: run(commandIds.dismissOperation, l10n.t('Cannot dismiss'), async (argument) => {
      const operation = operationOf(argument);
      if (operation !== undefined) await journal.close(operation);
    }),
  };

  return {
    handlers,
    async resume(operation) {
      const settlement = await creation.resume(operation, signal, () => undefined);
      if (settlement.kind === 'failed') {
        await desk.show(l10n.t('Cannot create "{0}"', operation.plan.name), settlement.explanation);
      } else {
        await tell({ messages, ready, desk }, settlement);
      }
    },
  };
}
