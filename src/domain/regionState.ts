import type { Explanation } from './explanation.ts';
import type { Instance } from './instance.ts';

/** What is known about one region of an account. */
export interface RegionState {
  readonly region: string;
  /** As last known; a failed refresh leaves it as it was. */
  readonly instances: readonly Instance[];
  /** Milliseconds since the epoch of the last good refresh; absent: never. */
  readonly refreshedAt?: number;
  /** Why the last refresh failed; absent when it did not. */
  readonly failure?: Explanation;
}
