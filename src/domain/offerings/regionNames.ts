import * as l10n from '@vscode/l10n';
import type { KnownValue } from './offering.ts';

/** The regions of the service, as its pages name them (DescribeZones and price pages, 2025-10-24). */
function names(): ReadonlyMap<string, string> {
  return new Map([
    ['ap-shanghai', l10n.t('East China (Shanghai)')],
    ['ap-beijing', l10n.t('North China (Beijing)')],
    ['ap-guangzhou', l10n.t('South China (Guangzhou)')],
    ['ap-nanjing', l10n.t('East China (Nanjing)')],
    ['ap-chengdu', l10n.t('Southwest China (Chengdu)')],
    ['ap-chongqing', l10n.t('Southwest China (Chongqing)')],
    ['ap-hongkong', l10n.t('Hong Kong, China')],
    ['ap-shanghai-fsi', l10n.t('East China (Shanghai Finance)')],
    ['ap-shenzhen-fsi', l10n.t('South China (Shenzhen Finance)')],
    ['ap-singapore', l10n.t('Southeast Asia (Singapore)')],
    ['ap-bangkok', l10n.t('Southeast Asia (Bangkok)')],
    ['ap-jakarta', l10n.t('Southeast Asia (Jakarta)')],
    ['ap-seoul', l10n.t('Northeast Asia (Seoul)')],
    ['ap-tokyo', l10n.t('Northeast Asia (Tokyo)')],
    ['eu-frankfurt', l10n.t('Europe (Frankfurt)')],
    ['na-ashburn', l10n.t('US East (Virginia)')],
    ['na-siliconvalley', l10n.t('US West (Silicon Valley)')],
    ['sa-saopaulo', l10n.t('South America (São Paulo)')],
  ]);
}

/** The name of a region, or its id where none is known. */
export function regionName(region: string): string {
  return names().get(region) ?? region;
}

/** Every region but these, in the order of the documents. */
export function otherRegions(without: readonly string[]): KnownValue[] {
  return [...names()].flatMap(([value, note]) => (without.includes(value) ? [] : [{ value, note }]));
}
