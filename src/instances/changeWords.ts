import * as l10n from '@vscode/l10n';
import { durationWords } from '../domain/duration.ts';
import type { Explanation } from '../domain/explanation.ts';

/** Why a change has failed, or cannot be told. */

function withRequest(explanation: Explanation, requestId: string | undefined): Explanation {
  return requestId === undefined
    ? explanation
    : { ...explanation, next: [...explanation.next, 'reportRequestId'], requestId };
}

export function notArrived(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t('The request did not arrive: everything is as it was. Nothing was changed.'),
    next: ['retry'],
  };
}

export function absent(): Explanation {
  return { kind: 'state', meaning: l10n.t('The service no longer lists the instance.'), next: [] };
}

export function wentAnotherWay(requestId: string | undefined): Explanation {
  return withRequest(
    {
      kind: 'service',
      meaning: l10n.t('The service began and gave it up: the instance is as it was before.'),
      next: ['retry'],
    },
    requestId,
  );
}

/** @param message the service's own words */
export function taskFailed(message: string | undefined, requestId: string | undefined): Explanation {
  const explanation: Explanation = {
    kind: 'service',
    meaning: l10n.t('The service began and could not finish it.'),
    next: ['retry'],
    ...(message === undefined || message === '' ? {} : { serviceWords: message }),
  };
  return withRequest(explanation, requestId);
}

/** @param limit milliseconds */
export function notThrough(limit: number, requestId: string | undefined): Explanation {
  return withRequest(
    {
      kind: 'service',
      meaning: l10n.t(
        'The service took the request, and nothing has changed for {0}. It will be asked again on the next start.',
        durationWords(limit),
      ),
      next: ['wait'],
    },
    requestId,
  );
}

export function cannotAsk(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t(
      'The answer was lost and it is not clear whether anything was changed. The service will be asked again on the next start.',
    ),
    next: ['checkNetwork', 'wait'],
  };
}

export function restartNotKnown(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t(
      'The answer was lost. The instance runs, and nothing shows whether it was restarted. Restart it again if that matters.',
    ),
    next: [],
  };
}

export function passwordNotKnown(account: string): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t(
      'The answer was lost, and nothing shows which password account "{0}" has now. Reset it once more.',
      account,
    ),
    next: [],
  };
}
