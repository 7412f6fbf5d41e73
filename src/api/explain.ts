import * as l10n from '@vscode/l10n';
import {
  ConfigurationError,
  KeysUnavailableError,
  NetworkError,
  NotSignedInError,
  ServiceError,
  UnexpectedAnswerError,
} from '../domain/errors.ts';
import type { Explain, Explanation, NextStep } from '../domain/explanation.ts';
import { problemWords, renewalWords, sourceWords } from '../domain/keyWords.ts';
import { plainText } from '../domain/plainText.ts';
import { lookUp } from './errorCatalog.ts';

/** Turns any failure into words. Words from outside come out as plain text of bounded length. */
export const explain: Explain = (error) => {
  if (error instanceof ServiceError) return explainService(error);
  if (error instanceof NetworkError) return explainNetwork(error);
  if (error instanceof UnexpectedAnswerError) return explainAnswer(error);
  if (error instanceof NotSignedInError) {
    return { kind: 'credentials', meaning: l10n.t('You are not signed in.'), next: ['signIn'] };
  }
  if (error instanceof KeysUnavailableError) {
    const { source, problem } = error;
    const meaning = l10n.t('No keys {0}: {1}', sourceWords(source), problemWords(problem));
    return { kind: 'credentials', meaning, cause: renewalWords(source), next: ['retry'] };
  }
  if (error instanceof ConfigurationError) {
    return { kind: 'input', meaning: plainText(error.message), next: ['openSettings'], setting: error.setting };
  }
  return {
    kind: 'service',
    meaning: l10n.t('Something unexpected happened: {0}', plainText(error.message)),
    next: ['retry'],
  };
};

function explainService(error: ServiceError): Explanation {
  const entry = lookUp(error.code, error.action);
  return {
    ...entry,
    ...(entry.kind === 'permission' ? { cause: deniedCause(entry.cause, error.action) } : {}),
    serviceWords: plainText(error.serviceMessage === '' ? error.code : `${error.code}: ${error.serviceMessage}`),
    ...(error.requestId === '' ? {} : { requestId: error.requestId }),
  };
}

/** One act may take several actions, each with a permission of its own. */
function deniedCause(cause: string | undefined, action: string): string {
  const which = l10n.t('The action that was refused: {0}.', action);
  return cause === undefined ? which : `${cause} ${which}`;
}

function explainNetwork(error: NetworkError): Explanation {
  const { meaning, cause, next } = wayOf(error);
  return { kind: 'network', meaning, cause, next };
}

function wayOf({ reason, host }: NetworkError): { meaning: string; cause: string; next: readonly NextStep[] } {
  switch (reason) {
    case 'dns':
      return {
        meaning: l10n.t('The name {0} could not be found.', host),
        cause: l10n.t('This machine may be offline, or its name service does not know the host.'),
        next: ['checkNetwork', 'retry'],
      };
    case 'refused':
      return {
        meaning: l10n.t('{0} does not accept connections.', host),
        cause: l10n.t('Nothing listens there. If it is the simulator, it may have been stopped.'),
        next: ['retry', 'checkNetwork', 'openSettings'],
      };
    case 'tls':
      return {
        meaning: l10n.t('The connection to {0} could not be secured.', host),
        cause: l10n.t('Its certificate is not trusted here. A company proxy may use an authority of its own.'),
        next: ['checkNetwork', 'openSettings'],
      };
    case 'proxy':
      return {
        meaning: l10n.t('The proxy did not let the request for {0} through.', host),
        cause: l10n.t(
          'The proxy of the settings or of the environment cannot be reached, asks for a password, or refuses the host.',
        ),
        next: ['openSettings', 'checkNetwork', 'retry'],
      };
    case 'timeout':
      return {
        meaning: l10n.t('{0} did not answer in time.', host),
        cause: l10n.t('The network or the service is slow at the moment.'),
        next: ['retry', 'checkNetwork', 'openSettings'],
      };
    case 'reset':
      return {
        meaning: l10n.t('The connection to {0} was cut.', host),
        cause: l10n.t('The network, a proxy or the service ended it.'),
        next: ['retry', 'checkNetwork'],
      };
    case 'other':
      return {
        meaning: l10n.t('{0} could not be reached.', host),
        cause: l10n.t('The network may be down, or there is no way to that host.'),
        next: ['checkNetwork', 'retry'],
      };
  }
}

function explainAnswer(error: UnexpectedAnswerError): Explanation {
  return {
    kind: 'service',
    meaning:
      error.httpStatus === 200 || error.httpStatus === 0
        ? l10n.t('{0} gave an answer that cannot be understood: {1}.', error.host, plainText(error.problem))
        : l10n.t('{0} gave no usable answer (HTTP status {1}).', error.host, error.httpStatus),
    cause: l10n.t(
      'Something between here and the service may have answered in its place, such as a sign-in page of the network.',
    ),
    next: error.requestId === '' ? ['retry', 'checkNetwork', 'openSettings'] : ['retry', 'reportRequestId'],
    ...(error.requestId === '' ? {} : { requestId: error.requestId }),
  };
}
