import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a person could notice, in milliseconds. */
const noticed = 50;

const rhythm = 10;

/** How the event loop was kept waiting, in milliseconds. */
export interface Stalls {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** How often it came more than 50 ms late, by the clock: on a busy machine also for want of a processor. */
  readonly late: number;
  /** Of these, how often this thread itself had worked for more than 50 ms. That is what we answer for. */
  readonly own: number;
  /** The longest such work. */
  readonly ownMax: number;
}

/** Watches the event loop of this process from now on. */
export function watchStalls(): { pause(): void; resume(): void; read(): Stalls } {
  const delays = monitorEventLoopDelay({ resolution: rhythm });
  let late = 0;
  let own = 0;
  let ownMax = 0;
  let timer: NodeJS.Timeout | undefined;

  function next(): void {
    const since = performance.now();
    const worked = process.threadCpuUsage();
    timer = setTimeout(() => {
      const { user, system } = process.threadCpuUsage(worked);
      const milliseconds = (user + system) / 1_000;
      ownMax = Math.max(ownMax, milliseconds);
      if (performance.now() - since - rhythm > noticed) {
        late += 1;
        if (milliseconds > noticed) own += 1;
      }
      next();
    }, rhythm);
  }

  function resume(): void {
    delays.enable();
    next();
  }

  resume();
  return {
    resume,
    /** For what is not the extension's work, such as collecting garbage to measure. */
    pause() {
      delays.disable();
      clearTimeout(timer);
    },
    read: () => ({
      p50: delays.percentile(50) / 1e6,
      p99: delays.percentile(99) / 1e6,
      max: delays.max / 1e6,
      late,
      own,
      ownMax,
    }),
  };
}
