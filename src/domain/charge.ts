import * as l10n from '@vscode/l10n';

/** How an instance is paid for, in words; a word that no document lists is returned as it came. */
export function chargeWords(chargeType: string): string {
  switch (chargeType.trim().toLowerCase()) {
    case 'postpaid':
    case 'postpaid_by_hour':
      return l10n.t('By the hour');
    case 'prepaid':
      return l10n.t('Paid in advance');
    default:
      return chargeType;
  }
}
