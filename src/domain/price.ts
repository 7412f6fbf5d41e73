import * as l10n from '@vscode/l10n';

/** What the service asks for something; never computed here. */
export interface Price {
  /** In hundredths of the currency, a whole number from 0 on. */
  readonly hundredths: number;
  /** Before discounts, where that differs. */
  readonly originalHundredths?: number;
  /** As the service names it, such as `CNY` or `USD`. */
  readonly currency: string;
}

/** Hours that a month is counted with, as the service's own price pages do. */
export const hoursOfMonth = 730;

/** The amount with its currency: `CNY 1.23`. */
export function amountWords({ hundredths, currency }: Pick<Price, 'hundredths' | 'currency'>): string {
  return words(BigInt(hundredths), currency);
}

function words(hundredths: bigint, currency: string): string {
  return `${currency} ${String(hundredths / 100n)}.${String(hundredths % 100n).padStart(2, '0')}`.trim();
}

/** A price of one hour, with what it comes to in a month: `CNY 1.23 per hour, about CNY 897.90 per month`. */
export function hourlyWords(price: Price): string {
  const month = { ...price, hundredths: price.hundredths * hoursOfMonth };
  // Beyond that, the last digits of a number are not its own.
  if (!Number.isSafeInteger(month.hundredths)) return l10n.t('{0} per hour', amountWords(price));
  return l10n.t('{0} per hour, about {1} per month', amountWords(price), amountWords(month));
}

/** The short form for a row: `CNY 1.23/h`. */
export function hourlyShort(price: Price): string {
  return l10n.t('{0}/h', amountWords(price));
}
