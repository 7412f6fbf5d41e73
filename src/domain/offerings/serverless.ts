import * as l10n from '@vscode/l10n';
import { provisionedName, serverlessName } from './names.ts';
import type { Capability, Offering } from './offering.ts';
import { otherRegions, regionName } from './regionNames.ts';

const abilities: ReadonlySet<Capability> = new Set<Capability>([
  'create',
  'delete',
  'publicAccess',
  'tags',
  'toldPassword',
  'uniqueName',
]);

/**
 * PostgreSQL for Serverless as documented (documents 409/38880, 409/39715, 409/42847). The documents disagree about
 * zones and charsets, so every note says so, and nothing here is a ban.
 */
export const serverless: Offering = {
  ...serverlessName,
  get label() {
    return l10n.t('Serverless');
  },
  get pitch() {
    return l10n.t('PostgreSQL 10, paid by use. Withdrawn in 2025: the service may refuse it.');
  },
  createAction: 'CreateServerlessDBInstance',
  heir: provisionedName.id,
  can: (capability) => abilities.has(capability),
  regions: () => [
    {
      region: 'ap-shanghai',
      label: regionName('ap-shanghai'),
      zones: [{ zone: 'ap-shanghai-2' }],
    },
    {
      region: 'ap-beijing',
      label: regionName('ap-beijing'),
      zones: [
        { zone: 'ap-beijing-1', note: l10n.t('Named by the API page; the getting-started page says zone 3.') },
        { zone: 'ap-beijing-3', note: l10n.t('Named by the getting-started page; the API page says zone 1.') },
      ],
    },
    {
      region: 'ap-guangzhou',
      label: regionName('ap-guangzhou'),
      zones: [
        { zone: 'ap-guangzhou-2' },
        { zone: 'ap-guangzhou-3', note: l10n.t('Only in request examples; the lists of zones name zone 2.') },
      ],
    },
  ],
  otherRegions: () => otherRegions(['ap-shanghai', 'ap-beijing', 'ap-guangzhou']),
  versions: () => [{ value: '10.4', note: l10n.t('The only documented version') }],
  charsets: () => [
    { value: 'UTF8', note: l10n.t('Every document names it.') },
    { value: 'LATIN1', note: l10n.t('Some documents allow it, others say UTF8 only.') },
  ],
};
