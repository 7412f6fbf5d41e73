import * as l10n from '@vscode/l10n';
import type { Rule } from './createPlan.ts';
import { Secret } from './secret.ts';

/** Signs that CreateInstances takes in a password (document 409/56107). */
export const instanceSigns = "()`~!@#$%^&*-+=_|{}[]:;'<>,.?/";

/** Shortest and longest, in characters. */
const least = 8;
const most = 32;

/**
 * What the service takes as the password of a database account: 8 to 32 characters out of four sorts, each of them
 * there, and no slash at the beginning. What is wrong is said without a character of the password.
 * @param signs that may be in it, beside letters and digits
 */
export function passwordRule(signs: string): Rule {
  return (password) => {
    const stranger = Array.from(password).some((sign) => !/[A-Za-z0-9]/.test(sign) && !signs.includes(sign));
    if (stranger) {
      return l10n.t('It holds a character that the service does not take. Use letters, digits and {0}', signs);
    }
    if (password.startsWith('/')) return l10n.t('It must not start with "/".');
    if (password.length > most) return l10n.t('At most {0} characters; this has {1}.', most, password.length);
    const missing = [
      ...(password.length < least ? [l10n.t('{0} more characters', least - password.length)] : []),
      ...(/[a-z]/.test(password) ? [] : [l10n.t('a lower-case letter')]),
      ...(/[A-Z]/.test(password) ? [] : [l10n.t('an upper-case letter')]),
      ...(/[0-9]/.test(password) ? [] : [l10n.t('a digit')]),
      ...(/[^A-Za-z0-9]/.test(password) ? [] : [l10n.t('a sign such as "-"')]),
    ];
    return missing.length === 0 ? undefined : l10n.t('Still missing: {0}', missing.join(', '));
  };
}

/** Without characters that are mistaken for each other. */
const lower = 'abcdefghijkmnpqrstuvwxyz';
const upper = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const digits = '23456789';
/** Signs that mean nothing to a shell and nothing in a URI. */
const plainSigns = '-_';

/**
 * A password of 20 characters that every such rule takes. It begins with a letter: a leading `-` is an option to a
 * command line.
 * @param randomInt a whole number from 0 up to, and without, the bound; fit for secrets
 */
export function generatePassword(randomInt: (bound: number) => number): Secret {
  const from = (letters: string): string => letters.charAt(randomInt(letters.length));
  const any = lower + upper + digits + plainSigns;
  const rest = [lower, upper, digits, plainSigns, ...Array.from({ length: 15 }, () => any)].map(from);
  // Fisher and Yates: every order is as likely as any other.
  for (let at = rest.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    [rest[at], rest[other]] = [rest[other] ?? '', rest[at] ?? ''];
  }
  return new Secret(from(lower + upper) + rest.join(''));
}
