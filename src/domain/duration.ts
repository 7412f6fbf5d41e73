import * as l10n from '@vscode/l10n';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something is wanted. */
export type HowLong = { readonly kind: 'forGood' } | { readonly kind: 'for'; readonly milliseconds: number };

/** The times that public access is offered for, the shortest first; the first is proposed. In milliseconds. */
export const publicAccessTimes: readonly number[] = [30 * minute, 2 * hour, day];

/**
 * A span of time in words, to the minute and rounded up, so that what is left never reads shorter than it is:
 * `28 minutes`, `2 hours 5 minutes`, `1 day 3 hours`. At most the two largest units are said.
 * @param milliseconds less than one minute, and less than nothing, reads `less than a minute`
 */
export function durationWords(milliseconds: number): string {
  if (milliseconds < minute) return l10n.t('less than a minute');
  const minutes = Math.ceil(milliseconds / minute);
  // With days, the minutes are not said, so they are rounded up into the hours.
  const whole = minutes * minute < day ? minutes * minute : Math.ceil(milliseconds / hour) * hour;
  const parts = [
    dayWords(Math.floor(whole / day)),
    hourWords(Math.floor((whole % day) / hour)),
    minuteWords(Math.floor((whole % hour) / minute)),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function dayWords(days: number): string {
  if (days === 0) return '';
  return days === 1 ? l10n.t('1 day') : l10n.t('{0} days', days);
}

function hourWords(hours: number): string {
  if (hours === 0) return '';
  return hours === 1 ? l10n.t('1 hour') : l10n.t('{0} hours', hours);
}

function minuteWords(minutes: number): string {
  if (minutes === 0) return '';
  return minutes === 1 ? l10n.t('1 minute') : l10n.t('{0} minutes', minutes);
}

/** The same to the second, for spans that one waits through: `10 seconds`, `1 second`; from two minutes on in minutes. */
export function secondsWords(milliseconds: number): string {
  if (milliseconds >= 2 * minute) return durationWords(milliseconds);
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  return seconds === 1 ? l10n.t('1 second') : l10n.t('{0} seconds', seconds);
}
