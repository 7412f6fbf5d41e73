import * as l10n from '@vscode/l10n';
import type { Explanation } from '../domain/explanation.ts';

/** Why a create has failed, or cannot be settled. */

function withRequest(explanation: Explanation, requestId: string | undefined): Explanation {
  return requestId === undefined ? explanation : { ...explanation, requestId };
}

export function givenUp(requestId: string | undefined): Explanation {
  return withRequest(
    {
      kind: 'service',
      meaning: l10n.t('The service gave the instance up while it was being made.'),
      next: ['retry', 'reportRequestId'],
    },
    requestId,
  );
}

export function neverArrived(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t('The request did not arrive: the service knows no such instance. Nothing was created.'),
    next: ['retry'],
  };
}

/** @param holder id of the instance that has the name */
export function nameTaken(name: string, holder: string): Explanation {
  return {
    kind: 'input',
    meaning: l10n.t(
      'The name "{0}" is taken by another instance, {1}, which was there before. Nothing was created.',
      name,
      holder,
    ),
    next: ['rename'],
    field: 'name',
  };
}

export function cannotAsk(): Explanation {
  return {
    kind: 'network',
    meaning: l10n.t(
      'The answer was lost and the service cannot be asked whether the instance exists. It will be asked again on the next start.',
    ),
    next: ['checkNetwork', 'wait'],
  };
}

/** For a person, who is asked which of them it is. */
export function whichOne(name: string): Explanation {
  return {
    kind: 'service',
    meaning: l10n.t(
      'The answer was lost, and more than one create may have made what is called "{0}" now. Choose the instance that is yours; nothing is sent again.',
      name,
    ),
    next: [],
  };
}

/** @param holder id of the instance that has the name */
export function notAsPlanned(name: string, holder: string): Explanation {
  return {
    kind: 'service',
    meaning: l10n.t(
      'The answer was lost. The name "{0}" is taken by {1}, which is not as it was planned, so it cannot be told whether it comes from this create. Nothing is sent again.',
      name,
      holder,
    ),
    next: [],
  };
}

export function noneOfThem(name: string): Explanation {
  return {
    kind: 'service',
    meaning: l10n.t(
      'You said that none of the instances called "{0}" comes from this create. Nothing is sent again; the service will be asked again on the next start.',
      name,
    ),
    next: [],
  };
}

export function stillOrdered(requestId: string | undefined): Explanation {
  return withRequest(
    {
      kind: 'service',
      meaning: l10n.t(
        'The service took the order and has not named the instance yet. It will be asked again on the next start.',
      ),
      next: ['wait', 'reportRequestId'],
    },
    requestId,
  );
}
