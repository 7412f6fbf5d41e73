import * as l10n from '@vscode/l10n';
import { readSize, sizeWords } from '../domain/size.ts';
import { statusWords } from '../domain/status.ts';
import type { ChangeProgress } from '../instances/change.ts';
import type { ManagedKind } from '../domain/changeOrder.ts';

/** A change by its kind, the name of the instance, and what it is about. */
export interface ChangeName {
  readonly kind: ManagedKind;
  readonly name: string;
  readonly subject?: string;
}

/** What goes on: `Restarting "demo"`. */
export function doingWords({ kind, name, subject = '' }: ChangeName): string {
  switch (kind) {
    case 'rename':
      return l10n.t('Renaming "{0}"', name);
    case 'restart':
      return l10n.t('Restarting "{0}"', name);
    case 'resize':
      return l10n.t('Resizing "{0}"', name);
    case 'isolate':
      return l10n.t('Moving "{0}" to the recycle bin', name);
    case 'restore':
      return l10n.t('Restoring "{0}"', name);
    case 'protect':
      return l10n.t('Turning deletion protection of "{0}" on', name);
    case 'unprotect':
      return l10n.t('Turning deletion protection of "{0}" off', name);
    case 'resetPassword':
      return l10n.t('Resetting the password of account "{0}" of "{1}"', subject, name);
    case 'createAccount':
      return l10n.t('Creating account "{0}" of "{1}"', subject, name);
    case 'deleteAccount':
      return l10n.t('Deleting account "{0}" of "{1}"', subject, name);
    case 'createDatabase':
      return l10n.t('Creating database "{0}" of "{1}"', subject, name);
    case 'deleteDatabase':
      return l10n.t('Deleting database "{0}" of "{1}"', subject, name);
  }
}

export function doneWords({ kind, name, subject = '' }: ChangeName): string {
  switch (kind) {
    case 'rename':
      return l10n.t('"{0}" is now called "{1}".', name, subject);
    case 'restart':
      return l10n.t('"{0}" has restarted.', name);
    case 'resize': {
      const size = readSize(subject);
      return size === undefined
        ? l10n.t('"{0}" has its new size.', name)
        : l10n.t('"{0}" now has {1}.', name, sizeWords(size));
    }
    case 'isolate':
      return l10n.t('"{0}" is in the recycle bin.', name);
    case 'restore':
      return l10n.t('"{0}" is restored and runs.', name);
    case 'protect':
      return l10n.t('Deletion protection of "{0}" is on.', name);
    case 'unprotect':
      return l10n.t('Deletion protection of "{0}" is off.', name);
    case 'resetPassword':
      return l10n.t('The password of account "{0}" of "{1}" is reset, and kept for connections.', subject, name);
    case 'createAccount':
      return l10n.t('Account "{0}" of "{1}" is created, and its password kept for connections.', subject, name);
    case 'deleteAccount':
      return l10n.t('Account "{0}" of "{1}" is deleted.', subject, name);
    case 'createDatabase':
      return l10n.t('Database "{0}" of "{1}" is created.', subject, name);
    case 'deleteDatabase':
      return l10n.t('Database "{0}" of "{1}" is deleted.', subject, name);
  }
}

/** Before the reason why not: `Cannot restart "demo"`. */
export function cannotWords({ kind, name, subject = '' }: ChangeName): string {
  switch (kind) {
    case 'rename':
      return l10n.t('Cannot rename "{0}"', name);
    case 'restart':
      return l10n.t('Cannot restart "{0}"', name);
    case 'resize':
      return l10n.t('Cannot resize "{0}"', name);
    case 'isolate':
      return l10n.t('Cannot move "{0}" to the recycle bin', name);
    case 'restore':
      return l10n.t('Cannot restore "{0}"', name);
    case 'protect':
      return l10n.t('Cannot turn deletion protection of "{0}" on', name);
    case 'unprotect':
      return l10n.t('Cannot turn deletion protection of "{0}" off', name);
    case 'resetPassword':
      return l10n.t('Cannot reset the password of account "{0}" of "{1}"', subject, name);
    case 'createAccount':
      return l10n.t('Cannot create account "{0}" of "{1}"', subject, name);
    case 'deleteAccount':
      return l10n.t('Cannot delete account "{0}" of "{1}"', subject, name);
    case 'createDatabase':
      return l10n.t('Cannot create database "{0}" of "{1}"', subject, name);
    case 'deleteDatabase':
      return l10n.t('Cannot delete database "{0}" of "{1}"', subject, name);
  }
}

/** How far it is: `40%: Preparing`, the step in the service's words. */
export function progressWords({ percent, step, instance }: ChangeProgress): string {
  if (percent !== undefined)
    return step === undefined || step === '' ? `${String(percent)}%` : `${String(percent)}%: ${step}`;
  return instance === undefined
    ? l10n.t('Waiting for the service')
    : l10n.t('Its status: {0}', statusWords(instance.status));
}
