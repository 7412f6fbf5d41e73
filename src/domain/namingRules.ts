import * as l10n from '@vscode/l10n';
import type { Rule } from './createPlan.ts';
import { textRule } from './createPlan.ts';

/** Rules for what only the wizard asks of CreateInstances (document 409/56107); what settings may say is in `rentalRules.ts`. */

/** A name of an instance: fewer than 60 Chinese characters, letters, digits, `_` and `-`; it need not be unique. */
export const displayNameRule: Rule = (text) => {
  const problem = textRule(text);
  if (problem !== undefined) return problem;
  const name = text.trim();
  const wrong = /[^A-Za-z0-9_\-\u4e00-\u9fa5]/u.exec(name);
  if (wrong !== null) {
    return l10n.t('Use Chinese characters, letters, digits, "_" and "-" only. "{0}" is not one of them.', wrong[0]);
  }
  return name.length < 60 ? undefined : l10n.t('At most {0} characters; this has {1}.', 59, name.length);
};

/** A major version, such as `16`. */
export const majorVersionRule: Rule = (text) =>
  textRule(text) ?? (/^[1-9][0-9]?$/.test(text.trim()) ? undefined : l10n.t('A major version looks like 16.'));

/** `sg-` and lower-case letters or digits. */
export const securityGroupRule: Rule = (text) =>
  textRule(text) ??
  (/^sg-[a-z0-9]+$/.test(text.trim()) ? undefined : l10n.t('The ID of a security group looks like sg-1a2b3c4d.'));
