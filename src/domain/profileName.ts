import * as l10n from '@vscode/l10n';
import type { Rule } from './createPlan.ts';
import { hasInvisible } from './invisible.ts';

const longest = 60;

/** A name that no other profile has. @param taken names of the others */
export function profileNameRule(taken: readonly string[]): Rule {
  return (text) => {
    const name = text.trim();
    if (name === '') return l10n.t('Give the profile a name.');
    if (name.length > longest) return l10n.t('A name has at most {0} characters.', longest);
    if (hasInvisible(name)) return l10n.t('A name holds no line breaks or invisible characters.');
    return taken.includes(name) ? l10n.t('Another profile has this name.') : undefined;
  };
}

/** The wanted name, or with the first number after it that makes it unique. */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const candidate = `${wanted} (${String(number)})`;
    if (!taken.includes(candidate)) return candidate;
  }
}
