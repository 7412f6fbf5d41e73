import * as l10n from '@vscode/l10n';
import type { CreatePlan } from '../domain/createPlan.ts';
import type { PlanField } from '../domain/explanation.ts';
import type { Price } from '../domain/price.ts';
import type { Answers } from './answers.ts';
import { nameUsedWords } from './commonQuestions.ts';
import type { Kind, ReviewLine } from './kind.ts';
import type { Asked } from './prices.ts';
import { createPrices, fullPrice } from './prices.ts';
import type { Question, Row } from './question.ts';
import type { QuestionOptions, Refusal } from './questionOptions.ts';
import { saying, shorten } from './rows.ts';

/** What is found out while the review is shown; absent: not yet, or nothing to say. */
interface Findings {
  price?: Asked;
  /** Region in which the name is used already. */
  usedIn?: string;
}

/** The question that holds a field of the plan. */
function questionOf(field: PlanField): string {
  return field === 'network' ? 'vpc' : field;
}

/** The last question: every parameter as it will be sent, each leading back to its question; only "Create" sends. */
export function reviewQuestion(
  options: QuestionOptions,
  kindOf: (answers: Partial<Answers>) => Kind,
): Question<Answers> {
  const { settings, regionOfName } = options;
  const prices = createPrices(options);

  return {
    key: 'review',
    title: l10n.t('Review'),
    holds: () => false,
    prompt: (answers) => {
      const kind = kindOf(answers);
      const plan = kind.planOf(answers, settings.create);
      const findings: Findings = {};

      async function findPrice(of: CreatePlan, signal: AbortSignal): Promise<void> {
        const query = kind.priceQueryOf(of);
        if (query !== undefined) findings.price = await prices.ask(query, signal);
      }
      async function findName({ offering, name, region }: CreatePlan, signal: AbortSignal): Promise<void> {
        if (kind.offering.can('uniqueName')) return;
        try {
          const usedIn = await regionOfName(offering, name, region, signal);
          if (usedIn !== undefined) findings.usedIn = usedIn;
        } catch {
          // Not knowing is no reason to warn.
        }
      }

      return {
        kind: 'pick',
        placeholder: l10n.t('Choose Create, or a line to change it'),
        source: {
          rows: () => (plan === undefined ? [] : reviewRows(kind, plan, findings, options)),
          async later(changed, signal) {
            if (plan === undefined) return;
            await Promise.all([findPrice(plan, signal).then(changed), findName(plan, signal).then(changed)]);
          },
        },
      };
    },
  };
}

function reviewRows(
  kind: Kind,
  plan: CreatePlan,
  findings: Findings,
  { review, settings }: QuestionOptions,
): readonly Row<Answers>[] {
  const { refusal, account, version, copyRequest } = review;
  const { offering } = kind;
  const lines: readonly ReviewLine[] = [
    { key: 'kind', label: l10n.t('Kind of instance'), value: offering.label },
    ...kind.reviewLines(plan),
  ];
  const blamed = refusal?.field === undefined ? undefined : questionOf(refusal.field);
  const cause = lines.some(({ key }) => key === blamed) ? blamed : undefined;
  return [
    ...(refusal === undefined ? [] : [refusalRow(refusal, cause)]),
    {
      icon: 'cloud-upload',
      label: l10n.t('Create'),
      description: l10n.t('in account {0}', account),
      heading: refusal === undefined ? l10n.t('Send') : l10n.t('Send again'),
      active: cause === undefined,
      choose: { kind: 'reply', reply: { kind: 'finish' } },
    },
    {
      icon: 'copy',
      label: l10n.t('Copy request as JSON'),
      description: `${offering.createAction} ${version}`,
      choose: { kind: 'act', act: () => copyRequest(plan) },
    },
    ...(offering.can('price') ? [priceRow(findings.price, settings.create.hourlyPriceLimit)] : []),
    ...(findings.usedIn === undefined
      ? []
      : [{ icon: 'warning', ...lineRow({ key: 'name', label: plan.name, value: nameUsedWords(findings.usedIn) }) }]),
    ...lines.map((line) => ({ ...lineRow(line), heading: l10n.t('What will be sent') })),
  ];
}

function refusalRow({ words, detail }: Refusal, cause: string | undefined): Row<Answers> {
  return {
    icon: 'error',
    label: shorten(words, 120),
    detail: shorten(detail, 240),
    heading: l10n.t('Not created'),
    active: cause !== undefined,
    choose: cause === undefined ? { kind: 'nothing' } : { kind: 'reply', reply: { kind: 'revisit', key: cause } },
  };
}

function priceRow(asked: Asked | undefined, limit: number | undefined): Row<Answers> {
  const label = l10n.t('Price');
  if (asked === undefined) return saying({ icon: 'tag', label, description: l10n.t('Asking the service…') });
  const above = asked.price !== undefined && asked.months === undefined && isAbove(asked.price, limit);
  return saying({
    icon: above ? 'warning' : 'tag',
    label,
    description: above
      ? l10n.t('{0}: above your limit of {1} per hour', fullPrice(asked), limit ?? 0)
      : fullPrice(asked),
  });
}

/** A limit counts in the currency of the price. */
function isAbove({ hundredths }: Price, limit: number | undefined): boolean {
  return limit !== undefined && hundredths > Math.round(limit * 100);
}

function lineRow({ key, label, value }: ReviewLine): Row<Answers> {
  return {
    label,
    description: shorten(value, 120),
    choose: key === undefined ? { kind: 'nothing' } : { kind: 'reply', reply: { kind: 'revisit', key } },
  };
}
