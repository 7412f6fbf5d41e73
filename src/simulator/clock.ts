/** The clock of the service, which may be another one than that of this machine. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Seconds by which it is ahead of this machine's; less than nothing when it is behind. */
  offset(): number;
  set(offset: number): void;
  /** As it was at the start. */
  reset(): void;
}

/** Seconds: fifty years, so that every date is one that HTTP can tell. */
export const largestOffset = 1_577_880_000;

/** @param start seconds by which it is ahead at the start */
export function createClock(start: number): Clock {
  let offset = start;
  return {
    now: () => Date.now() + offset * 1_000,
    offset: () => offset,
    set(next) {
      offset = next;
    },
    reset() {
      offset = start;
    },
  };
}
