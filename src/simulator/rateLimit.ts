/** Lets so many calls through in any window of that many milliseconds. */
export interface RateLimit {
  /** True when the call may pass; it then counts. */
  take(): boolean;
  /** Forgets the calls so far. */
  clear(): void;
}

export function createRateLimit(limit: number, window: number, now: () => number): RateLimit {
  let passed: number[] = [];
  return {
    take() {
      const time = now();
      passed = passed.filter((earlier) => time - earlier < window);
      if (passed.length >= limit) return false;
      passed.push(time);
      return true;
    },
    clear() {
      passed = [];
    },
  };
}
