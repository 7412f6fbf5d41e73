import { isCancelled, NetworkError, ServiceError, UnexpectedAnswerError } from '../domain/errors.ts';
import { readHttpDate } from './httpDate.ts';

/** What was wrong with a request that the service refused for its signature, and can be put right. */
export type Flaw = 'clock' | 'keys';

/** One time that a call was sent in vain. */
export interface FailedTry {
  readonly effect: 'read' | 'write';
  readonly error: Error;
  /** How often it was sent so far, this time included, without those that were refused for a flaw. */
  readonly tries: number;
  /** What has been put right for this call already. */
  readonly mended: ReadonlySet<Flaw>;
  /** Milliseconds since the call began. */
  readonly elapsed: number;
  /** Milliseconds since the call began after which it is not sent again. */
  readonly limit: number;
  /** Milliseconds that the answer told to wait, if it did. */
  readonly told?: number;
  /** A number in [0, 1). */
  readonly chance: number;
}

/** Whether a call is sent again, and why, in words for the log. */
export type Verdict =
  | { readonly kind: 'no'; readonly why: string }
  /** As soon as the flaw is gone; where it cannot be mended, not at all. */
  | { readonly kind: 'mend'; readonly flaw: Flaw; readonly why: string }
  | { readonly kind: 'wait'; readonly milliseconds: number; readonly why: string };

const mostTries = 3;
/** Milliseconds; doubled with every further try. */
const longestFirstWait = 500;
/** Milliseconds. Who is told to wait longer is better told so than kept waiting; asking earlier would be no help. */
const longestTold = 30_000;

/**
 * The one place that decides whether a call is sent again.
 *
 * A read is, when its failure may pass by itself. A write is only when its failure also proves that it had no effect:
 * its request never left, or was turned away at the door for its rate. Neither is sent more than three times, nor later
 * than the limit. A request whose signature was refused had no effect either; it is signed anew once for each flaw.
 */
export function sendAgain(failed: FailedTry): Verdict {
  const { effect, error, tries, mended, elapsed, limit, told } = failed;
  if (isCancelled(error)) return no('it was cancelled');
  const flaw = flawOf(error);
  if (flaw !== undefined) {
    return mended.has(flaw)
      ? no('it was signed anew and refused again')
      : { kind: 'mend', flaw, why: flaw === 'clock' ? 'its time was refused' : 'its keys were refused' };
  }
  if (!mayPass(error)) return no('it would fail again');
  if (effect === 'write' && !hadNoEffect(error)) return no('it may have had an effect');
  if (tries >= mostTries) return no(`it was tried ${String(tries)} times`);
  if (told !== undefined && told > longestTold) return no('it is to wait too long');
  const milliseconds = (told ?? 0) + jitter(tries, failed.chance);
  if (Math.max(0, elapsed) + milliseconds > limit) return no('its time is up');
  const why = effect === 'read' ? 'it may work now' : 'it had no effect';
  return { kind: 'wait', milliseconds, why };
}

function no(why: string): Verdict {
  return { kind: 'no', why };
}

/**
 * A random wait between nothing and a growing limit ("full jitter"), so that many windows do not come back at the same
 * moment; after a wait that was told, too.
 */
function jitter(tries: number, chance: number): number {
  return Math.floor(chance * longestFirstWait * 2 ** (tries - 1));
}

/** The refusals of a signature that may be put right here, each before anything was done ("Common Error Codes"). */
function flawOf(error: Error): Flaw | undefined {
  if (!(error instanceof ServiceError)) return undefined;
  switch (error.code) {
    case 'AuthFailure.SignatureExpire':
      return 'clock';
    // Temporary keys that have ended: as long as the service remembers them, and afterwards.
    case 'AuthFailure.TokenFailure':
    case 'AuthFailure.SecretIdNotFound':
      return 'keys';
    default:
      return undefined;
  }
}

const passingGroups: ReadonlySet<string> = new Set(['RequestLimitExceeded', 'InternalError', 'ServiceUnavailable']);
const passingStatuses: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
/** A proxy says with these that it did not get through itself; with all others, that it does not want to. */
const passingProxyStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

/** True when the same request may succeed a moment later without anybody doing anything. */
export function mayPass(error: Error): boolean {
  if (error instanceof ServiceError) return passingGroups.has(groupOf(error)) || isRateLimit(error);
  if (error instanceof UnexpectedAnswerError) return passingStatuses.has(error.httpStatus);
  if (!(error instanceof NetworkError)) return false;
  const { reason, proxyStatus } = error;
  // A certificate stays as it is, and so does what a proxy refuses; after a slow service the person has waited enough.
  if (reason === 'proxy') return proxyStatus !== undefined && passingProxyStatuses.has(proxyStatus);
  return reason === 'reset' || reason === 'refused' || reason === 'dns';
}

/** True when the request provably changed nothing. An internal error, or an answer that is none, proves nothing. */
export function hadNoEffect(error: Error): boolean {
  if (error instanceof NetworkError) return !error.mayHaveArrived;
  return error instanceof ServiceError && isRateLimit(error);
}

function isRateLimit(error: ServiceError): boolean {
  return groupOf(error) === 'RequestLimitExceeded' || error.code === 'FailedOperation.OperateFrequencyLimitedError';
}

function groupOf({ code }: ServiceError): string {
  const [group = ''] = code.split('.');
  return group;
}

/**
 * Milliseconds that a `Retry-After` header tells to wait: seconds, or a date, which is read by the clock that wrote the
 * answer (RFC 9110, section 10.2.3). `undefined` where it tells nothing that can be understood.
 * @param now milliseconds since the epoch, for an answer without a date of its own
 */
export function toldWait(
  { retryAfter, date }: { readonly retryAfter: string; readonly date: string },
  now: number,
): number | undefined {
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const until = readHttpDate(retryAfter);
  return until === undefined ? undefined : Math.max(0, until - (readHttpDate(date) ?? now));
}
