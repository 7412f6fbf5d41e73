import * as l10n from '@vscode/l10n';
import { durationWords } from '../domain/duration.ts';

const minute = 60_000;

/**
 * What a person is told whose clock is wrong.
 * @param ahead milliseconds by which the service's clock is ahead of this machine's
 */
export function clockWords(ahead: number): string {
  const span = durationWords(Math.round(Math.abs(ahead) / minute) * minute);
  return ahead > 0
    ? l10n.t('The clock of this machine is {0} slow. Requests go by the clock of the service; please set yours.', span)
    : l10n.t('The clock of this machine is {0} fast. Requests go by the clock of the service; please set yours.', span);
}
