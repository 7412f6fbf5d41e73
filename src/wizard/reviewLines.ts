import * as l10n from '@vscode/l10n';
import type { CreatePlan } from '../domain/createPlan.ts';
import type { ReviewLine } from './kind.ts';

/** Lines of the review that the kinds have in common. */

export function placeLines({ region, zone }: CreatePlan): readonly ReviewLine[] {
  return [
    { key: 'region', label: l10n.t('Region'), value: region },
    { key: 'zone', label: l10n.t('Availability zone'), value: zone },
  ];
}

export const nameLine = (plan: CreatePlan): ReviewLine => ({ key: 'name', label: l10n.t('Name'), value: plan.name });

export const versionLine = (plan: CreatePlan): ReviewLine => ({
  key: 'version',
  label: l10n.t('Version'),
  value: plan.version,
});

export const charsetLine = (plan: CreatePlan): ReviewLine => ({
  key: 'charset',
  label: l10n.t('Charset'),
  value: plan.charset,
});

export function networkLines({ network }: CreatePlan): readonly ReviewLine[] {
  return network === undefined
    ? [{ key: 'vpc', label: l10n.t('Network'), value: l10n.t('not sent: no VPC') }]
    : [
        { key: 'vpc', label: l10n.t('VPC'), value: network.vpcId },
        { key: 'subnet', label: l10n.t('Subnet'), value: network.subnetId },
      ];
}

export const projectLine = ({ projectId }: CreatePlan): ReviewLine => ({
  key: 'project',
  label: l10n.t('Project'),
  value: projectId === undefined ? l10n.t('not sent: default project') : String(projectId),
});

export const tagsLine = ({ tags }: CreatePlan): ReviewLine => ({
  key: 'tags',
  label: l10n.t('Tags'),
  value: tags.length === 0 ? l10n.t('not sent: none') : tags.map(({ key, value }) => `${key}=${value}`).join(', '),
});
