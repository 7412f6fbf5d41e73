import * as l10n from '@vscode/l10n';
import type { CreatePlan } from '../domain/createPlan.ts';
import { isFinanceRegion, proposeName } from '../domain/createPlan.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { OperationView } from '../domain/operation.ts';
import { offeringOf } from '../domain/offerings/offerings.ts';
import type { Catalog, CreateOrder, CreateRequest, InstanceService, Log, ServiceOf } from '../domain/ports.ts';
import type { Retirements } from '../domain/retirement.ts';
import type { Settings } from '../domain/settings.ts';
import { statusWords } from '../domain/status.ts';
import type { Clipboard, MessageAction, Messages, Progress } from '../domain/windowPorts.ts';
import type { Creation, Settlement } from '../instances/creation.ts';
import type { Journal } from '../instances/journal.ts';
import type { Answers } from '../wizard/answers.ts';
import type { Entry, Position, Reply } from '../wizard/engine.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question } from '../wizard/question.ts';
import type { Recent } from '../wizard/questionOptions.ts';
import { answersOf, carriedOver, createQuestions, orderOf } from '../wizard/questions.ts';
import type { Refusal } from '../wizard/questionOptions.ts';
import type { FailureDesk } from './failure.ts';
import type { WayOn } from './retirementGuide.ts';

/** The account that a create goes to. */
export interface Account {
  readonly id: string;
  /** As shown in the review. */
  readonly label: string;
}

export interface CreateInstanceDeps {
  readonly catalog: Catalog;
  readonly service: ServiceOf<Pick<InstanceService, 'findByName'>>;
  readonly creation: Pick<Creation, 'create'>;
  readonly journal: Pick<Journal, 'remove'>;
  readonly retirements: Pick<Retirements, 'of'>;
  /** Asks the service again whether it has withdrawn a kind, and says what it answered. */
  readonly recheck: (offering: string) => Promise<void>;
  /** Says that a kind is withdrawn, and what can be done instead. */
  readonly guide: (offering: string, name: string, explanation: Explanation) => Promise<WayOn>;
  /** Asks for what needs a second word: a price above the limit, or months that are paid at once. */
  readonly agreed: (plan: CreatePlan) => Promise<boolean>;
  /** The account in use; rejects with `NotSignedInError`. */
  readonly account: () => Promise<Account>;
  readonly signIn: (reason?: Explanation) => Promise<boolean>;
  readonly settings: () => Settings;
  readonly recent: Recent;
  remember(plan: CreatePlan): Promise<void>;
  request(plan: CreatePlan): Promise<CreateRequest>;
  ask(
    heading: string,
    question: Question<Answers>,
    answers: Partial<Answers>,
    position: Position,
  ): Promise<Reply<Answers>>;
  readonly explain: Explain;
  readonly desk: FailureDesk;
  readonly messages: Messages;
  readonly progress: Progress;
  readonly clipboard: Clipboard;
  readonly ready: (instance: Instance) => Promise<void>;
  /** Asks which instance a create has made, where a person can tell. */
  readonly choose: (operation: OperationView) => Promise<void>;
  readonly random: () => number;
  /** A whole number from 0 up to, and without, the bound, fit for secrets. */
  readonly randomInt: (bound: number) => number;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Where the next round of the questions begins. */
interface Round {
  readonly answers: Partial<Answers>;
  readonly entry: Entry;
  readonly refusal?: Refusal;
}

/**
 * Asks everything, confirms, sends once, and stays with the instance until it runs. With a plan it begins at the
 * review of it.
 */
export function createInstance(deps: CreateInstanceDeps): (plan?: CreatePlan) => Promise<void> {
  async function send(account: Account, order: CreateOrder): Promise<Settlement> {
    return deps.progress(l10n.t('Creating "{0}"', order.plan.name), (report) => {
      report(l10n.t('Sending'));
      return deps.creation.create(account.id, order, deps.signal, (instance) => {
        report(statusWords(instance.status));
      });
    });
  }

  return async (earlier) => {
    let round: Round | undefined =
      earlier === undefined ? { answers: {}, entry: 'first' } : { answers: answersOf(earlier), entry: 'last' };
    while (round !== undefined) {
      const account = await deps.account();
      const { answers, entry, refusal }: Round = round;
      const done: Partial<Answers> | undefined = await runWizard(
        questionsFor(deps, account, refusal),
        answers,
        entry,
        (question, sofar, position) => deps.ask(l10n.t('Create instance'), question, sofar, position),
      );
      const order = done === undefined ? undefined : orderOf(done, deps.settings().create);
      if (done === undefined || order === undefined) return;
      if (await deps.agreed(order.plan)) {
        await deps.remember(order.plan);
        const settlement = await send(account, order);
        if (settlement.kind !== 'failed') {
          await tell(deps, settlement);
          return;
        }
        round = await nextRound(deps, settlement, done);
      } else {
        round = { answers: done, entry: 'last' };
      }
    }
  };
}

/** Says how a create that was followed has ended; for one that failed, use `wantsAgain`. */
export async function tell(
  deps: Pick<CreateInstanceDeps, 'messages' | 'ready' | 'desk' | 'choose'>,
  settlement: Exclude<Settlement, { kind: 'failed' }>,
): Promise<void> {
  const { name } = settlement.operation.plan;
  switch (settlement.kind) {
    case 'usable':
      await deps.ready(settlement.instance);
      return;
    case 'tooLong':
      await deps.messages.warning(
        l10n.t(
          'Instance "{0}" is still being made. It stays in the tree; refresh to see how it goes. Request ID: {1}',
          name,
          settlement.operation.requestId ?? '–',
        ),
      );
      return;
    case 'unsettled': {
      const { operation, explanation } = settlement;
      const buttons = operation.candidates === undefined ? [] : [{ label: l10n.t('Choose Instance...'), value: true }];
      const what = l10n.t('It is not known whether "{0}" was created', name);
      if ((await deps.desk.show(what, explanation, buttons)) === true) await deps.choose(operation);
      return;
    }
  }
}

type Failed = Extract<Settlement, { kind: 'failed' }>;

/** What is asked after a failure, with every answer kept; nothing when the person leaves it at that. */
async function nextRound(
  deps: CreateInstanceDeps,
  failed: Failed,
  answers: Partial<Answers>,
): Promise<Round | undefined> {
  const { operation, explanation } = failed;
  const { offering, name } = operation.plan;
  const way: WayOn =
    explanation.kind === 'retired'
      ? await deps.guide(offering, name, explanation)
      : (await wantsAgain(deps, failed))
        ? { kind: 'again' }
        : { kind: 'stop' };
  if (way.kind === 'stop') return undefined;
  await deps.journal.remove([operation]);
  switch (way.kind) {
    case 'again':
      return { answers, entry: 'last', ...(explanation.kind === 'retired' ? {} : { refusal: refusalOf(explanation) }) };
    case 'heir':
      return { answers: carriedOver(answers, way.offering), entry: 'last' };
    case 'elsewhere':
      return { answers: withoutAccountThings(answers), entry: 'last' };
  }
}

/** What belongs to an account is not in another one; everything else is. */
function withoutAccountThings(answers: Partial<Answers>): Partial<Answers> {
  const others = { ...answers };
  for (const key of ['vpc', 'subnet', 'securityGroups', 'project'] as const) Reflect.deleteProperty(others, key);
  return others;
}

/** Shows why it failed. True when the person wants the review back; keys that were refused are asked for at once. */
async function wantsAgain(
  deps: Pick<CreateInstanceDeps, 'desk' | 'signIn'>,
  { operation, explanation }: Failed,
): Promise<boolean> {
  const again =
    explanation.kind === 'credentials'
      ? await deps.signIn(explanation)
      : await deps.desk.show(l10n.t('Cannot create "{0}"', operation.plan.name), explanation, [
          { label: l10n.t('Try Again'), value: true },
        ] satisfies MessageAction<boolean>[]);
  return again === true;
}

function refusalOf(explanation: Explanation): Refusal {
  return {
    words: explanation.meaning,
    detail: detailOf(explanation),
    ...(explanation.field === undefined ? {} : { field: explanation.field }),
  };
}

/** The second line of a row: what the service said, or else why it may be, and the request id. */
function detailOf({ serviceWords, cause, requestId }: Explanation): string {
  return [serviceWords ?? cause, requestId].filter((part) => part !== undefined && part !== '').join(' · ');
}

function questionsFor(
  deps: CreateInstanceDeps,
  account: Account,
  refusal: Refusal | undefined,
): readonly Question<Answers>[] {
  const { catalog, explain, random, randomInt, recent, retirements } = deps;
  const settings = deps.settings();
  return createQuestions({
    catalog,
    settings,
    recent,
    randomInt,
    proposeName: () => proposeName(settings.defaults.namePrefix, random),
    regionOfName: (offering, name, region, signal) => regionOfName(deps, account.id, offering, name, region, signal),
    retirement: (offering) => retirements.of({ accountId: account.id, offering }),
    recheck: deps.recheck,
    trouble(error) {
      const explanation = explain(error);
      return {
        words: explanation.meaning,
        detail: detailOf(explanation),
        ...(explanation.kind === 'credentials'
          ? {
              repair: {
                label: l10n.t('Sign in again'),
                run: async () => {
                  await deps.signIn(explanation);
                },
              },
            }
          : {}),
      };
    },
    review: {
      account: account.label,
      version: '2017-03-12',
      ...(refusal === undefined ? {} : { refusal }),
      async copyRequest(plan) {
        await deps.clipboard.write(JSON.stringify(await deps.request(plan), undefined, 2));
        deps.messages.status(l10n.t('Request copied.'));
      },
    },
  });
}

/**
 * Where an instance of that name exists. Lists are per region, so for a kind whose names are unique in the account its
 * documented regions are asked side by side. A region that does not answer is passed over: the service checks the
 * name again. Finance regions stand alone.
 */
async function regionOfName(
  { service, log }: Pick<CreateInstanceDeps, 'service' | 'log'>,
  accountId: string,
  offering: string,
  name: string,
  region: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const kind = offeringOf(offering);
  const others = isFinanceRegion(region) || !kind.can('uniqueName') ? [] : kind.regions().map((known) => known.region);
  const found = await Promise.all(
    [...new Set([region, ...others])].map(async (candidate) => {
      try {
        const instance = await service({ accountId, offering }).findByName(candidate, name, signal);
        return instance === undefined ? undefined : candidate;
      } catch (thrown) {
        log.debug(`Name look-up passed over: ${candidate}: ${String(thrown)}`);
        return undefined;
      }
    }),
  );
  return found.find((candidate) => candidate !== undefined);
}
