import * as l10n from '@vscode/l10n';
import type { PlanField } from '../domain/explanation.ts';
import type { Answers } from './answers.ts';
import { planOf } from './answers.ts';
import type { CreatePlan } from '../domain/createPlan.ts';
import type { Question, Row } from './question.ts';
import { shorten } from './rows.ts';

/** Why the service refused the plan the last time, shown on top of the review. */
export interface Refusal {
  readonly words: string;
  readonly detail: string;
  /** The answer that the refusal is about. */
  readonly field?: PlanField;
}

export interface ReviewOptions {
  /** Such as `100012345678`, or what stands for it. */
  readonly account: string;
  readonly action: string;
  readonly version: string;
  readonly refusal?: Refusal;
  copyRequest(plan: CreatePlan): Promise<void>;
}

/** The question that holds a field of the plan. */
export function questionOf(field: PlanField): string {
  return field === 'network' ? 'vpc' : field;
}

/** The last question: every parameter as it will be sent, each leading back to its question; only "Create" sends. */
export function reviewQuestion(options: ReviewOptions): Question<Answers> {
  return {
    key: 'review',
    title: l10n.t('Review'),
    holds: () => false,
    prompt: (answers) => ({
      kind: 'pick',
      placeholder: l10n.t('Choose Create, or a line to change it'),
      source: { rows: () => reviewRows(answers, options) },
    }),
  };
}

export function reviewRows(answers: Partial<Answers>, options: ReviewOptions): readonly Row<Answers>[] {
  const plan = planOf(answers);
  if (plan === undefined) return [];
  const rows: Row<Answers>[] = [];
  const { refusal } = options;
  if (refusal !== undefined) {
    rows.push({
      label: `$(error) ${shorten(refusal.words, 120)}`,
      detail: shorten(refusal.detail, 240),
      heading: l10n.t('Not created'),
      ...(refusal.field === undefined ? {} : { active: true }),
      choose:
        refusal.field === undefined
          ? { kind: 'nothing' }
          : { kind: 'reply', reply: { kind: 'revisit', key: questionOf(refusal.field) } },
    });
  }
  rows.push({
    label: `$(cloud-upload) ${l10n.t('Create')}`,
    description: l10n.t('in account {0}', options.account),
    heading: refusal === undefined ? l10n.t('Send') : l10n.t('Send again'),
    ...(refusal?.field === undefined ? { active: true } : {}),
    choose: { kind: 'reply', reply: { kind: 'finish' } },
  });
  rows.push({
    label: `$(copy) ${l10n.t('Copy request as JSON')}`,
    description: `${options.action} ${options.version}`,
    choose: { kind: 'act', act: () => options.copyRequest(plan) },
  });

  const line = (key: string, label: string, value: string): void => {
    rows.push({
      label,
      description: shorten(value, 120),
      heading: l10n.t('What will be sent'),
      choose: { kind: 'reply', reply: { kind: 'revisit', key } },
    });
  };
  line('region', l10n.t('Region'), plan.region);
  line('zone', l10n.t('Availability zone'), plan.zone);
  line('name', l10n.t('Name'), plan.name);
  line('version', l10n.t('Version'), plan.version);
  line('charset', l10n.t('Charset'), plan.charset);
  if (plan.network === undefined) {
    line('vpc', l10n.t('Network'), l10n.t('not sent: no VPC'));
  } else {
    line('vpc', l10n.t('VPC'), plan.network.vpcId);
    line('subnet', l10n.t('Subnet'), plan.network.subnetId);
  }
  line(
    'project',
    l10n.t('Project'),
    plan.projectId === undefined ? l10n.t('not sent: default project') : String(plan.projectId),
  );
  line(
    'tags',
    l10n.t('Tags'),
    plan.tags.length === 0 ? l10n.t('not sent: none') : plan.tags.map((tag) => `${tag.key}=${tag.value}`).join(', '),
  );
  return rows;
}
