import * as l10n from '@vscode/l10n';
import { projectRule, subnetRule, vpcRule } from '../domain/createPlan.ts';
import type { Subnet } from '../domain/network.ts';
import type { Answers } from './answers.ts';
import { holds } from './answers.ts';
import type { Question, Row, RowsToLoad } from './question.ts';
import type { QuestionOptions, Trouble } from './questionOptions.ts';
import { alsoTyped, answering, recentFirst } from './rows.ts';

/** The first of the questions whose rows are read from the account. */
export function vpcQuestion({ catalog, recent, trouble }: QuestionOptions): Question<Answers> {
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

export function subnetQuestion({ catalog, recent, trouble }: QuestionOptions): Question<Answers> {
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

export function projectQuestion({ catalog, recent, trouble }: QuestionOptions): Question<Answers> {
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
