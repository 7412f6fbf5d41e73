import * as l10n from '@vscode/l10n';
import type { Rule } from './createPlan.ts';
import { hasInvisible } from './invisible.ts';
import type { Instance } from './instance.ts';

/**
 * What a person types to delete these instances: the name of the one, or the word and the count of several.
 * A name that cannot be typed as it is read stands aside for the id.
 */
export function wordsToDelete(instances: readonly Pick<Instance, 'id' | 'name'>[]): string {
  const [only] = instances;
  if (only === undefined || instances.length > 1) return `delete ${String(instances.length)}`;
  return only.name === '' || only.name !== only.name.trim() || hasInvisible(only.name) ? only.id : only.name;
}

/** Accepts exactly the expected text. The same rule speaks while one types and decides in the end. */
export function exactly(expected: string): Rule {
  return (text) => {
    if (text === expected) return undefined;
    if (text.trim() === expected) return l10n.t('There is a space too many.');
    if (text.trim().toLowerCase() === expected.toLowerCase()) return l10n.t('Upper and lower case count.');
    return l10n.t('Type exactly: {0}', expected);
  };
}
