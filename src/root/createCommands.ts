import * as l10n from '@vscode/l10n';
import { announceReady } from '../commands/announceReady.ts';
import { createInstance, tell } from '../commands/createInstance.ts';
import type { Account } from '../commands/createInstance.ts';
import { commandIds } from '../commands/ids.ts';
import type { Handler } from '../commands/run.ts';
import { accountOf } from '../credentials/session.ts';
import type { CreatePlan } from '../domain/createPlan.ts';
import { NotSignedInError } from '../domain/errors.ts';
import type { Instance } from '../domain/instance.ts';
import { serverless } from '../domain/serverlessOffering.ts';
import { whenFocused } from '../domain/windowFocus.ts';
import { createCreation } from '../instances/creation.ts';
import type { CreateOperation } from '../instances/operation.ts';
import { clipboard, messages, progress } from '../platform/messages.ts';
import { windowFocus } from '../platform/windowFocus.ts';
import { readRecent, withPlan } from '../wizard/recentAnswers.ts';
import type { Services } from './services.ts';
import type { OnInstance, Shared } from './shared.ts';

/** What makes instances. */
export function createCommands(
  services: Services,
  { ask, desk, run, signIn, watcher }: Shared,
  others: { readonly copy: OnInstance; readonly console: () => Promise<void> },
): {
  readonly handlers: Readonly<Record<'createInstance', Handler>>;
  readonly create: (plan?: CreatePlan) => Promise<void>;
  /** Carries on what another window or an earlier session began, and says how it ended. */
  settle(operation: CreateOperation, signal: AbortSignal): Promise<void>;
} {
  const { cloud, session, opened, journal, registry, settings, memory, random, background } = services;
  const { revealInstance, signal, sleep, now, log } = services;
  const { explain } = cloud;
  const accountId = (): string => accountOf(session.state());

  async function account(): Promise<Account> {
    await opened;
    const state = session.state();
    if (state.kind === 'simulator')
      return { id: state.accountId, label: l10n.t('{0} (local simulator)', state.accountId) };
    if (state.kind !== 'cloud') throw new NotSignedInError();
    const { accountId: id, name } = state.current;
    return { id, label: name === id ? id : l10n.t('{0} ("{1}")', id, name) };
  }

  const limit = (): number => settings().poll.limit;
  const service = cloud.instances;
  const creation = createCreation({ journal, registry, service, watcher, explain, sleep, now, limit, log });
  const announce = announceReady({
    messages,
    simulated: () => session.state().kind === 'simulator',
    copy: others.copy,
    reveal: revealInstance,
    console: others.console,
  });
  const ready = async (instance: Instance): Promise<void> => {
    await whenFocused(windowFocus, signal);
    await announce(instance);
  };

  const create = createInstance({
    offering: serverless,
    catalog: {
      regions: (aborted) => cloud.catalog(accountId()).regions(aborted),
      vpcs: (region, aborted) => cloud.catalog(accountId()).vpcs(region, aborted),
      subnets: (region, vpcId, aborted) => cloud.catalog(accountId()).subnets(region, vpcId, aborted),
      projects: (region, aborted) => cloud.catalog(accountId()).projects(region, aborted),
      tagKeys: (region, aborted) => cloud.catalog(accountId()).tagKeys(region, aborted),
      tagValues: (region, key, aborted) => cloud.catalog(accountId()).tagValues(region, key, aborted),
    },
    service: { findByName: (region, name, aborted) => service(accountId()).findByName(region, name, aborted) },
    creation,
    journal,
    account,
    signIn: (reason) => signIn.signIn(reason),
    settings,
    recent: (field) => readRecent(memory.read('recentAnswers'))[field] ?? [],
    remember: (plan) => memory.write('recentAnswers', withPlan(readRecent(memory.read('recentAnswers')), plan)),
    request: (plan) => cloud.request(accountId(), plan),
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
  });
  const cannot = l10n.t('Cannot create an instance');

  async function say(settlement: Awaited<ReturnType<typeof creation.resume>>): Promise<void> {
    if (settlement.kind !== 'failed') await tell({ messages, ready, desk }, settlement);
    else await desk.show(l10n.t('Cannot create "{0}"', settlement.operation.name), settlement.explanation);
  }

  return {
    create: (plan) => run(commandIds.createInstance, cannot, () => create(plan))(),
    async settle(operation, ends) {
      background(say(await creation.resume(operation, ends, () => undefined)));
    },
    handlers: { createInstance: run(commandIds.createInstance, cannot, () => create()) },
  };
}
