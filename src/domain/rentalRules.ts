import * as l10n from '@vscode/l10n';
import type { Rule } from './createPlan.ts';
import { textRule } from './createPlan.ts';
import type { InstanceClass } from './rental.ts';

/** Rules for what CreateInstances takes (document 409/56107); see `Rule`. */

/** The code of a class, such as `pg.it.small2`. */
export const specCodeRule: Rule = (text) =>
  textRule(text) ??
  (/^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9_-]+)+$/.test(text.trim()) && text.trim().length <= 60
    ? undefined
    : l10n.t('A class looks like pg.it.small2.'));

/** Storage goes in steps of this many gigabytes, which is also the least. */
export const storageStep = 10;

/** The least and the most storage of a class, in gigabytes; absent where only its code is known. */
export type StorageRange = Partial<Pick<InstanceClass, 'minStorageGb' | 'maxStorageGb'>>;

/** The least storage in whole steps. */
export function leastStorage({ minStorageGb = storageStep }: StorageRange): number {
  return Math.max(storageStep, Math.ceil(minStorageGb / storageStep) * storageStep);
}

/** Gigabytes as typed: a multiple of 10 within the range. */
export function storageRule(range: StorageRange): Rule {
  return (text) => {
    const problem = textRule(text);
    if (problem !== undefined) return problem;
    const gigabytes = /^[0-9]{1,9}$/.test(text.trim()) ? Number(text.trim()) : undefined;
    const least = leastStorage(range);
    if (gigabytes === undefined || gigabytes % storageStep !== 0 || gigabytes === 0) {
      return l10n.t('Storage is a whole number of GB in steps of {0}, such as {1}.', storageStep, least);
    }
    if (gigabytes < least) return l10n.t('At least {0} GB with this class.', least);
    return range.maxStorageGb !== undefined && gigabytes > range.maxStorageGb
      ? l10n.t('At most {0} GB with this class.', range.maxStorageGb)
      : undefined;
  };
}

/** A type of storage: the service knows its own list, so only the form is looked at. */
export const storageTypeRule: Rule = (text) =>
  textRule(text) ??
  (/^[A-Za-z][A-Za-z0-9_]{0,40}$/.test(text.trim()) ? undefined : l10n.t('A type of storage looks like CLOUD_SSD.'));

/** The database account that is made with an instance: 1 to 16 letters, digits and `_`, some beginnings reserved. */
export const adminNameRule: Rule = (text) => {
  const problem = textRule(text);
  if (problem !== undefined) return problem;
  const name = text.trim();
  const wrong = /[^A-Za-z0-9_]/u.exec(name);
  if (wrong !== null) return l10n.t('Use letters, digits and "_" only. "{0}" is not one of them.', wrong[0]);
  if (/^[0-9]/.test(name)) return l10n.t('It must not start with a digit.');
  if (name.length > 16) return l10n.t('At most {0} characters; this has {1}.', 16, name.length);
  const lower = name.toLowerCase();
  if (lower === 'postgres') return l10n.t('"postgres" is taken by the service.');
  const reserved = ['pg_', 'tencentdb_'].find((start) => lower.startsWith(start));
  return reserved === undefined ? undefined : l10n.t('It must not start with "{0}".', reserved);
};
