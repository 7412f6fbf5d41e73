import * as l10n from '@vscode/l10n';
import type { OperationKind, OperationState } from '../domain/operation.ts';

/** What is done, as the name of a row: `Delete shop`. */
export function operationTitle(kind: OperationKind, name: string): string {
  switch (kind) {
    case 'create':
      return l10n.t('Create {0}', name);
    case 'delete':
      return l10n.t('Delete {0}', name);
    case 'openPublic':
      return l10n.t('Open public access to {0}', name);
    case 'closePublic':
      return l10n.t('Close public access to {0}', name);
  }
}

/** Where it stands in words. */
export function operationWords(kind: OperationKind, state: OperationState): string {
  if (state === 'sending') return l10n.t('Sending the request');
  switch (kind) {
    case 'create':
      return createWords(state);
    case 'delete':
      return deleteWords(state);
    case 'openPublic':
      return openWords(state);
    case 'closePublic':
      return closeWords(state);
  }
}

type AfterSending = Exclude<OperationState, 'sending'>;

function createWords(state: AfterSending): string {
  switch (state) {
    case 'scheduled':
      return l10n.t('About to be created');
    case 'settling':
      return l10n.t('Checking whether it was created');
    case 'working':
      return l10n.t('Being created');
    case 'done':
      return l10n.t('Created');
    case 'failed':
      return l10n.t('Not created');
    case 'unsettled':
      return l10n.t('Not known whether it was created');
  }
}

function deleteWords(state: AfterSending): string {
  switch (state) {
    case 'scheduled':
      return l10n.t('About to be deleted');
    case 'settling':
      return l10n.t('Checking whether it was deleted');
    case 'working':
      return l10n.t('Deleting');
    case 'done':
      return l10n.t('Deleted');
    case 'failed':
      return l10n.t('Not deleted');
    case 'unsettled':
      return l10n.t('Not known whether it was deleted');
  }
}

function openWords(state: AfterSending): string {
  switch (state) {
    case 'scheduled':
      return l10n.t('About to open');
    case 'settling':
      return l10n.t('Checking whether it was opened');
    case 'working':
      return l10n.t('Opening');
    case 'done':
      return l10n.t('Opened');
    case 'failed':
      return l10n.t('Not opened');
    case 'unsettled':
      return l10n.t('Not known whether it was opened');
  }
}

function closeWords(state: AfterSending): string {
  switch (state) {
    case 'scheduled':
      return l10n.t('Open until its time is up');
    case 'settling':
      return l10n.t('Checking whether it was closed');
    case 'working':
      return l10n.t('Closing');
    case 'done':
      return l10n.t('Closed');
    case 'failed':
      return l10n.t('Not closed');
    case 'unsettled':
      return l10n.t('Not known whether it was closed');
  }
}
