import { CancelledError } from '../domain/errors.ts';
import type { Now, Sleep } from '../domain/ports.ts';

/** Lets only so many callers pass in any period. */
export interface TokenBucket {
  /** Resolves when the caller may go on. Rejects with `CancelledError` on abort; then no token was taken. */
  take(signal: AbortSignal): Promise<void>;
}

/**
 * A token comes back one period after it was taken, so that no window of that length ever holds more than `tokens`.
 * (A bucket that refills evenly would let almost twice as many through around a pause.)
 * @param options.period milliseconds
 */
export function createTokenBucket(options: {
  readonly tokens: number;
  readonly period: number;
  readonly now: Now;
  readonly sleep: Sleep;
}): TokenBucket {
  const { tokens, period, now, sleep } = options;
  /** When each taken token comes back, earliest first. */
  let returns: number[] = [];

  return {
    async take(signal) {
      for (;;) {
        if (signal.aborted) throw new CancelledError();
        const time = now();
        // The second half is for a clock that was set back: no token stays away longer than a period.
        returns = returns.filter((back) => back > time && back <= time + period);
        const [earliest] = returns;
        if (earliest === undefined || returns.length < tokens) {
          returns.push(time + period);
          return;
        }
        await sleep(earliest - time, signal);
      }
    },
  };
}
