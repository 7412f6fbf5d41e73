import * as l10n from '@vscode/l10n';
import { nameRule, versionRule, zoneRule } from '../../domain/createPlan.ts';
import { serverless as offering } from '../../domain/offerings/serverless.ts';
import { projectQuestion, subnetQuestion, vpcQuestion } from '../accountQuestions.ts';
import type { Answers } from '../answers.ts';
import { commonAnswers, commonPlan, holds } from '../answers.ts';
import { charsetQuestion, nameQuestion, regionQuestion, valueRows } from '../commonQuestions.ts';
import type { Kind } from '../kind.ts';
import type { Question, Row } from '../question.ts';
import type { QuestionOptions } from '../questionOptions.ts';
import { charsetLine, nameLine, networkLines, placeLines, projectLine, tagsLine, versionLine } from '../reviewLines.ts';
import { alsoTyped, answering, recentFirst } from '../rows.ts';
import { tagQuestion } from '../tagQuestion.ts';

/** What CreateServerlessDBInstance takes, asked in the order of its document. */
export const serverlessKind: Kind = {
  offering,
  questions: (options) => [
    regionQuestion(options, { offering, asksService: false }),
    zoneQuestion(options),
    nameQuestion(options, {
      offering,
      rule: nameRule,
      ask: l10n.t('A name that is unique in your account: letters, digits, "_" and "-"'),
    }),
    versionQuestion(options),
    charsetQuestion(offering),
    vpcQuestion(options, false),
    subnetQuestion(options, false),
    projectQuestion(options),
    tagQuestion(options.catalog),
  ],
  planOf(answers) {
    const common = commonPlan(answers);
    const { version } = answers;
    return common === undefined || version === undefined ? undefined : { offering: offering.id, ...common, version };
  },
  answersOf: (plan) => ({ ...commonAnswers(plan), version: plan.version }),
  priceQueryOf: () => undefined,
  defaultsOf({ settings, proposeName }) {
    const { region, zone, version, charset, projectId, vpcId, subnetId, tags } = settings.defaults;
    if (region === undefined || zone === undefined || version === undefined || charset === undefined) return undefined;
    // A major version alone is an answer of other kinds.
    if (!version.includes('.')) return undefined;
    return {
      region,
      zone,
      name: proposeName(),
      version,
      charset,
      project: projectId ?? 'none',
      ...(vpcId === undefined || subnetId === undefined
        ? { vpc: 'none' }
        : { vpc: { region, vpcId }, subnet: { vpcId, subnetId } }),
      tags,
    };
  },
  reviewLines: (plan) => [
    ...placeLines(plan),
    nameLine(plan),
    versionLine(plan),
    charsetLine(plan),
    ...networkLines(plan),
    projectLine(plan),
    tagsLine(plan),
  ],
};

function zoneQuestion({ recent }: Pick<QuestionOptions, 'recent'>): Question<Answers> {
  return {
    key: 'zone',
    title: l10n.t('Availability zone'),
    holds: holds.zone,
    prompt: (answers) => {
      const region = answers.region ?? '';
      const known = offering.regions().find((candidate) => candidate.region === region)?.zones ?? [];
      const rows = recentFirst(known, recent('zone'), ({ zone }) => zone).map<Row<Answers>>(({ zone, note }) => ({
        label: zone,
        ...(note === undefined ? {} : { detail: note }),
        active: zone === answers.zone,
        choose: answering<Answers>({ zone }),
      }));
      return {
        kind: 'pick',
        placeholder:
          rows.length === 0
            ? l10n.t('No document names a zone of this region. Type one, such as {0}-1', region)
            : l10n.t('Choose a zone of {0}, or type another one', region),
        source: { rows: alsoTyped(() => rows, { rule: zoneRule(region), values: (zone) => ({ zone }) }) },
      };
    },
  };
}

function versionQuestion({ settings }: Pick<QuestionOptions, 'settings'>): Question<Answers> {
  const set = settings.versions.map((value) => ({ value, note: l10n.t('From your settings') }));
  const known = [...offering.versions(), ...set];
  const unique = known.filter(({ value }, at) => known.findIndex((other) => other.value === value) === at);
  return {
    key: 'version',
    title: l10n.t('Version'),
    holds: ({ version }) => version !== undefined && versionRule(version) === undefined,
    prompt: (answers) => ({
      kind: 'pick',
      placeholder: l10n.t('Choose a PostgreSQL version, or type another one'),
      source: {
        rows: alsoTyped(
          valueRows(unique, answers.version, (version) => ({ version })),
          { rule: versionRule, values: (version) => ({ version }) },
        ),
      },
    }),
  };
}
