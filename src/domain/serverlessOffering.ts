import * as l10n from '@vscode/l10n';
import type { Capability, Offering } from './offering.ts';

const capabilities: ReadonlySet<Capability> = new Set<Capability>(['create', 'delete', 'publicAccess']);

/**
 * PostgreSQL for Serverless as documented (documents 409/38880, 409/39715, 409/42847). The documents disagree about
 * zones and charsets, so every note says so, and nothing here is a ban.
 */
export const serverless: Offering = {
  id: 'serverless',
  get label() {
    return l10n.t('Serverless');
  },
  can: (capability) => capabilities.has(capability),
  regions: () => [
    {
      region: 'ap-shanghai',
      label: l10n.t('East China (Shanghai)'),
      zones: [{ zone: 'ap-shanghai-2' }],
    },
    {
      region: 'ap-beijing',
      label: l10n.t('North China (Beijing)'),
      zones: [
        { zone: 'ap-beijing-1', note: l10n.t('Named by the API page; the getting-started page says zone 3.') },
        { zone: 'ap-beijing-3', note: l10n.t('Named by the getting-started page; the API page says zone 1.') },
      ],
    },
    {
      region: 'ap-guangzhou',
      label: l10n.t('South China (Guangzhou)'),
      zones: [
        { zone: 'ap-guangzhou-2' },
        { zone: 'ap-guangzhou-3', note: l10n.t('Only in request examples; the lists of zones name zone 2.') },
      ],
    },
  ],
  otherRegions: () => [
    { value: 'ap-nanjing', note: l10n.t('East China (Nanjing)') },
    { value: 'ap-chengdu', note: l10n.t('Southwest China (Chengdu)') },
    { value: 'ap-chongqing', note: l10n.t('Southwest China (Chongqing)') },
    { value: 'ap-hongkong', note: l10n.t('Hong Kong, China') },
    { value: 'ap-shanghai-fsi', note: l10n.t('East China (Shanghai Finance)') },
    { value: 'ap-shenzhen-fsi', note: l10n.t('South China (Shenzhen Finance)') },
    { value: 'ap-singapore', note: l10n.t('Southeast Asia (Singapore)') },
    { value: 'ap-bangkok', note: l10n.t('Southeast Asia (Bangkok)') },
    { value: 'ap-jakarta', note: l10n.t('Southeast Asia (Jakarta)') },
    { value: 'ap-seoul', note: l10n.t('Northeast Asia (Seoul)') },
    { value: 'ap-tokyo', note: l10n.t('Northeast Asia (Tokyo)') },
    { value: 'eu-frankfurt', note: l10n.t('Europe (Frankfurt)') },
    { value: 'na-ashburn', note: l10n.t('US East (Virginia)') },
    { value: 'na-siliconvalley', note: l10n.t('US West (Silicon Valley)') },
    { value: 'sa-saopaulo', note: l10n.t('South America (São Paulo)') },
  ],
  versions: () => [{ value: '10.4', note: l10n.t('The only documented version') }],
  charsets: () => [
    { value: 'UTF8', note: l10n.t('Every document names it.') },
    { value: 'LATIN1', note: l10n.t('Some documents allow it, others say UTF8 only.') },
  ],
};
