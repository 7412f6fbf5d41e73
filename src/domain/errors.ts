import type { KeySource, KeysProblem } from './profile.ts';
import { redact } from './redaction.ts';

/**
 * The few kinds of failure. Each holds facts, and never a request, a header or a body: those carry secrets.
 * The words for a person are made in one place, `commands/run.ts`, out of these facts.
 */

/** The service answered, and the answer is an error (`Response.Error`). */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly action: string;
  readonly region: string;
  /** `Group` or `Group.Detail`, as the service sent it. */
  readonly code: string;
  /** The service's own words, without the code, and without secrets that it repeats. */
  readonly serviceMessage: string;
  readonly requestId: string;

  constructor(facts: { action: string; region: string; code: string; message: string; requestId: string }) {
    super(redact(`${facts.action} failed: ${facts.code}: ${facts.message}`));
    this.action = facts.action;
    this.region = facts.region;
    this.code = facts.code;
    this.serviceMessage = redact(facts.message);
    this.requestId = facts.requestId;
  }
}

/** Where the way to the service broke. */
export type NetworkReason = 'dns' | 'refused' | 'tls' | 'proxy' | 'timeout' | 'reset' | 'other';

/** No usable answer came back. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly action: string;
  readonly reason: NetworkReason;
  /** The host, and port where it is not the usual one, that was called. */
  readonly host: string;
  /** False when the request provably never left, so that nothing can have happened at the other end. */
  readonly mayHaveArrived: boolean;
  /** The HTTP status that a proxy answered with instead of leading through; absent when it did not come to that. */
  readonly proxyStatus: number | undefined;

  constructor(
    facts: {
      action: string;
      reason: NetworkReason;
      host: string;
      mayHaveArrived: boolean;
      detail: string;
      proxyStatus?: number | undefined;
    },
    options?: ErrorOptions,
  ) {
    super(`${facts.action} failed: ${facts.reason}: ${facts.detail}`, options);
    this.action = facts.action;
    this.reason = facts.reason;
    this.host = facts.host;
    this.mayHaveArrived = facts.mayHaveArrived;
    this.proxyStatus = facts.proxyStatus;
  }
}

/** An answer came that is not what the documents promise: wrong status, not JSON, wrong shape, too large. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError';
  readonly action: string;
  readonly host: string;
  readonly httpStatus: number;
  /** What was wrong, in words and without the answer's content, e.g. `DBInstanceId: expected a string`. */
  readonly problem: string;
  /** Empty when the answer held none. */
  readonly requestId: string;

  constructor(
    facts: { action: string; host: string; httpStatus: number; problem: string; requestId: string },
    options?: ErrorOptions,
  ) {
    super(`${facts.action} got an unexpected answer (HTTP ${String(facts.httpStatus)}): ${facts.problem}`, options);
    this.action = facts.action;
    this.host = facts.host;
    this.httpStatus = facts.httpStatus;
    this.problem = facts.problem;
    this.requestId = facts.requestId;
  }
}

/** A call was about to be made and there is no key to sign it with. */
export class NotSignedInError extends Error {
  override readonly name = 'NotSignedInError';

  constructor() {
    super('Not signed in');
  }
}

/** Keys were to be read from their source, and it has none to give. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
  readonly source: KeySource;
  readonly problem: KeysProblem;

  constructor(source: KeySource, problem: KeysProblem, options?: ErrorOptions) {
    super(`No keys from ${source.kind}: ${problem.kind}`, options);
    this.source = source;
    this.problem = problem;
  }
}

/** Something a person configured cannot work as it stands. `setting` is the full key when a setting is the cause. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly setting: string;

  constructor(message: string, facts: { setting: string }) {
    super(message);
    this.setting = facts.setting;
  }
}

/** The person or the editor ended it. Not a failure: nothing is shown. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('Cancelled');
  }
}

/** True for our own cancellation and for the abort errors of Node and undici. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'CancelledError' || error.name === 'AbortError');
}

/** A thrown value as an `Error`, whatever was thrown. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
