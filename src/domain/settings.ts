import * as l10n from '@vscode/l10n';
import {
  charsetRule,
  nameRule,
  projectRule,
  regionRule,
  subnetRule,
  tagKeyRule,
  tagValueRule,
  versionRule,
  vpcRule,
  zoneRule,
} from './createPlan.ts';
import type { Site } from './credentials.ts';
import { offeringNames } from './offerings/names.ts';
import { adminNameRule, specCodeRule, storageRule, storageTypeRule } from './rentalRules.ts';
import type { Tag } from './tag.ts';

/** The settings after every value was looked at; a wrong one has its default and a line in `problems`. */
export interface Settings {
  readonly site: Site;
  /** An origin, or empty. */
  readonly endpoint: string;
  /** Milliseconds. */
  readonly requestTimeout: number;
  readonly create: CreateSettings;
  readonly defaults: Defaults;
  readonly versions: readonly string[];
  readonly poll: {
    /** Milliseconds. */
    readonly interval: number;
    /** Milliseconds. */
    readonly limit: number;
  };
  /** Milliseconds in which a deletion can be undone; 0: it is sent at once. */
  readonly deleteUndo: number;
  /** Milliseconds after which a copied secret is cleared from the clipboard; 0: never. */
  readonly clipboardClear: number;
  /** Absolute path of psql, or empty to look for it. */
  readonly psqlPath: string;
}

/** How instances are made. */
export interface CreateSettings {
  /** Id of the kind of instance that is made without asking for it. */
  readonly kind?: string;
  /** Months that are paid at once; absent: paid by the hour. */
  readonly prepaidMonths?: number;
  /** In units of the currency that the service answers in; a higher price is confirmed once more. */
  readonly hourlyPriceLimit?: number;
}

/** The answers that settings give beforehand. Absent: not set. */
export interface Defaults {
  readonly region?: string;
  readonly zone?: string;
  readonly version?: string;
  readonly charset?: string;
  readonly projectId?: number;
  readonly vpcId?: string;
  readonly subnetId?: string;
  /** Code of a class, such as `pg.it.small2`. */
  readonly specCode?: string;
  readonly storageGb?: number;
  readonly storageType?: string;
  readonly adminName?: string;
  readonly deletionProtection?: boolean;
  readonly tags: readonly Tag[];
  readonly namePrefix: string;
}

/** What is wrong with one setting. `key` is without the prefix, such as `defaults.zone`. */
export interface SettingProblem {
  readonly key: string;
  readonly problem: string;
}

/** Every key below `tencentdbPostgres.` */
export const settingKeys = [
  'site',
  'endpoint',
  'requestTimeout',
  'create.kind',
  'create.chargeType',
  'create.prepaidMonths',
  'create.hourlyPriceLimit',
  'defaults.region',
  'defaults.zone',
  'defaults.version',
  'defaults.charset',
  'defaults.projectId',
  'defaults.vpcId',
  'defaults.subnetId',
  'defaults.class',
  'defaults.storage',
  'defaults.storageType',
  'defaults.adminName',
  'defaults.deletionProtection',
  'defaults.tags',
  'defaults.namePrefix',
  'versions',
  'poll.interval',
  'poll.limit',
  'delete.undoSeconds',
  'clipboard.clearSeconds',
  'psql.path',
] as const;

export type SettingKey = (typeof settingKeys)[number];

/** Reads one setting; an unset one, and one that is wrong, which is noted, are `otherwise`. */
type Check = <T>(key: SettingKey, otherwise: T, accept: (value: unknown) => T | { wrong: string }) => T;

/**
 * Checks the settings as a person typed them into a JSON file: any value of any type.
 * @param read the raw value of one key, `undefined` when unset
 */
export function checkSettings(read: (key: SettingKey) => unknown): { settings: Settings; problems: SettingProblem[] } {
  const problems: SettingProblem[] = [];

  const checked: Check = (key, otherwise, accept) => {
    const value = read(key);
    if (value === undefined || value === null || value === '') return otherwise;
    const result = accept(value);
    if (typeof result === 'object' && result !== null && 'wrong' in result) {
      problems.push({ key, problem: result.wrong });
      return otherwise;
    }
    return result;
  };
  const text = (key: SettingKey, rule: (value: string) => string | undefined): string | undefined =>
    checked<string | undefined>(key, undefined, (value) => {
      if (typeof value !== 'string') return { wrong: l10n.t('It must be text.') };
      const wrong = rule(value);
      return wrong === undefined ? value.trim() : { wrong };
    });
  const seconds = (key: SettingKey, otherwise: number, least: number, most: number): number =>
    checked(key, otherwise * 1_000, (value) =>
      typeof value === 'number' && value >= least && value <= most
        ? value * 1_000
        : { wrong: l10n.t('It must be a number of seconds from {0} to {1}.', least, most) },
    );

  const region = text('defaults.region', regionRule);
  const zone = text('defaults.zone', (value) =>
    region === undefined ? l10n.t('It needs a default region as well.') : zoneRule(region)(value),
  );
  const version = text('defaults.version', versionRule);
  const charset = text('defaults.charset', charsetRule);
  const projectId = checked<number | undefined>('defaults.projectId', undefined, (value) =>
    typeof value === 'number' && projectRule(String(value)) === undefined
      ? value
      : { wrong: l10n.t('A project ID is a whole number, 0 or greater.') },
  );
  const vpcId = text('defaults.vpcId', vpcRule);
  const subnetId = text('defaults.subnetId', subnetRule);
  if ((vpcId === undefined) !== (subnetId === undefined)) {
    problems.push({
      key: vpcId === undefined ? 'defaults.subnetId' : 'defaults.vpcId',
      problem: l10n.t('A VPC and a subnet belong together: set both or neither.'),
    });
  }

  const specCode = text('defaults.class', specCodeRule);
  const storageGb = checked<number | undefined>('defaults.storage', undefined, (value) => {
    if (typeof value !== 'number') return { wrong: l10n.t('It must be a number of GB.') };
    const wrong = storageRule({})(String(value));
    return wrong === undefined ? value : { wrong };
  });
  const storageType = text('defaults.storageType', storageTypeRule);
  const adminName = text('defaults.adminName', adminNameRule);
  const deletionProtection = checked<boolean | undefined>('defaults.deletionProtection', undefined, (value) =>
    typeof value === 'boolean' ? value : { wrong: l10n.t('It must be true or false.') },
  );

  const settings: Settings = {
    site: checked<Site>('site', 'mainland', (value) =>
      value === 'mainland' || value === 'international'
        ? value
        : { wrong: l10n.t('It must be "mainland" or "international".') },
    ),
    endpoint: checked('endpoint', '', (value) =>
      typeof value === 'string' ? value.trim() : { wrong: l10n.t('It must be text.') },
    ),
    requestTimeout: seconds('requestTimeout', 60, 1, 600),
    create: createSettings(checked),
    defaults: {
      ...(region === undefined ? {} : { region }),
      ...(zone === undefined ? {} : { zone }),
      ...(version === undefined ? {} : { version }),
      ...(charset === undefined ? {} : { charset }),
      ...(projectId === undefined ? {} : { projectId }),
      ...(vpcId === undefined || subnetId === undefined ? {} : { vpcId, subnetId }),
      ...(specCode === undefined ? {} : { specCode }),
      ...(storageGb === undefined ? {} : { storageGb }),
      ...(storageType === undefined ? {} : { storageType }),
      ...(adminName === undefined ? {} : { adminName }),
      ...(deletionProtection === true ? { deletionProtection } : {}),
      tags: checked<readonly Tag[]>('defaults.tags', [], tagsOf),
      namePrefix: text('defaults.namePrefix', nameRule) ?? 'pg-',
    },
    versions: checked<readonly string[]>('versions', [], (value) =>
      Array.isArray(value) && value.every((item) => typeof item === 'string' && versionRule(item) === undefined)
        ? value.filter((item) => typeof item === 'string')
        : { wrong: l10n.t('It must be a list of versions such as "10.4".') },
    ),
    poll: { interval: seconds('poll.interval', 5, 1, 300), limit: seconds('poll.limit', 300, 10, 7_200) },
    deleteUndo: seconds('delete.undoSeconds', 10, 0, 60),
    clipboardClear: seconds('clipboard.clearSeconds', 60, 0, 3_600),
    psqlPath: checked('psql.path', '', (value) =>
      typeof value === 'string' ? value.trim() : { wrong: l10n.t('It must be text.') },
    ),
  };
  return { settings, problems };
}

/** Months that are sold at once. */
const prepaidTerms: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 36];

function createSettings(checked: Check): CreateSettings {
  const kind = checked<string | undefined>('create.kind', undefined, (value) => {
    const named = offeringNames.find(({ settingValue }) => settingValue === value);
    if (named !== undefined) return named.id;
    return { wrong: l10n.t('It must be one of: {0}.', offeringNames.map((one) => `"${one.settingValue}"`).join(', ')) };
  });
  const isPrepaid = checked('create.chargeType', false, (value) =>
    value === 'hourly' || value === 'prepaid'
      ? value === 'prepaid'
      : { wrong: l10n.t('It must be "hourly" or "prepaid".') },
  );
  const months = checked('create.prepaidMonths', 1, (value) =>
    typeof value === 'number' && prepaidTerms.includes(value)
      ? value
      : { wrong: l10n.t('It must be a number of months: 1 to 12, 24 or 36.') },
  );
  const hourlyPriceLimit = checked<number | undefined>('create.hourlyPriceLimit', undefined, (value) =>
    typeof value === 'number' && Number.isFinite(value) && value >= 0
      ? value
      : { wrong: l10n.t('It must be a number, 0 or greater.') },
  );
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(isPrepaid ? { prepaidMonths: months } : {}),
    ...(hourlyPriceLimit === undefined ? {} : { hourlyPriceLimit }),
  };
}

function tagsOf(value: unknown): readonly Tag[] | { wrong: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { wrong: l10n.t('It must be an object of keys and values.') };
  }
  const tags: Tag[] = [];
  for (const [key, tagValue] of Object.entries(value)) {
    if (typeof tagValue !== 'string') return { wrong: l10n.t('The value of "{0}" must be text.', key) };
    const wrong = tagKeyRule(key) ?? tagValueRule(tagValue);
    if (wrong !== undefined) return { wrong: `${key}: ${wrong}` };
    tags.push({ key: key.trim(), value: tagValue.trim() });
  }
  return tags;
}
