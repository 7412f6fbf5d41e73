import * as l10n from '@vscode/l10n';
import type { HowLong } from '../domain/duration.ts';
import { durationWords, publicAccessTimes } from '../domain/duration.ts';
import type { Instance } from '../domain/instance.ts';
import { publicAddressStatus } from '../domain/publicAddress.ts';
import { statusGroup, statusWords } from '../domain/status.ts';
import type { Progress } from '../domain/windowPorts.ts';
import type { OpeningResult, PublicAccess } from '../instances/publicAccess.ts';
import type { Position, Reply } from '../wizard/engine.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question, Row } from '../wizard/question.ts';

export interface OpenPublicAccessAnswers {
  readonly howLong: HowLong;
  readonly ipv6: boolean;
}

export interface OpenPublicAccessDeps {
  readonly publicAccess: Pick<PublicAccess, 'open'>;
  ask(
    heading: string,
    question: Question<OpenPublicAccessAnswers>,
    answers: Partial<OpenPublicAccessAnswers>,
    position: Position,
  ): Promise<Reply<OpenPublicAccessAnswers>>;
  readonly progress: Progress;
  readonly tell: (result: OpeningResult) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Asks for how long, opens the public address, and says when it can be connected to. */
export function openPublicAccess(deps: OpenPublicAccessDeps): (instance: Instance) => Promise<void> {
  return async (instance) => {
    const done: Partial<OpenPublicAccessAnswers> | undefined = await runWizard(
      [familyQuestion(instance), howLongQuestion(instance)],
      {},
      'first',
      (question, sofar, position) => deps.ask(l10n.t('Open public access'), question, sofar, position),
    );
    if (done?.howLong === undefined) return;
    const { howLong, ipv6 = false } = done;
    const result = await deps.progress(l10n.t('Opening public access to "{0}"', instance.name), (report) => {
      report(l10n.t('Sending'));
      return deps.publicAccess.open(instance, howLong, ipv6, deps.signal, (seen) => {
        report(waitingWords(seen));
      });
    });
    await deps.tell(result);
  };
}

/** What is being waited for, with the service's word for how it is now. */
export function waitingWords(instance: Instance): string {
  const group = statusGroup(instance.status);
  if (group !== 'usable') return l10n.t('Waiting for the instance. Its status: {0}', statusWords(instance.status));
  const status = publicAddressStatus(instance);
  return status === ''
    ? l10n.t('Waiting for the public address')
    : l10n.t('Waiting for the public address. Its status: {0}', status);
}

/** Asked only where there is a choice. */
function familyQuestion(instance: Instance): Question<OpenPublicAccessAnswers> {
  const row = (ipv6: boolean, detail: string): Row<OpenPublicAccessAnswers> => ({
    label: ipv6 ? 'IPv6' : 'IPv4',
    detail,
    active: !ipv6,
    choose: { kind: 'reply', reply: { kind: 'answer', values: { ipv6 } } },
  });
  return {
    key: 'family',
    title: instance.name,
    shows: () => instance.supportsIpv6 === true,
    holds: ({ ipv6 }) => ipv6 !== undefined,
    prompt: () => ({
      kind: 'pick',
      placeholder: l10n.t('Choose which public address of "{0}" is opened', instance.name),
      source: {
        rows: () => [
          row(false, l10n.t('Works from nearly every network.')),
          row(true, l10n.t('Only for clients whose network has IPv6.')),
        ],
      },
    }),
  };
}

function howLongQuestion(instance: Instance): Question<OpenPublicAccessAnswers> {
  return {
    key: 'howLong',
    title: instance.name,
    holds: () => false,
    prompt: () => ({
      kind: 'pick',
      placeholder: l10n.t('Choose how long "{0}" can be reached from the internet', instance.name),
      source: { rows: () => [...publicAccessTimes.map(timeRow), untilClosedRow()] },
    }),
  };
}

function timeRow(milliseconds: number, index: number): Row<OpenPublicAccessAnswers> {
  return {
    icon: 'clock',
    label: durationWords(milliseconds),
    detail:
      index === 0
        ? l10n.t('Anyone who has the password can connect from anywhere. It closes by itself, soon.')
        : l10n.t('It closes by itself while an editor is running, else with the next start of one.'),
    active: index === 0,
    choose: { kind: 'reply', reply: { kind: 'finish', values: { howLong: { kind: 'for', milliseconds } } } },
  };
}

function untilClosedRow(): Row<OpenPublicAccessAnswers> {
  return {
    icon: 'unlock',
    label: l10n.t('Until I close it'),
    detail: l10n.t('The risk of a guessed password grows with every day. Nothing closes it but you.'),
    choose: { kind: 'reply', reply: { kind: 'finish', values: { howLong: { kind: 'forGood' } } } },
  };
}
