import * as l10n from '@vscode/l10n';
import type { OperationKind } from '../domain/operation.ts';
import { readSize, sizeWords } from '../domain/size.ts';

/** What is done to an instance beside deleting it and public access, which have words of their own. */
export type ChangingKind = Exclude<OperationKind, 'create' | 'delete' | 'openPublic' | 'closePublic'>;

/** Something that is being done. */
export interface Doing {
  readonly kind: ChangingKind;
  readonly subject?: string | undefined;
  /** 0 to 100. */
  readonly percent?: number | undefined;
}

/**
 * It in words: `Restarting 40%`, `Resizing to 4 cores, 8 GB, 50 GB`. May hold text of the service, as it came. What a
 * narrow view cuts off is the end, so the percentage does not stand there after many words.
 */
export function doingWords({ kind, subject = '', percent }: Doing): string {
  const size = kind === 'resize' ? readSize(subject) : undefined;
  if (size !== undefined && percent !== undefined) return l10n.t('Resizing {0}%: {1}', percent, sizeWords(size));
  return withPercent(wordsOf(kind, subject), percent);
}

export function withPercent(words: string, percent: number | undefined): string {
  return percent === undefined ? words : l10n.t('{0} {1}%', words, percent);
}

function wordsOf(kind: ChangingKind, subject: string): string {
  switch (kind) {
    case 'rename':
      return l10n.t('Renaming to {0}', subject);
    case 'restart':
      return l10n.t('Restarting');
    case 'resize': {
      const size = readSize(subject);
      return size === undefined ? l10n.t('Resizing') : l10n.t('Resizing to {0}', sizeWords(size));
    }
    case 'isolate':
      return l10n.t('Moving to the recycle bin');
    case 'restore':
      return l10n.t('Being restored');
    case 'protect':
      return l10n.t('Turning on deletion protection');
    case 'unprotect':
      return l10n.t('Turning off deletion protection');
    case 'resetPassword':
      return l10n.t('Resetting the password of account {0}', subject);
    case 'createAccount':
      return l10n.t('Creating account {0}', subject);
    case 'deleteAccount':
      return l10n.t('Deleting account {0}', subject);
    case 'createDatabase':
      return l10n.t('Creating database {0}', subject);
    case 'deleteDatabase':
      return l10n.t('Deleting database {0}', subject);
  }
}
