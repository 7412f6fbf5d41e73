import * as l10n from '@vscode/l10n';
import { accountErrors } from './accountErrors.ts';
import { commonErrors } from './commonErrors.ts';
import { service } from './errorEntry.ts';
import type { ErrorEntry } from './errorEntry.ts';
import { orderErrors } from './orderErrors.ts';
import { placeErrors } from './placeErrors.ts';
import { postgresErrors } from './postgresErrors.ts';
import { serverErrors } from './serverErrors.ts';
import { isServerlessAction } from './serverless/actions.ts';
import { serverlessErrors } from './serverless/errors.ts';

const lists = [commonErrors, postgresErrors, placeErrors, orderErrors, accountErrors, serverErrors];
const entries = new Map(lists.flatMap((list) => Object.entries(list)));
const serverlessEntries = new Map(Object.entries(serverlessErrors));

/** True when the catalogue has an entry for exactly this code. */
export function isKnownCode(code: string): boolean {
  return entries.has(code);
}

/**
 * The entry of a code (`Group` or `Group.Detail`), else that of its group, else one that says it is not known.
 * @param action the one that was answered with it: a few codes mean something of their own to some
 */
export function lookUp(code: string, action: string): ErrorEntry {
  const [group = ''] = code.split('.');
  const own = isServerlessAction(action) ? serverlessEntries : undefined;
  const known = own?.get(code) ?? entries.get(code) ?? own?.get(group) ?? entries.get(group);
  return known?.() ?? service(l10n.t('The service answered with an error that is not documented.'));
}
