import { CancelledError } from '../../src/domain/errors.ts';
import type { Now, Sleep } from '../../src/domain/ports.ts';

/** Time that passes only when the test says so. */
export interface Clock {
  readonly now: Now;
  readonly sleep: Sleep;
  /** How long those who sleep now will still sleep, in milliseconds, shortest first. */
  sleeping(): number[];
  /** Lets time pass and wakes those whose time has come. */
  pass(milliseconds: number): void;
}

export function manualClock(start = 0): Clock {
  let time = start;
  const sleepers = new Set<{ readonly due: number; readonly wake: () => void }>();
  return {
    now: () => time,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const cancel = (): void => {
          sleepers.delete(sleeper);
          reject(new CancelledError());
        };
        const sleeper = {
          due: time + milliseconds,
          wake: () => {
            signal.removeEventListener('abort', cancel);
            resolve();
          },
        };
        if (signal.aborted) {
          cancel();
          return;
        }
        signal.addEventListener('abort', cancel, { once: true });
        sleepers.add(sleeper);
      }),
    sleeping: () => [...sleepers].map(({ due }) => due - time).sort((a, b) => a - b),
    pass(milliseconds) {
      time += milliseconds;
      for (const sleeper of [...sleepers].sort((a, b) => a.due - b.due)) {
        if (sleeper.due > time) break;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}

/** Resolves as soon as it is so; files and other processes take their own time. Rejects when it never becomes so. */
export async function soon(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > giveUp) throw new Error(`Waited in vain for ${String(isSo)}`);
    await new Promise(setImmediate);
  }
}
