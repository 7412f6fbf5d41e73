import * as l10n from '@vscode/l10n';
import type { ErrorKind, Explanation, NextStep, PlanField } from '../domain/explanation.ts';

/** What the catalogue knows about a code, beside what the answer itself says. */
export type ErrorEntry = Pick<Explanation, 'kind' | 'meaning' | 'cause' | 'next' | 'field'>;

/** Codes → entries. Functions, because the language of the editor is known only later. */
export type ErrorEntries = Readonly<Record<string, () => ErrorEntry>>;

function entry(kind: ErrorKind, meaning: string, cause: string, next: readonly NextStep[]): ErrorEntry {
  return { kind, meaning, cause, next };
}

/** The key is not accepted. */
export function credentials(meaning: string, cause: string, next: readonly NextStep[] = []): ErrorEntry {
  return entry('credentials', meaning, cause, [...next, 'signIn', 'openKeysPage']);
}

/** The key is good, and its policies do not allow this. */
export function permission(meaning: string, cause: string): ErrorEntry {
  return entry('permission', meaning, cause, ['checkPermissions', 'signIn', 'reportRequestId']);
}

/** An answer of the wizard was refused. */
export function input(field: PlanField, meaning: string, cause: string, next: NextStep): ErrorEntry {
  return { ...entry('input', meaning, cause, [next]), field };
}

/** Something was refused, and the code does not say which answer it was. */
export function parameter(meaning: string, cause: string): ErrorEntry {
  return entry('input', meaning, cause, ['changeParameter', 'reportRequestId']);
}

/** Something broke at the other end, and may work a moment later. */
export function service(meaning: string): ErrorEntry {
  const cause = l10n.t('The cause is on the side of the service. Nothing you typed is wrong.');
  return entry('service', meaning, cause, ['wait', 'retry', 'reportRequestId']);
}

/** The thing is not there, or not in a state for this. */
export function state(meaning: string, cause: string): ErrorEntry {
  return entry('state', meaning, cause, ['wait', 'retry', 'reportRequestId']);
}

/** A quota or a rate. */
export function limit(meaning: string, cause: string, next: readonly NextStep[]): ErrorEntry {
  return entry('limit', meaning, cause, next);
}

/** The account itself has to be changed. */
export function account(meaning: string, cause: string, next: readonly NextStep[]): ErrorEntry {
  return entry('account', meaning, cause, next);
}

/** The action is not there: at this endpoint, for what is gone for good has words of its own. */
export function noAction(meaning: string): ErrorEntry {
  return misfit(meaning, l10n.t('This endpoint does not have it. The other site may: the two do not offer the same.'));
}

/** The request as such did not fit: the extension, the endpoint or something between them. */
export function misfit(meaning: string, cause: string): ErrorEntry {
  return entry('service', meaning, cause, ['openSettings', 'reportRequestId']);
}
