import * as l10n from '@vscode/l10n';
import type { Rule } from './createPlan.ts';
import { textRule } from './createPlan.ts';
import { passwordRule } from './newPassword.ts';

/**
 * Rules for what is made inside an instance (CreateAccount, CreateDatabase, ResetAccountPassword; comments of the
 * official SDK 4.1.313). The service refuses reserved words of PostgreSQL as well and lists none of them.
 */

const nameRule: Rule = (text) => {
  const problem = textRule(text);
  if (problem !== undefined) return problem;
  const name = text.trim();
  const wrong = /[^A-Za-z0-9_]/u.exec(name);
  if (wrong !== null) return l10n.t('Use letters, digits and "_" only. "{0}" is not one of them.', wrong[0]);
  if (/^[0-9]/.test(name)) return l10n.t('It must not start with a digit.');
  if (name.length > 63) return l10n.t('At most {0} characters; this has {1}.', 63, name.length);
  return name.toLowerCase() === 'postgres' ? l10n.t('"postgres" is taken by the service.') : undefined;
};

/** A database: up to 63 letters, digits and `_`. */
export const databaseNameRule: Rule = (text) => nameRule(text);

/** An account: the same, and some beginnings are reserved. */
export const accountNameRule: Rule = (text) => {
  const lower = text.trim().toLowerCase();
  const reserved = ['pg_', 'tencentdb_'].find((start) => lower.startsWith(start));
  return nameRule(text) ?? (reserved === undefined ? undefined : l10n.t('It must not start with "{0}".', reserved));
};

/** The password of an account: two signs less than the one that an instance is made with (`;` and `'`). */
export const accountPasswordRule: Rule = passwordRule('()`~!@#$%^&*-+=_|{}[]:<>,.?/');
