import * as l10n from '@vscode/l10n';

/**
 * What a status means for a person:
 * `making` and `busy` settle by themselves, `usable` accepts connections, `binned` lies in the recycle bin
 * and can be restored, `gone` will not come back, `unknown` is a word that no document lists and that is shown as it came.
 */
export type StatusGroup = 'making' | 'usable' | 'busy' | 'binned' | 'gone' | 'unknown';

/**
 * The statuses of an instance (DescribeServerlessDBInstances, DescribeDBInstances). The API sends mixed case
 * and spaces; both are kept, and the look-up ignores case.
 */
const groups: ReadonlyMap<string, StatusGroup> = new Map<string, StatusGroup>([
  ['applying', 'making'],
  ['init', 'making'],
  ['initing', 'making'],
  ['cloning', 'making'],
  ['running', 'usable'],
  ['limited run', 'usable'],
  ['readonly', 'usable'],
  ['job running', 'busy'],
  ['migrating', 'busy'],
  ['expanding', 'busy'],
  ['restarting', 'busy'],
  ['waitswitch', 'busy'],
  ['switching', 'busy'],
  ['network changing', 'busy'],
  ['upgrading', 'busy'],
  ['audit-switching', 'busy'],
  ['primary-switching', 'busy'],
  ['deployment changing', 'busy'],
  ['parameter modifying', 'busy'],
  ['log-switching', 'busy'],
  ['restoring', 'busy'],
  ['disisolating', 'busy'],
  ['isolating', 'binned'],
  ['isolated', 'binned'],
  ['recycling', 'gone'],
  ['recycled', 'gone'],
  ['offlining', 'gone'],
  ['offline', 'gone'],
]);

/** The group of a status word as the service sent it. */
export function statusGroup(status: string): StatusGroup {
  return groups.get(status.trim().toLowerCase()) ?? 'unknown';
}

/** The status in words for a person; a status we do not know is returned as it came. */
export function statusWords(status: string): string {
  switch (status.trim().toLowerCase()) {
    case 'applying':
      return l10n.t('Requested');
    case 'init':
      return l10n.t('Waiting for initialization');
    case 'initing':
      return l10n.t('Initializing');
    case 'running':
      return l10n.t('Running');
    case 'limited run':
      return l10n.t('Running with limits');
    case 'readonly':
      return l10n.t('Read-only');
    case 'job running':
      return l10n.t('Running a task');
    case 'migrating':
      return l10n.t('Migrating');
    case 'expanding':
      return l10n.t('Expanding');
    case 'restarting':
      return l10n.t('Restarting');
    case 'isolating':
      return l10n.t('Moving to the recycle bin');
    case 'isolated':
      return l10n.t('In the recycle bin');
    case 'disisolating':
      return l10n.t('Being restored');
    case 'cloning':
      return l10n.t('Being cloned');
    case 'waitswitch':
      return l10n.t('Waiting to switch over');
    case 'switching':
    case 'primary-switching':
      return l10n.t('Switching over');
    case 'network changing':
      return l10n.t('Changing the network');
    case 'upgrading':
      return l10n.t('Upgrading');
    case 'audit-switching':
    case 'log-switching':
    case 'parameter modifying':
      return l10n.t('Changing settings');
    case 'deployment changing':
      return l10n.t('Changing zones');
    case 'restoring':
      return l10n.t('Restoring data');
    case 'recycling':
      return l10n.t('Being deleted');
    case 'recycled':
      return l10n.t('Deleted');
    case 'offlining':
      return l10n.t('Going offline');
    case 'offline':
      return l10n.t('Offline');
    default:
      return status;
  }
}
