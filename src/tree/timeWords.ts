import * as l10n from '@vscode/l10n';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * How long something took, briefly: `45 s`, `1 min 20 s`, `2 h 5 min`. Begun units are not counted.
 * @param milliseconds less than nothing reads as nothing: clocks are set back now and then
 */
export function elapsedWords(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / second);
  if (seconds < 60) return l10n.t('{0} s', seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return seconds % 60 === 0 ? l10n.t('{0} min', minutes) : l10n.t('{0} min {1} s', minutes, seconds % 60);
  }
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? l10n.t('{0} h', hours) : l10n.t('{0} h {1} min', hours, minutes % 60);
}

/** Local time to the minute, in the one order that reads the same in every language. */
export function dateWords(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** How old a list is. `undefined` for one so young that it needs no word. */
export function ageWords(age: number): string | undefined {
  if (age < 5 * minute) return undefined;
  if (age < hour) return l10n.t('Last refreshed {0} minutes ago.', Math.floor(age / minute));
  if (age < 2 * hour) return l10n.t('Last refreshed an hour ago.');
  if (age < 24 * hour) return l10n.t('Last refreshed {0} hours ago.', Math.floor(age / hour));
  if (age < 48 * hour) return l10n.t('Last refreshed a day ago.');
  return l10n.t('Last refreshed {0} days ago.', Math.floor(age / (24 * hour)));
}
