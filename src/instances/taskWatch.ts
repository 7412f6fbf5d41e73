import { isCancelled, toError } from '../domain/errors.ts';
import type { ErrorKind, Explain } from '../domain/explanation.ts';
import type { Log, Management, Now, ServiceOf, Sleep } from '../domain/ports.ts';
import type { Task, TaskStanding } from '../domain/task.ts';
import { taskStanding } from '../domain/task.ts';
import type { InstanceOperation } from './operation.ts';

/** How a task ended, as far as it can be told. */
export type TaskEnd =
  | { readonly kind: 'succeeded' }
  /** `message` is the service's own. */
  | { readonly kind: 'failed'; readonly message?: string }
  /** The service does not list the task, or does not let it be asked for: the instance has to tell. */
  | { readonly kind: 'untold' }
  /** Nothing about it has changed for as long as the limit. */
  | { readonly kind: 'stuck' };

/**
 * Follows what the service works on until it ends. Rejects with `CancelledError` when the signal aborts, and with the
 * error of a look that no later look can mend.
 * @param onSeen hears of every look that found it open
 */
export type WatchTask = (
  operation: InstanceOperation,
  taskId: number,
  signal: AbortSignal,
  onSeen: (task: Task, standing: Extract<TaskStanding, 'open' | 'waiting'>) => Promise<void>,
) => Promise<TaskEnd>;

/** A new task may not be listed at once; so many times in a row are no slip. */
const absences = 3;
/** What waits for its time of switching may do so for a day; looked at no more often than this, in milliseconds. */
const waitingInterval = 60_000;

const hopeless: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['credentials', 'account']);
/** Asking for tasks is a right of its own, and a newer action than the others. */
const notForUs: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['permission', 'input', 'retired']);

/**
 * @param deps.interval milliseconds between two looks
 * @param deps.limit milliseconds without any change after which it is given up; a task that waits is not
 */
export function createTaskWatch(deps: {
  readonly management: ServiceOf<Pick<Management, 'task'>>;
  readonly sleep: Sleep;
  readonly now: Now;
  readonly interval: () => number;
  readonly limit: () => number;
  readonly explain: Explain;
  readonly log: Log;
}): WatchTask {
  const { management, sleep, now, interval, limit, explain, log } = deps;

  async function look(
    operation: InstanceOperation,
    taskId: number,
    signal: AbortSignal,
  ): Promise<Task | 'absent' | 'untold' | 'trouble'> {
    try {
      return (await management(operation).task(operation.region, taskId, signal)) ?? 'absent';
    } catch (thrown) {
      const error = toError(thrown);
      const { kind } = explain(error);
      if (signal.aborted || isCancelled(error) || hopeless.has(kind)) throw error;
      log.warn(`Look at a task failed: ${String(taskId)} of ${operation.instanceId}: ${error.message}`);
      return notForUs.has(kind) ? 'untold' : 'trouble';
    }
  }

  return async (operation, taskId, signal, onSeen) => {
    let deadline = now() + limit();
    let absent = 0;
    let before = '';
    for (let pause = interval(); ;) {
      await sleep(pause, signal);
      pause = interval();
      const found = await look(operation, taskId, signal);
      if (found === 'untold') return { kind: 'untold' };
      if (found === 'absent') {
        absent += 1;
        if (absent === absences) return { kind: 'untold' };
      } else if (found !== 'trouble') {
        absent = 0;
        const { message, percent, step, status } = found;
        const standing = taskStanding(found);
        if (standing === 'succeeded') return { kind: 'succeeded' };
        if (standing === 'failed') return { kind: 'failed', ...(message === undefined ? {} : { message }) };
        await onSeen(found, standing);
        const isWaiting = standing === 'waiting';
        if (isWaiting) pause = Math.max(pause, waitingInterval);
        const state = [status, String(percent), step].join('\n');
        if (isWaiting || state !== before) deadline = now() + limit() + pause;
        before = state;
      }
      if (now() >= deadline) return { kind: 'stuck' };
    }
  };
}
