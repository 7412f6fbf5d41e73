import { CancelledError } from '../../src/domain/errors.ts';
import type { Now, Sleep } from '../../src/domain/ports.ts';

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/**
 * A clock that stands still while anything happens and jumps to the next sleeper when nothing does, so that hours pass
 * in no time and everything happens in the order of its time.
 * @param start milliseconds since the epoch
 */
export function virtualClock(start = 1_000_000): {
  readonly now: Now;
  readonly sleep: Sleep;
  /** The machine was off for so long: the time passes, and nobody notices. */
  pass(milliseconds: number): void;
} {
  let time = start;
  let pumping = false;
  const sleepers = new Set<Sleeper>();

  function pump(): void {
    if (pumping) return;
    pumping = true;
    // Whatever goes on without sleeping goes on in microtasks, and those come first.
    setImmediate(() => {
      pumping = false;
      const [next] = [...sleepers].sort((a, b) => a.at - b.at);
      if (next === undefined) return;
      sleepers.delete(next);
      time = Math.max(time, next.at);
      next.wake();
      if (sleepers.size > 0) pump();
    });
  }

  return {
    now: () => time,
    pass(milliseconds) {
      time += milliseconds;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const cancel = (): void => {
          sleepers.delete(sleeper);
          reject(new CancelledError());
        };
        const sleeper: Sleeper = {
          at: time + milliseconds,
          wake() {
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
        pump();
      }),
  };
}
