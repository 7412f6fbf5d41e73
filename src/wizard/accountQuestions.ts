import * as l10n from '@vscode/l10n';
import { projectRule, subnetRule, vpcRule } from '../domain/createPlan.ts';
import type { Subnet } from '../domain/network.ts';
import type { Answers } from './answers.ts';
import { holds } from './answers.ts';
import { listed } from './listed.ts';
import type { Question, Row } from './question.ts';
import type { QuestionOptions } from './questionOptions.ts';
import { answering, recentFirst } from './rows.ts';

/** Questions whose rows are read from the account. */
type Options = Pick<QuestionOptions, 'catalog' | 'recent' | 'trouble'>;

/** @param needed false where an instance can do without a VPC of its own */
export function vpcQuestion({ catalog, recent, trouble }: Options, needed: boolean): Question<Answers> {
  return {
    key: 'vpc',
    title: l10n.t('Network'),
    holds: needed ? holds.vpc : (answers) => holds.noVpc(answers) || holds.vpc(answers),
    prompt: (answers) => {
      const region = answers.region ?? '';
      const answered = answers.vpc === undefined || answers.vpc === 'none' ? answers.vpc : answers.vpc.vpcId;
      const none: Row<Answers> = {
        icon: 'circle-slash',
        label: l10n.t('No VPC'),
        description: l10n.t('The service gives an address in the classic network, where it still does'),
        active: answered === 'none',
        choose: answering<Answers>({ vpc: 'none' }),
      };
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose a VPC of {0}, or type the ID of one', region),
        source: listed({
          trouble,
          typed: { rule: vpcRule, values: (vpcId) => ({ vpc: { region, vpcId } }) },
          before: needed ? [] : [none],
          async load(signal) {
            const vpcs = await catalog.vpcs(region, signal);
            const rows = recentFirst(vpcs, recent('vpc'), ({ id }) => id).map<Row<Answers>>((vpc) => ({
              label: vpc.id,
              description: `${vpc.name} · ${vpc.cidr}${vpc.isDefault ? ` · ${l10n.t('default')}` : ''}`,
              heading: l10n.t('VPCs of this account'),
              active: vpc.id === answered,
              choose: answering<Answers>({ vpc: { region, vpcId: vpc.id } }),
            }));
            const none = nothingThere(l10n.t('No VPC in {0}. Make one in the console, then choose again.', region));
            return () => (needed && rows.length === 0 ? [none] : rows);
          },
        }),
      };
    },
  };
}

/** @param vpcNeeded as of the question before */
export function subnetQuestion({ catalog, recent, trouble }: Options, vpcNeeded: boolean): Question<Answers> {
  return {
    key: 'subnet',
    title: l10n.t('Subnet'),
    shows: (answers) => answers.vpc !== undefined && answers.vpc !== 'none',
    holds: vpcNeeded ? holds.subnet : (answers) => holds.noVpc(answers) || holds.subnet(answers),
    prompt: (answers) => {
      const vpcId = answers.vpc === undefined || answers.vpc === 'none' ? '' : answers.vpc.vpcId;
      const values = (subnetId: string): Partial<Answers> => ({ subnet: { vpcId, subnetId } });
      const without: Row<Answers> = {
        icon: 'circle-slash',
        label: l10n.t('No subnet'),
        description: l10n.t('Not possible: a VPC and a subnet belong together. Go back to choose no VPC.'),
        choose: { kind: 'nothing' },
      };
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose a subnet of {0}, or type the ID of one', vpcId),
        source: listed({
          trouble,
          typed: { rule: subnetRule, values },
          async load(signal) {
            const subnets = await catalog.subnets(answers.region ?? '', vpcId, signal);
            const rows = recentFirst(subnets, recent('subnet'), ({ id }) => id).map<Row<Answers>>((subnet) => ({
              label: subnet.id,
              description: `${subnet.name} · ${subnet.cidr} · ${freeAddresses(subnet)}`,
              detail: subnet.zone,
              active: subnet.id === answers.subnet?.subnetId,
              choose: subnet.freeAddresses === 0 ? { kind: 'nothing' } : answering(values(subnet.id)),
            }));
            const none = nothingThere(l10n.t('No subnet in {0}. Make one in the console, then choose again.', vpcId));
            if (!vpcNeeded) rows.push(without);
            return () => (rows.length === 0 ? [none] : rows);
          },
        }),
      };
    },
  };
}

/** For an empty list of something that is needed: made elsewhere, it is there the next time. */
function nothingThere(words: string): Row<Answers> {
  return { icon: 'refresh', label: l10n.t('Retry'), description: words, pinned: true, choose: { kind: 'reload' } };
}

function freeAddresses(subnet: Subnet): string {
  if (subnet.freeAddresses === undefined) return l10n.t('free addresses unknown');
  if (subnet.freeAddresses === 0) return l10n.t('full: no address is free');
  return subnet.totalAddresses === undefined
    ? l10n.t('{0} addresses free', subnet.freeAddresses)
    : l10n.t('{0} of {1} addresses free', subnet.freeAddresses, subnet.totalAddresses);
}

export function projectQuestion({ catalog, recent, trouble }: Options): Question<Answers> {
  return {
    key: 'project',
    title: l10n.t('Project'),
    holds: holds.project,
    prompt: (answers) => {
      const values = (id: string): Partial<Answers> => ({ project: Number(id) });
      const none: Row<Answers> = {
        icon: 'circle-slash',
        label: l10n.t('Default project'),
        description: l10n.t('No project is sent'),
        active: answers.project === 'none',
        choose: answering<Answers>({ project: 'none' }),
      };
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose a project, or type the ID of one'),
        source: listed({
          trouble,
          typed: { rule: projectRule, values },
          before: [none],
          async load(signal) {
            const projects = await catalog.projects(answers.region ?? '', signal);
            const rows = recentFirst(projects, recent('project'), ({ id }) => String(id)).map<Row<Answers>>(
              (project) => ({
                label: String(project.id),
                description: project.name,
                heading: l10n.t('Projects of this account'),
                active: project.id === answers.project,
                choose: answering(values(String(project.id))),
              }),
            );
            return () => rows;
          },
        }),
      };
    },
  };
}
