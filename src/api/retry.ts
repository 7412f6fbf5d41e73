import { NetworkError, ServiceError, UnexpectedAnswerError } from '../domain/errors.ts';
import type { Sleep } from '../domain/ports.ts';

/** Waits between tries; time and chance come from outside. */
export interface RetryOptions {
  readonly sleep: Sleep;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onRetry: (error: Error, milliseconds: number) => void;
}

const tries = 3;
/** Milliseconds; doubled with every further try. */
const longestFirstWait = 500;

/**
 * For reads only: tries up to three times when the failure may pass by itself. Waits are random between nothing and a
 * growing limit ("full jitter"), so that many windows do not come back at the same moment.
 */
export async function retryRead<T>(read: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let done = 1; ; done += 1) {
    try {
      return await read();
    } catch (error) {
      if (done === tries || !(error instanceof Error) || !mayPass(error)) throw error;
      const milliseconds = Math.floor(options.random() * longestFirstWait * 2 ** (done - 1));
      options.onRetry(error, milliseconds);
      await options.sleep(milliseconds, options.signal);
    }
  }
}

const passingGroups: ReadonlySet<string> = new Set(['RequestLimitExceeded', 'InternalError', 'ServiceUnavailable']);
const passingStatuses: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** True when the same read may succeed a moment later without anybody doing anything. */
export function mayPass(error: Error): boolean {
  if (error instanceof ServiceError) {
    const [group = ''] = error.code.split('.');
    return passingGroups.has(group) || error.code === 'FailedOperation.OperateFrequencyLimitedError';
  }
  if (error instanceof UnexpectedAnswerError) return passingStatuses.has(error.httpStatus);
  if (error instanceof NetworkError) {
    // A certificate, a proxy or a slow service stays as it is; the person should not wait three times as long.
    return error.reason === 'reset' || error.reason === 'refused' || error.reason === 'dns';
  }
  return false;
}
