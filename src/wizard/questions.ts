import * as l10n from '@vscode/l10n';
import { charsetRule, nameRule, regionRule, versionRule, wireCharset, zoneRule } from '../domain/createPlan.ts';
import type { KnownValue } from '../domain/offering.ts';
import { projectQuestion, subnetQuestion, vpcQuestion } from './accountQuestions.ts';
import type { Answers } from './answers.ts';
import { holds, planOf } from './answers.ts';
import type { Finding, Question, Row, RowSource } from './question.ts';
import type { QuestionOptions } from './questionOptions.ts';
import { reviewQuestion } from './review.ts';
import { alsoTyped, answering, recentFirst } from './rows.ts';
import { tagQuestion } from './tagQuestion.ts';

/** The questions of "create", in order, the review last. */
export function createQuestions(options: QuestionOptions): readonly Question<Answers>[] {
  return [
    regionQuestion(options),
    zoneQuestion(options),
    nameQuestion(options),
    versionQuestion(options),
    charsetQuestion(options),
    vpcQuestion(options),
    subnetQuestion(options),
    projectQuestion(options),
    tagQuestion({
      keys: (region, signal) => options.catalog.tagKeys(region, signal),
      values: (region, key, signal) => options.catalog.tagValues(region, key, signal),
    }),
    reviewQuestion(options.review),
  ];
}

function regionQuestion({ offering, defaults, recent, proposeName }: QuestionOptions): Question<Answers> {
  return {
    key: 'region',
    title: l10n.t('Region'),
    holds: holds.region,
    prompt: (answers) => {
      const known = [
        ...offering.regions().map(({ region, label }) => ({ value: region, note: label, documented: true })),
        ...offering.otherRegions().map((other) => ({ ...other, documented: false })),
      ];
      const lately = recent('region');
      const rows = recentFirst(known, lately, ({ value }) => value).map<Row<Answers>>((region) => ({
        label: region.value,
        description: region.note ?? '',
        heading: regionHeading(lately.includes(region.value), region.documented),
        active: region.value === answers.region,
        choose: answering<Answers>({ region: region.value }),
      }));
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose a region, or type another one'),
        source: {
          rows: alsoTyped(
            withDefaults(() => rows, answers, defaults, proposeName),
            {
              rule: regionRule,
              values: (region) => ({ region }),
            },
          ),
        },
      };
    },
  };
}

function regionHeading(recent: boolean, documented: boolean): string {
  if (recent) return l10n.t('Recently used');
  return documented ? l10n.t('Documented for this kind of instance') : l10n.t('Other regions of the service');
}

/** The way of the expert: with a full set of defaults, the first row leads straight to the review. */
function withDefaults(
  rows: RowSource<Answers>,
  answers: Partial<Answers>,
  defaults: Partial<Answers> | undefined,
  proposeName: () => string,
): RowSource<Answers> {
  if (defaults === undefined) return rows;
  const values: Partial<Answers> = { ...defaults, name: proposeName() };
  const plan = planOf(values);
  const row: Row<Answers> = {
    label: `$(rocket) ${l10n.t('Create with my defaults')}`,
    description: plan === undefined ? '' : `${plan.name} · ${plan.zone} · ${plan.version} · ${plan.charset}`,
    // Back leads to what was chosen, not to a short cut past it.
    active: answers.region === undefined,
    choose: { kind: 'reply', reply: { kind: 'jump', values } },
  };
  return (text) => [row, ...rows(text)];
}

function zoneQuestion({ offering, recent }: QuestionOptions): Question<Answers> {
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

function nameQuestion({ proposeName, regionOfName }: QuestionOptions): Question<Answers> {
  return {
    key: 'name',
    title: l10n.t('Name'),
    holds: holds.name,
    prompt: (answers) => ({
      kind: 'text',
      prompt: l10n.t('A name that is unique in your account: letters, digits, "_" and "-"'),
      placeholder: 'my-database',
      value: answers.name ?? proposeName(),
      rule: nameRule,
      lookUpText: l10n.t('Checking whether the name is free…'),
      lookUp: async (name, signal): Promise<Finding | undefined> => {
        const region = await regionOfName(name.trim(), answers.region ?? '', signal);
        return region === undefined
          ? undefined
          : { severity: 'error', message: l10n.t('An instance of this name exists in {0}.', region) };
      },
      answer: (name) => ({ kind: 'answer', values: { name: name.trim() } }),
    }),
  };
}

function versionQuestion({ offering, versions }: QuestionOptions): Question<Answers> {
  const known = [...offering.versions(), ...versions.map((value) => ({ value, note: l10n.t('From your settings') }))];
  return {
    key: 'version',
    title: l10n.t('Version'),
    holds: holds.version,
    prompt: (answers) => ({
      kind: 'pick',
      placeholder: l10n.t('Choose a PostgreSQL version, or type another one'),
      source: {
        rows: alsoTyped(
          valueRows(unique(known), answers.version, (version) => ({ version })),
          { rule: versionRule, values: (version) => ({ version }) },
        ),
      },
    }),
  };
}

function charsetQuestion({ offering }: QuestionOptions): Question<Answers> {
  const values = (charset: string): Partial<Answers> => ({ charset: wireCharset(charset) });
  return {
    key: 'charset',
    title: l10n.t('Charset'),
    holds: holds.charset,
    prompt: (answers) => ({
      kind: 'pick',
      placeholder: l10n.t('Choose the character set, or type another one'),
      source: {
        rows: alsoTyped(valueRows(offering.charsets(), answers.charset, values), { rule: charsetRule, values }),
      },
    }),
  };
}

function valueRows(
  known: readonly KnownValue[],
  answered: string | undefined,
  values: (value: string) => Partial<Answers>,
): RowSource<Answers> {
  const rows = known.map<Row<Answers>>(({ value, note }) => ({
    label: value,
    description: note ?? '',
    active: value === answered,
    choose: answering(values(value)),
  }));
  return () => rows;
}

function unique(values: readonly KnownValue[]): KnownValue[] {
  return values.filter((value, at) => values.findIndex((other) => other.value === value.value) === at);
}
