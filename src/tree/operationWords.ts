import * as l10n from '@vscode/l10n';
import type { OperationState, OperationView } from '../domain/operation.ts';
import { doingWords, withPercent, type Doing } from './doingWords.ts';

/** Where it stands in words: `Deleted`, `Restarting 40%`. May hold text of the service, as it came. */
export function operationWords({
  kind,
  state,
  subject,
  percent,
  candidates,
}: Pick<OperationView, 'kind' | 'state' | 'subject' | 'percent' | 'candidates'>): string {
  if (state === 'sending') return l10n.t('Sending the request');
  if (candidates !== undefined) return l10n.t('Choose which instance it is');
  const done = state === 'working' ? percent : undefined;
  switch (kind) {
    case 'create':
      return withPercent(createWords(state), done);
    case 'delete':
      return withPercent(deleteWords(state), done);
    case 'openPublic':
      return withPercent(openWords(state), done);
    case 'closePublic':
      return withPercent(closeWords(state), done);
    default:
      return changeWords(state, { kind, subject, percent });
  }
}

type AfterSending = Exclude<OperationState, 'sending'>;

/** The name of the row says what it is about. */
function changeWords(state: AfterSending, doing: Doing): string {
  switch (state) {
    case 'scheduled':
      return l10n.t('About to start');
    case 'settling':
      return l10n.t('Checking whether it was done');
    case 'working':
      return doingWords(doing);
    case 'done':
      return l10n.t('Done');
    case 'failed':
      return l10n.t('Not done');
    case 'unsettled':
      return l10n.t('Not known whether it was done');
  }
}

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
