import type { OperationState } from '../domain/operation.ts';
import { errorIcon, spinner, warningIcon, type Icon } from './nodeView.ts';

/** What the state of an operation looks like; the words beside it say the same. */
export function operationIcon(state: OperationState): Icon {
  switch (state) {
    case 'scheduled':
      return { id: 'clock' };
    case 'sending':
    case 'settling':
    case 'working':
      return spinner;
    case 'done':
      return { id: 'pass', color: 'charts.green' };
    case 'failed':
      return errorIcon;
    case 'unsettled':
      return warningIcon;
  }
}
