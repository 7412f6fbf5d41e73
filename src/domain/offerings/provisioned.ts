import * as l10n from '@vscode/l10n';
import { provisionedName } from './names.ts';
import type { Capability, Offering } from './offering.ts';
import { otherRegions } from './regionNames.ts';

const abilities: ReadonlySet<Capability> = new Set<Capability>([
  'create',
  'recycleBin',
  'rename',
  'restart',
  'resize',
  'contents',
  'publicAccess',
  'deletionProtection',
  'securityGroups',
  'price',
  'tags',
]);

/** Instances of a chosen class, paid by the hour (CreateInstances, documents 409/40583 and 409/56107). */
export const provisioned: Offering = {
  ...provisionedName,
  get label() {
    return l10n.t('Pay-as-you-go');
  },
  get pitch() {
    return l10n.t('Current PostgreSQL in a size of your choice, paid by the hour until destroyed.');
  },
  createAction: 'CreateInstances',
  can: (capability) => abilities.has(capability),
  regions: () => [],
  otherRegions: () => otherRegions([]),
  versions: () => [],
  charsets: () => [
    { value: 'UTF8', note: l10n.t('Every language') },
    { value: 'LATIN1', note: l10n.t('Western European languages only') },
  ],
};
