import * as l10n from '@vscode/l10n';
import { commonErrors } from './commonErrors.ts';
import { service } from './errorEntry.ts';
import type { ErrorEntry } from './errorEntry.ts';
import { postgresErrors } from './postgresErrors.ts';

const entries = new Map([...Object.entries(commonErrors), ...Object.entries(postgresErrors)]);

/** True when the catalogue has an entry for exactly this code. */
export function isKnownCode(code: string): boolean {
  return entries.has(code);
}

/** The entry of a code (`Group` or `Group.Detail`), else that of its group, else one that says it is not known. */
export function lookUp(code: string): ErrorEntry {
  const [group = ''] = code.split('.');
  const known = entries.get(code) ?? entries.get(group);
  return known?.() ?? service(l10n.t('The service answered with an error that is not documented.'));
}
