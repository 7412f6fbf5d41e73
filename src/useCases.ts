import * as l10n from '@vscode/l10n';
import { createFailureDesk } from './commands/failure.ts';
import type { CommandName } from './commands/ids.ts';
import { createRun } from './commands/run.ts';
import type { Handler } from './commands/run.ts';
import { createSignIn } from './commands/signIn.ts';
import { useSimulator } from './commands/simulator.ts';
import { createPasswords } from './credentials/passwords.ts';
import { knowsAccount } from './credentials/session.ts';
import { createClearingClipboard } from './domain/clearingClipboard.ts';
import type { InstanceKey } from './domain/documents.ts';
import type { KeySource } from './domain/profile.ts';
import { sourceWords } from './domain/keyWords.ts';
import { consoleLinks } from './domain/links.ts';
import { createFollower } from './instances/follower.ts';
import type { Operation } from './instances/operation.ts';
import { createPace } from './instances/pace.ts';
import { createWatcher } from './instances/watcher.ts';
import { createWrites } from './instances/writes.ts';
import { messages, openLink, progress, systemClipboard, waiting } from './platform/messages.ts';
import { openSetting } from './platform/settings.ts';
import { accountCommands } from './root/accountCommands.ts';
import { connectCommands } from './root/connectCommands.ts';
import { createCommands } from './root/createCommands.ts';
import { lifeCommands } from './root/lifeCommands.ts';
import { isManaged } from './domain/changeOrder.ts';
import { manageCommands } from './root/manageCommands.ts';
import { lookCommands } from './root/lookCommands.ts';
import type { Services } from './root/services.ts';
import type { Shared } from './root/shared.ts';
import type { SourceChoice } from './wizard/keyQuestions.ts';
import { createQuickInput } from './wizard/quickInput.ts';

/** The second half of the composition: everything a command does, loaded with the first command. */
export interface UseCases {
  readonly handlers: Readonly<Record<CommandName, Handler>>;
  /** What the document about an instance says. */
  readonly details: (key: InstanceKey) => Promise<string>;
  /** Follows what nobody follows, from now on; further calls look at once. */
  attend(): void;
  dispose(): Promise<void>;
}

/** Milliseconds between two looks for operations whose window is gone. */
const followInterval = 5_000;

export function createUseCases(services: Services): UseCases {
  const { cloud, session, connections, keySources, journal, claims, simulator, settings, target } = services;
  const { signal, now, sleep, log } = services;
  const { explain } = cloud;
  const links = () => consoleLinks(settings().site);

  const pace = createPace({ journal, interval: () => settings().poll.interval, random: services.random });
  const watcher = createWatcher({
    find: (target, aborted) => cloud.instances(target).findById(target.region, target.instanceId, aborted),
    sleep,
    now,
    interval: pace.instance,
    limit: () => settings().poll.limit,
    explain,
    onTrouble: (error, { instanceId }) => {
      log.warn(`Look at an instance failed: ${instanceId}: ${error.message}`);
    },
  });
  const clipboard = createClearingClipboard({
    system: systemClipboard,
    clearAfter: () => settings().clipboardClear,
    sleep,
    log,
  });
  const { ask } = createQuickInput({ sleep });
  const signIn = createSignIn({
    session,
    kept: (accountId) => {
      // What exists already joins the tree, wherever it is.
      if (services.registry.regions(accountId).length === 0) services.background(accounts.findQuietly(accountId));
    },
    identify: cloud.identify,
    connect: (way, aborted) => connections.by(way, aborted),
    sources: async () => (await (await keySources()).available(signal)).map(choiceOf),
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
      await signIn.signIn();
    },
    openSettings: openSetting,
  });
  const run = createRun({ log, explain, desk, signIn: (reason) => signIn.signIn(reason) });
  const passwords = createPasswords({ secrets: services.secrets, memory: services.memory, log });
  const writes = createWrites({
    journal,
    registry: services.registry,
    service: cloud.instances,
    management: cloud.management,
    watcher,
    passwords,
    onDone: (operation) => {
      const instance = { ...operation, id: operation.instanceId };
      services.background(services.contents().then((contents) => contents.refresh(instance)));
    },
    explain,
    sleep,
    now,
    interval: pace.task,
    limit: () => settings().poll.limit,
    log,
  });
  const shared: Shared = { ask, signIn, desk, run, writes, passwords, clipboard };

  const look = lookCommands(services, shared);
  const manage = manageCommands(services, shared);
  const connect = connectCommands(services, shared, {
    openPublicAccess: (instance) => life.openPublicAccess(instance),
    passwordWays: manage.passwordWays,
  });
  const toSimulator = useSimulator({
    start: () => simulator.start(),
    identify: cloud.identify,
    target,
    session,
    progress,
    signal,
  });
  const creating = createCommands(services, shared, {
    copy: connect.copy,
    console: look.console,
    useSimulator: toSimulator,
    decide: (id, work) => follower.decide(id, work),
  });
  const life = lifeCommands(services, shared, {
    copy: connect.copy,
    create: creating.create,
    again: manage.again,
  });
  const accounts = accountCommands(services, shared, { create: () => creating.create() });

  const follower = createFollower({
    journal,
    claims,
    settle(operation, ends) {
      if (operation.kind === 'create') return creating.settle(operation, ends);
      return isManaged(operation.kind) ? manage.settle(operation, ends) : life.settle(operation, ends);
    },
    canFollow: (accountId) => knowsAccount(session.state(), accountId),
    sleep,
    now,
    interval: followInterval,
    log,
    onFailure: (operation, error) => {
      services.background(desk.show(cannotFollow(operation), explain(error)));
    },
  });
  let attending = false;

  return {
    handlers: {
      ...look.handlers,
      ...connect.handlers,
      ...creating.handlers,
      ...life.handlers,
      ...manage.handlers,
      ...accounts.handlers,
    },
    details: look.details,
    attend() {
      if (attending) follower.wake();
      else follower.start();
      attending = true;
    },
    async dispose() {
      await Promise.all([clipboard.dispose(), follower.dispose()]);
    },
  };
}

function choiceOf(source: KeySource): SourceChoice {
  return { source, label: l10n.t('Keys {0}', sourceWords(source)) };
}

function cannotFollow({ kind, name }: Operation): string {
  switch (kind) {
    case 'create':
      return l10n.t('Cannot follow the creation of "{0}"', name);
    case 'delete':
      return l10n.t('Cannot follow the deletion of "{0}"', name);
    case 'openPublic':
    case 'closePublic':
      return l10n.t('Cannot follow the public access of "{0}"', name);
    default:
      return l10n.t('Cannot follow what is done to "{0}"', name);
  }
}
