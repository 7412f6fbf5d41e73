import * as l10n from '@vscode/l10n';
import type { Rule } from './createPlan.ts';
import { hasInvisible } from './invisible.ts';

/** Keys hold no spaces; a stray one from the clipboard is answered by the service as an unknown key. */
function keyRule(name: string, text: string): string | undefined {
  if (text.trim() === '') return l10n.t('Paste the {0}.', name);
  if (text.length > 4_096) return l10n.t('This is too long for a {0}.', name);
  if (hasInvisible(text.trim()) || /\s/.test(text.trim()))
    return l10n.t('A {0} holds no spaces or invisible characters.', name);
  if (/[^\x21-\x7e]/.test(text.trim())) return l10n.t('A {0} holds plain letters, digits and signs only.', name);
  return undefined;
}

export const secretIdRule: Rule = (text) => keyRule('SecretId', text);

export const secretKeyRule: Rule = (text) => keyRule('SecretKey', text);

/** Empty is fine: only temporary keys have a token. */
export const tokenRule: Rule = (text) => (text.trim() === '' ? undefined : keyRule('token', text));

/** `qcs::cam::uin/100000000001:roleName/dba`, or empty for no role. */
export const roleRule: Rule = (text) =>
  text.trim() === '' || /^qcs::cam::uin\/\d+:role(Name)?\/\S+$/.test(text.trim())
    ? undefined
    : l10n.t('A role is written as {0}.', 'qcs::cam::uin/100000000001:roleName/dba');
