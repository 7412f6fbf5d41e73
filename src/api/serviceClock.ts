import type { Now } from '../domain/ports.ts';
import { readHttpDate } from './httpDate.ts';

/** The clock of the service, as far as its answers have told it. Until then it is taken for the one of this machine. */
export interface ServiceClock {
  /** Milliseconds since the epoch by the service's clock. */
  readonly now: Now;
  /** Milliseconds by which it is ahead of this machine's; less than nothing when it is behind. */
  ahead(): number;
  /**
   * Learns from an answer that refused the time of its request.
   * @returns false when the answer tells no time, an absurd one, or the one that the request had: then it is not the clock
   */
  learn(refused: {
    /** The header `Date` of the answer. */
    readonly date: string;
    /** X-TC-Timestamp of the request, in seconds. */
    readonly timestamp: number;
    /** When it was sent, in milliseconds by the clock of this machine. */
    readonly sentAt: number;
  }): boolean;
}

/** Outside of these years the time of the answer is the one that is wrong. */
const earliest = Date.UTC(2000, 0);
const latest = Date.UTC(2100, 0);
/** Milliseconds. The service takes five minutes; a time closer than this was not refused for the clock. */
const leastDifference = 60_000;

/** @param onLearned hears of every new time, with milliseconds as `ahead` tells them */
export function createServiceClock(now: Now, onLearned: (ahead: number) => void): ServiceClock {
  let ahead = 0;
  return {
    now: () => now() + ahead,
    ahead: () => ahead,
    learn({ date, timestamp, sentAt }) {
      const told = readHttpDate(date);
      if (told === undefined || told < earliest || told >= latest) return false;
      // The answer was written somewhere between the sending and now, and its date is without fractions.
      const learned = Math.round(told + 500 - (sentAt + now()) / 2);
      if (Math.abs(sentAt + learned - timestamp * 1_000) < leastDifference) return false;
      ahead = learned;
      onLearned(ahead);
      return true;
    },
  };
}
