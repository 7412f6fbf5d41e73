import * as l10n from '@vscode/l10n';
import { hasInvisible } from './invisible.ts';
import type { Rental } from './rental.ts';
import type { Tag } from './tag.ts';

/** Everything a create request says: the answers of the wizard, and the only thing that leaves it. */
export interface CreatePlan {
  /** Id of the kind of instance; see `offerings`. */
  readonly offering: string;
  /** Common parameter `Region`, such as `ap-guangzhou`. */
  readonly region: string;
  /** Such as `ap-guangzhou-2`. */
  readonly zone: string;
  readonly name: string;
  readonly version: string;
  /** In the spelling that the service takes; see `wireCharset`. */
  readonly charset: string;
  /** Absent: the service's default project. */
  readonly projectId?: number;
  /** Both or neither. */
  readonly network?: Network;
  readonly tags: readonly Tag[];
  /** What is rented; absent for kinds that are paid by use. */
  readonly rental?: Rental;
}

export interface Network {
  readonly vpcId: string;
  readonly subnetId: string;
}

/**
 * A rule takes the text as typed and answers with the reason why it cannot be used, or `undefined`.
 * Rules see the text untrimmed; what is stored is the trimmed text.
 */
export type Rule = (text: string) => string | undefined;

const region = /^[a-z]{2,4}(-[a-z]{2,20}){1,2}$/;
const ordinal = /^[1-9][0-9]{0,2}$/;

/** The most characters that any box takes; more is a slip of the clipboard, not an answer. */
const longest = 1_000;

/** What holds for every text: it says something, and it can be seen. */
export const textRule: Rule = (text) => {
  if (text.trim() === '') return l10n.t('Type a value.');
  if (text.length > longest) return l10n.t('This is too long: {0} characters.', text.length);
  if (hasInvisible(text)) {
    return l10n.t('This contains invisible or control characters. Type it instead of pasting it.');
  }
  return undefined;
};

/** The form of a region, e.g. `ap-guangzhou` or `ap-shanghai-fsi`. */
export const regionRule: Rule = (text) =>
  textRule(text) ?? (region.test(text.trim()) ? undefined : l10n.t('A region looks like ap-guangzhou.'));

/** A zone is its region, a hyphen and a number: `ap-guangzhou-2`. */
export function zoneRule(ofRegion: string): Rule {
  return (text) => {
    const problem = textRule(text);
    if (problem !== undefined) return problem;
    const zone = text.trim();
    const dash = zone.lastIndexOf('-');
    if (dash < 0 || !ordinal.test(zone.slice(dash + 1)) || !region.test(zone.slice(0, dash))) {
      return l10n.t('A zone looks like {0}-2.', ofRegion);
    }
    return zoneFitsRegion(zone, ofRegion)
      ? undefined
      : l10n.t('Zone {0} does not belong to region {1}.', zone, ofRegion);
  };
}

/** True when the zone's name starts with the region's and ends with its own number. */
export function zoneFitsRegion(zone: string, ofRegion: string): boolean {
  return zone.startsWith(`${ofRegion}-`) && ordinal.test(zone.slice(ofRegion.length + 1));
}

/**
 * Characters the service takes in a name (its errors ParameterCharacterError and ParameterLengthLimitError show
 * that it checks; the documents give no length, so 60 is the limit documented for the sibling product's `Name`).
 */
export const nameRule: Rule = (text) => {
  const problem = textRule(text);
  if (problem !== undefined) return problem;
  const name = text.trim();
  const wrong = /[^A-Za-z0-9_-]/u.exec(name);
  if (wrong !== null) {
    return l10n.t('Use letters, digits, "_" and "-" only. "{0}" is not one of them.', wrong[0]);
  }
  if (name.length > 60) return l10n.t('At most 60 characters; this has {0}.', name.length);
  return undefined;
};

/** A project id: digits, 0 or more, safely held by a number. */
export const projectRule: Rule = (text) => {
  const problem = textRule(text);
  if (problem !== undefined) return problem;
  const id = text.trim();
  if (!/^[0-9]+$/.test(id)) return l10n.t('A project ID is a whole number, 0 or greater.');
  return Number.isSafeInteger(Number(id)) ? undefined : l10n.t('This number is too large for a project ID.');
};

/** `vpc-` and lower-case letters or digits. */
export const vpcRule: Rule = (text) =>
  textRule(text) ?? (/^vpc-[a-z0-9]+$/.test(text.trim()) ? undefined : l10n.t('A VPC ID looks like vpc-1a2b3c4d.'));

/** `subnet-` and lower-case letters or digits. */
export const subnetRule: Rule = (text) =>
  textRule(text) ??
  (/^subnet-[a-z0-9]+$/.test(text.trim()) ? undefined : l10n.t('A subnet ID looks like subnet-1a2b3c4d.'));

/** A kernel version: numbers with dots. */
export const versionRule: Rule = (text) =>
  textRule(text) ?? (/^[0-9]+(\.[0-9]+)*$/.test(text.trim()) ? undefined : l10n.t('A version looks like 10.4.'));

/** A charset: the service knows its own list, so only the form is looked at. */
export const charsetRule: Rule = (text) =>
  textRule(text) ??
  (/^[A-Za-z][A-Za-z0-9_-]{0,30}$/.test(text.trim()) ? undefined : l10n.t('A charset looks like UTF8 or LATIN1.'));

/** A tag key: not empty, no control characters, at most 127 characters (Tag API, tag 2018-08-13). */
export const tagKeyRule: Rule = (text) =>
  textRule(text) ?? (text.trim().length > 127 ? l10n.t('A tag key has at most 127 characters.') : undefined);

/** A tag value: like a key, at most 255 characters. */
export const tagValueRule: Rule = (text) =>
  textRule(text) ?? (text.trim().length > 255 ? l10n.t('A tag value has at most 255 characters.') : undefined);

/** The charset as the service takes it: documents write `UTF-8`, requests and answers write `UTF8`. */
export function wireCharset(charset: string): string {
  const upper = charset.trim().toUpperCase();
  return upper === 'UTF-8' ? 'UTF8' : upper;
}

/** True for a finance region, which answers only under a finance domain. */
export function isFinanceRegion(name: string): boolean {
  return name.endsWith('-fsi');
}

/**
 * A free-looking name: the prefix and four letters or digits.
 * @param random numbers in [0, 1), as `Math.random` gives them
 */
export function proposeName(prefix: string, random: () => number): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const tail = Array.from({ length: 4 }, () => letters.charAt(Math.floor(random() * letters.length))).join('');
  return `${prefix}${tail}`;
}
