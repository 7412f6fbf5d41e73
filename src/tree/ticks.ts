import { hasEnded, type OperationView } from '../domain/operation.ts';

const second = 1_000;
const minute = 60 * second;

/** How often the duration of something under way is told anew, in milliseconds; more often would be restless. */
export const durationStep = 5 * second;

/**
 * Milliseconds until the words about a deletion or a closing that waits for its time change; `undefined` while none
 * does. Deletions are counted down in seconds, closings in minutes.
 */
export function nextCountdown(operations: readonly OperationView[], now: number): number | undefined {
  return soonest(
    operations.map(({ kind, state, dueAt }) => {
      if (state !== 'scheduled' || dueAt === undefined || dueAt <= now) return undefined;
      return untilNext(dueAt - now, kind === 'closePublic' ? minute : second);
    }),
  );
}

/** The same for the view "Activity", which tells durations as well: those of many operations change together. */
export function nextActivityTick(operations: readonly OperationView[], now: number): number | undefined {
  const durations = operations
    .filter((one) => !hasEnded(one) && one.state !== 'scheduled')
    .map(({ startedAt }) => durationStep - (Math.max(0, now - startedAt) % durationStep));
  const duration = soonest(durations);
  return soonest([nextCountdown(operations, now), duration === undefined ? undefined : Math.max(second, duration)]);
}

function untilNext(left: number, unit: number): number {
  return left % unit || unit;
}

function soonest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
