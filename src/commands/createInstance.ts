import * as l10n from '@vscode/l10n';
import type { CreatePlan } from '../domain/createPlan.ts';
import { isFinanceRegion, proposeName } from '../domain/createPlan.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { Offering } from '../domain/offering.ts';
import type { Catalog, CreateRequest, InstanceService, Log } from '../domain/ports.ts';
import type { Defaults, Settings } from '../domain/settings.ts';
import { isFullSet } from '../domain/settings.ts';
import { statusWords } from '../domain/status.ts';
import type { Clipboard, MessageAction, Messages, Progress } from '../domain/windowPorts.ts';
import type { Creation, Settlement } from '../instances/creation.ts';
import type { Journal } from '../instances/journal.ts';
import type { Answers } from '../wizard/answers.ts';
import { answersOf, planOf } from '../wizard/answers.ts';
import type { Entry, Position, Reply } from '../wizard/engine.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question } from '../wizard/question.ts';
import type { Recent } from '../wizard/questionOptions.ts';
import { createQuestions } from '../wizard/questions.ts';
import type { Refusal } from '../wizard/review.ts';
import type { FailureDesk } from './failure.ts';

/** The account that a create goes to. */
export interface Account {
  readonly id: string;
  /** As shown in the review. */
  readonly label: string;
}

export interface CreateInstanceDeps {
  readonly offering: Offering;
  readonly catalog: Catalog;
  readonly service: Pick<InstanceService, 'findByName'>;
  readonly creation: Pick<Creation, 'create'>;
  readonly journal: Pick<Journal, 'remove'>;
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
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/**
 * Asks everything, confirms, sends once, and stays with the instance until it runs. With a plan it begins at the
 * review of it.
 */
export function createInstance(deps: CreateInstanceDeps): (plan?: CreatePlan) => Promise<void> {
  return async (earlier) => {
    let account = await deps.account();
    let answers: Partial<Answers> = earlier === undefined ? {} : answersOf(earlier);
    let entry: Entry = earlier === undefined ? 'first' : 'last';
    let refusal: Refusal | undefined;

    for (;;) {
      const done: Partial<Answers> | undefined = await runWizard(
        questionsFor(deps, account, refusal),
        answers,
        entry,
        (question, sofar, position) => deps.ask(l10n.t('Create instance'), question, sofar, position),
      );
      const plan = done === undefined ? undefined : planOf(done);
      if (done === undefined || plan === undefined) return;
      await deps.remember(plan);

      const settlement = await deps.progress(l10n.t('Creating "{0}"', plan.name), (report) => {
        report(l10n.t('Sending'));
        return deps.creation.create(account.id, plan, deps.signal, (instance) => {
          report(statusWords(instance.status));
        });
      });
      if (settlement.kind !== 'failed') {
        await tell(deps, settlement);
        return;
      }
      if (!(await wantsAgain(deps, settlement))) return;
      account = await deps.account();
      answers = done;
      entry = 'last';
      refusal = refusalOf(settlement.explanation);
    }
  };
}

/** Says how a create that was followed has ended; for one that failed, use `wantsAgain`. */
export async function tell(
  deps: Pick<CreateInstanceDeps, 'messages' | 'ready' | 'desk'>,
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
    case 'unsettled':
      await deps.desk.show(l10n.t('It is not known whether "{0}" was created', name), settlement.explanation);
      return;
  }
}

/** Shows why it failed. True when the person wants the review back; keys that were refused are asked for at once. */
async function wantsAgain(
  deps: Pick<CreateInstanceDeps, 'desk' | 'signIn' | 'journal'>,
  { operation, explanation }: Extract<Settlement, { kind: 'failed' }>,
): Promise<boolean> {
  const again =
    explanation.kind === 'credentials'
      ? await deps.signIn(explanation)
      : await deps.desk.show(l10n.t('Cannot create "{0}"', operation.plan.name), explanation, [
          { label: l10n.t('Try Again'), value: true },
        ] satisfies MessageAction<boolean>[]);
  if (again !== true) return false;
  await deps.journal.remove([operation]);
  return true;
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
  const { offering, catalog, explain, random, recent } = deps;
  const settings = deps.settings();
  return createQuestions({
    offering,
    catalog,
    defaults: answersFrom(settings.defaults),
    versions: settings.versions,
    recent,
    proposeName: () => proposeName(settings.defaults.namePrefix, random),
    regionOfName: (name, region, signal) => regionOfName(deps, name, region, signal),
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
      action: 'CreateServerlessDBInstance',
      version: '2017-03-12',
      ...(refusal === undefined ? {} : { refusal }),
      async copyRequest(plan) {
        await deps.clipboard.write(JSON.stringify(await deps.request(plan), undefined, 2));
        deps.messages.status(l10n.t('Request copied.'));
      },
    },
  });
}

/** A full set of defaults as answers, or nothing. */
function answersFrom(defaults: Defaults): Partial<Answers> | undefined {
  if (!isFullSet(defaults)) return undefined;
  const { region, zone, version, charset, projectId, vpcId, subnetId, tags } = defaults;
  return {
    region,
    zone,
    version,
    charset,
    project: projectId ?? 'none',
    ...(vpcId === undefined || subnetId === undefined
      ? { vpc: 'none' }
      : { vpc: { region, vpcId }, subnet: { vpcId, subnetId } }),
    tags,
  };
}

/**
 * Names are unique in the whole account and lists are per region, so the documented regions are asked side by side.
 * A region that does not answer is passed over: the service checks the name again. Finance regions stand alone.
 */
async function regionOfName(
  { service, offering, log }: Pick<CreateInstanceDeps, 'service' | 'offering' | 'log'>,
  name: string,
  region: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const others = isFinanceRegion(region) ? [] : offering.regions().map((known) => known.region);
  const found = await Promise.all(
    [...new Set([region, ...others])].map(async (candidate) => {
      try {
        return (await service.findByName(candidate, name, signal)) === undefined ? undefined : candidate;
      } catch (thrown) {
        log.debug(`Name look-up passed over: ${candidate}: ${String(thrown)}`);
        return undefined;
      }
    }),
  );
  return found.find((candidate) => candidate !== undefined);
}
