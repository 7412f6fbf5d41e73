import * as l10n from '@vscode/l10n';
import { randomInt } from 'node:crypto';
import { announceReady } from '../commands/announceReady.ts';
import { chooseCreated } from '../commands/chooseCreated.ts';
import { createInstance, tell } from '../commands/createInstance.ts';
import type { Account } from '../commands/createInstance.ts';
import { commandIds } from '../commands/ids.ts';
import { priceAgreement } from '../commands/priceAgreement.ts';
import { recheckRetirement } from '../commands/recheckRetirement.ts';
import { retirementGuide } from '../commands/retirementGuide.ts';
import type { Handler } from '../commands/run.ts';
import { operationOf } from '../commands/target.ts';
import { accountOf } from '../credentials/session.ts';
import type { CreatePlan } from '../domain/createPlan.ts';
import type { Catalog } from '../domain/ports.ts';
import { NotSignedInError } from '../domain/errors.ts';
import type { Instance } from '../domain/instance.ts';
import { whenFocused } from '../domain/windowFocus.ts';
import type { Follower } from '../instances/follower.ts';
import type { CreateOperation } from '../instances/operation.ts';
import { confirm, messages, progress } from '../platform/messages.ts';
import { windowFocus } from '../platform/windowFocus.ts';
import { readRecent, withPlan } from '../wizard/recentAnswers.ts';
import { createOtherSite } from './otherSite.ts';
import type { Services } from './services.ts';
import type { OnInstance, Shared } from './shared.ts';

/** What makes instances. */
export function createCommands(
  services: Services,
  { ask, desk, run, signIn, writes, clipboard }: Shared,
  others: {
    readonly copy: OnInstance;
    readonly console: () => Promise<void>;
    /** Starts the local simulator and works with it. */
    readonly useSimulator: () => Promise<void>;
    /** Carries an operation on as a person decided. */
    readonly decide: Follower['decide'];
  },
): {
  readonly handlers: Readonly<Record<'createInstance' | 'chooseCreated', Handler>>;
  readonly create: (plan?: CreatePlan) => Promise<void>;
  /** Carries on what another window or an earlier session began, and says how it ended. */
  settle(operation: CreateOperation, signal: AbortSignal): Promise<void>;
} {
  const { cloud, session, connections, opened, journal, retirements, settings } = services;
  const { memory, random, background, revealInstance, signal, log } = services;
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

  const service = cloud.instances;
  const { creation } = writes;
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

  /** The catalogue of whoever is in use at that moment. */
  const catalog: Catalog = {
    regions: (aborted) => cloud.catalog(accountId()).regions(aborted),
    zones: (...call) => cloud.catalog(accountId()).zones(...call),
    versions: (...call) => cloud.catalog(accountId()).versions(...call),
    classes: (...call) => cloud.catalog(accountId()).classes(...call),
    price: (...call) => cloud.catalog(accountId()).price(...call),
    vpcs: (...call) => cloud.catalog(accountId()).vpcs(...call),
    subnets: (...call) => cloud.catalog(accountId()).subnets(...call),
    securityGroups: (...call) => cloud.catalog(accountId()).securityGroups(...call),
    projects: (...call) => cloud.catalog(accountId()).projects(...call),
    tagKeys: (...call) => cloud.catalog(accountId()).tagKeys(...call),
    tagValues: (...call) => cloud.catalog(accountId()).tagValues(...call),
  };
  const otherSite = createOtherSite({
    session,
    connections,
    settings,
    identify: cloud.identify,
    explain,
    messages,
    signal,
    log,
  });
  const choose = chooseCreated({
    creation,
    journal,
    decide: others.decide,
    ask,
    explain,
    messages,
    say: (settlement) => {
      background(say(settlement));
    },
  });
  const create = createInstance({
    catalog,
    service,
    creation,
    journal,
    retirements,
    recheck: recheckRetirement({ accountId, service, retirements, explain, messages, signal }),
    guide: retirementGuide({
      retirements,
      accountId,
      desk,
      otherSite: otherSite.site,
      useSite: otherSite.use,
      simulator: () => (session.state().kind === 'simulator' ? undefined : others.useSimulator),
    }),
    agreed: priceAgreement({ catalog, settings, confirm, signal, log }),
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
    choose,
    random,
    randomInt: (bound) => randomInt(bound),
    signal,
    log,
  });
  const cannot = l10n.t('Cannot create an instance');

  async function say(settlement: Awaited<ReturnType<typeof creation.resume>>): Promise<void> {
    if (settlement.kind !== 'failed') await tell({ messages, ready, desk, choose }, settlement);
    else await desk.show(l10n.t('Cannot create "{0}"', settlement.operation.name), settlement.explanation);
  }

  return {
    create: (plan) => run(commandIds.createInstance, cannot, () => create(plan))(),
    async settle(operation, ends) {
      background(say(await creation.resume(operation, ends, () => undefined)));
    },
    handlers: {
      createInstance: run(commandIds.createInstance, cannot, () => create()),
      chooseCreated: run(commandIds.chooseCreated, l10n.t('Cannot choose the instance'), async (argument) => {
        const operation = operationOf(argument);
        if (operation !== undefined) await choose(operation);
      }),
    },
  };
}
