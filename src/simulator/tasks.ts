import type { InstanceBook } from './instance.ts';
import type { Task } from './provision.ts';

/** A task before it has begun. */
export interface TaskPlan {
  /** As DescribeTasks names it, such as `RestartInstance`. */
  readonly type: string;
  /** Names of the steps, in order. */
  readonly steps: readonly string[];
  /** 0 no switch (where absent), 1 at once, 2 at a time, 3 in the maintenance window. */
  readonly switchTag?: number;
  /** `HH:MM:SS`. */
  readonly switchTime?: string;
}

/** The tasks in the book. A serverless instance has none: there every call does nothing. */
export interface Tasks {
  /** Writes down a new one and answers with its id. */
  add(instanceId: string, plan: TaskPlan): Promise<number>;
  setStatus(instanceId: string, taskId: number, status: Task['status']): Promise<void>;
  /** One more step is done; with the last one the task has succeeded. */
  advance(instanceId: string, taskId: number): Promise<void>;
  /** Ends those that are under way like this. */
  endAll(instanceId: string, status: 'Success' | 'Fail'): Promise<void>;
}

export interface TasksParts {
  readonly book: InstanceBook;
  readonly now: () => number;
  readonly newTaskId: () => number;
}

/** How many an instance remembers. */
const kept = 50;

export function createTasks({ book, now, newTaskId }: TasksParts): Tasks {
  async function change(instanceId: string, applies: (task: Task) => boolean, to: (task: Task) => Task): Promise<void> {
    const before = book.find(instanceId)?.provision?.tasks ?? [];
    if (!before.some(applies)) return;
    await book.updateProvision(instanceId, { tasks: before.map((task) => (applies(task) ? to(task) : task)) });
  }

  const isOpen = (task: Task): boolean => task.status === 'Running' || task.status === 'WaitSwitch';

  return {
    async add(instanceId, { type, steps, switchTag = 0, switchTime = '' }) {
      const task: Task = {
        id: newTaskId(),
        type,
        startedAt: now(),
        endedAt: 0,
        status: 'Running',
        steps: [...steps],
        done: 0,
        switchTag,
        switchTime,
      };
      const before = book.find(instanceId)?.provision?.tasks ?? [];
      await book.updateProvision(instanceId, { tasks: [...before.slice(1 - kept), task] });
      return task.id;
    },
    setStatus: (instanceId, taskId, status) =>
      change(
        instanceId,
        (task) => task.id === taskId && task.status !== status,
        (task) => ({ ...task, status }),
      ),
    advance: (instanceId, taskId) =>
      change(
        instanceId,
        (task) => task.id === taskId,
        (task) =>
          task.done + 1 < task.steps.length
            ? { ...task, done: task.done + 1 }
            : { ...task, done: task.steps.length, status: 'Success', endedAt: now() },
      ),
    endAll: (instanceId, status) =>
      change(instanceId, isOpen, (task) => ({
        ...task,
        status,
        endedAt: now(),
        done: status === 'Success' ? task.steps.length : task.done,
      })),
  };
}
