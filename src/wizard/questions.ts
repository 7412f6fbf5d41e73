import * as l10n from '@vscode/l10n';
import {
  charsetRule,
  nameRule,
  projectRule,
  regionRule,
  subnetRule,
  versionRule,
  vpcRule,
  wireCharset,
  zoneRule,
} from '../domain/createPlan.ts';
import type { Subnet } from '../domain/network.ts';
import type { KnownValue, Offering } from '../domain/offering.ts';
import type { Catalog } from '../domain/ports.ts';
import type { Answers } from './answers.ts';
import { holds, planOf } from './answers.ts';
import type { Finding, Question, Row, RowSource, RowsToLoad } from './question.ts';
import type { RecentField } from './recentAnswers.ts';
import type { ReviewOptions } from './review.ts';
import { reviewQuestion } from './review.ts';
import { alsoTyped, answering, recentFirst } from './rows.ts';
import { tagQuestion } from './tagQuestion.ts';

/** The answers that were given lately, newest first. */
export type Recent = (field: RecentField) => readonly string[];

/** Words for a failed list, and a repair where there is one (signing in). */
export interface Trouble {
  readonly words: string;
  readonly detail: string;
  readonly repair?: { readonly label: string; run(): Promise<void> };
}

export interface QuestionOptions {
  readonly offering: Offering;
  readonly catalog: Catalog;
  /** A complete set of answers from the settings, the name aside. */
  readonly defaults: Partial<Answers> | undefined;
  readonly versions: readonly string[];
  readonly recent: Recent;
  proposeName(): string;
  /** Where an instance of that name exists in this account: its region, or `undefined`. */
  regionOfName(name: string, region: string, signal: AbortSignal): Promise<string | undefined>;
  trouble(error: Error): Trouble;
  readonly review: ReviewOptions;
}

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
    tagQuestion({ keys: (region, signal) => options.catalog.tagKeys(region, signal) }),
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
            withDefaults(() => rows, defaults, proposeName),
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
  defaults: Partial<Answers> | undefined,
  proposeName: () => string,
): RowSource<Answers> {
  if (defaults === undefined) return rows;
  const values: Partial<Answers> = { ...defaults, name: proposeName() };
  const plan = planOf(values);
  const row: Row<Answers> = {
    label: `$(rocket) ${l10n.t('Create with my defaults')}`,
    description: plan === undefined ? '' : `${plan.name} · ${plan.zone} · ${plan.version} · ${plan.charset}`,
    active: true,
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

function vpcQuestion({ catalog, recent, trouble }: QuestionOptions): Question<Answers> {
  return {
    key: 'vpc',
    title: l10n.t('Network'),
    holds: holds.vpc,
    prompt: (answers) => {
      const region = answers.region ?? '';
      const answered = answers.vpc === undefined || answers.vpc === 'none' ? answers.vpc : answers.vpc.vpcId;
      const none: Row<Answers> = {
        label: `$(circle-slash) ${l10n.t('No VPC')}`,
        description: l10n.t('The service gives an address in the classic network, where it still does'),
        active: answered === 'none',
        choose: answering<Answers>({ vpc: 'none' }),
      };
      const typed = { rule: vpcRule, values: (vpcId: string): Partial<Answers> => ({ vpc: { region, vpcId } }) };
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose a VPC of {0}, or type the ID of one', region),
        source: listed(trouble, typed, [none], async (signal) => {
          const vpcs = await catalog.vpcs(region, signal);
          return recentFirst(vpcs, recent('vpc'), ({ id }) => id).map<Row<Answers>>((vpc) => ({
            label: vpc.id,
            description: `${vpc.name} · ${vpc.cidr}${vpc.isDefault ? ` · ${l10n.t('default')}` : ''}`,
            heading: l10n.t('VPCs of this account'),
            active: vpc.id === answered,
            choose: answering<Answers>({ vpc: { region, vpcId: vpc.id } }),
          }));
        }),
      };
    },
  };
}

function subnetQuestion({ catalog, recent, trouble }: QuestionOptions): Question<Answers> {
  return {
    key: 'subnet',
    title: l10n.t('Subnet'),
    shows: (answers) => answers.vpc !== undefined && answers.vpc !== 'none',
    holds: holds.subnet,
    prompt: (answers) => {
      const vpcId = answers.vpc === undefined || answers.vpc === 'none' ? '' : answers.vpc.vpcId;
      const values = (subnetId: string): Partial<Answers> => ({ subnet: { vpcId, subnetId } });
      const without: Row<Answers> = {
        label: `$(circle-slash) ${l10n.t('No subnet')}`,
        description: l10n.t('Not possible: a VPC and a subnet belong together. Go back to choose no VPC.'),
        choose: { kind: 'nothing' },
      };
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose a subnet of {0}, or type the ID of one', vpcId),
        source: listed(trouble, { rule: subnetRule, values }, [], async (signal) => {
          const subnets = await catalog.subnets(answers.region ?? '', vpcId, signal);
          const rows = recentFirst(subnets, recent('subnet'), ({ id }) => id).map<Row<Answers>>((subnet) => ({
            label: subnet.id,
            description: `${subnet.name} · ${subnet.cidr} · ${freeAddresses(subnet)}`,
            detail: subnet.zone,
            active: subnet.id === answers.subnet?.subnetId,
            choose: answering(values(subnet.id)),
          }));
          return [...rows, without];
        }),
      };
    },
  };
}

function freeAddresses(subnet: Subnet): string {
  if (subnet.freeAddresses === undefined) return l10n.t('free addresses unknown');
  return subnet.totalAddresses === undefined
    ? l10n.t('{0} addresses free', subnet.freeAddresses)
    : l10n.t('{0} of {1} addresses free', subnet.freeAddresses, subnet.totalAddresses);
}

function projectQuestion({ catalog, recent, trouble }: QuestionOptions): Question<Answers> {
  return {
    key: 'project',
    title: l10n.t('Project'),
    holds: holds.project,
    prompt: (answers) => {
      const values = (id: string): Partial<Answers> => ({ project: Number(id) });
      const none: Row<Answers> = {
        label: `$(circle-slash) ${l10n.t('Default project')}`,
        description: l10n.t('No project is sent'),
        active: answers.project === 'none',
        choose: answering<Answers>({ project: 'none' }),
      };
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose a project, or type the ID of one'),
        source: listed(trouble, { rule: projectRule, values }, [none], async (signal) => {
          const projects = await catalog.projects(answers.region ?? '', signal);
          return recentFirst(projects, recent('project'), ({ id }) => String(id)).map<Row<Answers>>((project) => ({
            label: String(project.id),
            description: project.name,
            heading: l10n.t('Projects of this account'),
            active: project.id === answers.project,
            choose: answering(values(String(project.id))),
          }));
        }),
      };
    },
  };
}

/** A list from the service between rows that are always there; when it fails, the reason and a retry take its place. */
function listed(
  trouble: (error: Error) => Trouble,
  typed: { rule: (text: string) => string | undefined; values: (text: string) => Partial<Answers> },
  before: readonly Row<Answers>[],
  load: (signal: AbortSignal) => Promise<readonly Row<Answers>[]>,
): RowsToLoad<Answers> {
  return {
    async load(signal) {
      const rows = await load(signal);
      return alsoTyped(() => [...before, ...rows], typed);
    },
    failed(error) {
      const { words, detail, repair } = trouble(error);
      const rows: Row<Answers>[] = [
        ...before,
        {
          label: `$(error) ${words}`,
          detail,
          heading: l10n.t('The list could not be loaded'),
          pinned: true,
          choose: { kind: 'nothing' },
        },
        {
          label: `$(refresh) ${repair?.label ?? l10n.t('Retry')}`,
          pinned: true,
          active: true,
          choose: repair === undefined ? { kind: 'reload' } : { kind: 'reload', repair: () => repair.run() },
        },
      ];
      return alsoTyped(() => rows, typed);
    },
  };
}
