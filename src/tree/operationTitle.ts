import * as l10n from '@vscode/l10n';
import type { OperationView } from '../domain/operation.ts';
import { plainText } from '../domain/plainText.ts';
import { readSize, sizeWords } from '../domain/size.ts';

/** What is done, as the name of a row: `Delete shop`. In one line, without hidden marks. */
export function operationTitle(operation: Pick<OperationView, 'kind' | 'name' | 'subject' | 'ipv6'>): string {
  const name = plainText(operation.name);
  const subject = plainText(operation.subject ?? '');
  switch (operation.kind) {
    case 'create':
      return l10n.t('Create {0}', name);
    case 'delete':
      return l10n.t('Delete {0}', name);
    case 'openPublic':
      return operation.ipv6 === true
        ? l10n.t('Open public access to {0} over IPv6', name)
        : l10n.t('Open public access to {0}', name);
    case 'closePublic':
      return operation.ipv6 === true
        ? l10n.t('Close public access to {0} over IPv6', name)
        : l10n.t('Close public access to {0}', name);
    case 'rename':
      return l10n.t('Rename {0} to {1}', name, subject);
    case 'restart':
      return l10n.t('Restart {0}', name);
    case 'resize': {
      const size = readSize(subject);
      return size === undefined ? l10n.t('Resize {0}', name) : l10n.t('Resize {0} to {1}', name, sizeWords(size));
    }
    case 'isolate':
      return l10n.t('Move {0} to the recycle bin', name);
    case 'restore':
      return l10n.t('Restore {0} from the recycle bin', name);
    case 'protect':
      return l10n.t('Turn on deletion protection of {0}', name);
    case 'unprotect':
      return l10n.t('Turn off deletion protection of {0}', name);
    case 'resetPassword':
      return l10n.t('Reset the password of account {0} on {1}', subject, name);
    case 'createAccount':
      return l10n.t('Create account {0} on {1}', subject, name);
    case 'deleteAccount':
      return l10n.t('Delete account {0} on {1}', subject, name);
    case 'createDatabase':
      return l10n.t('Create database {0} on {1}', subject, name);
    case 'deleteDatabase':
      return l10n.t('Delete database {0} on {1}', subject, name);
  }
}
