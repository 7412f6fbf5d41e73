/** Something that the service works on (DescribeTasks, since 2025-02-18). */
export interface Task {
  readonly id: number;
  /** `Running`, `Success`, `WaitSwitch`, `Fail`, `Pause`, or whatever else the service says. */
  readonly status: string;
  /** 0 to 100. */
  readonly percent: number;
  /** The step it is at, in the service's words, for display only. */
  readonly step?: string;
  /** Why it failed, in the service's words. */
  readonly message?: string;
}

/** How far a task is: `open` goes on by itself, `waiting` until its time of switching. */
export type TaskStanding = 'open' | 'waiting' | 'succeeded' | 'failed';

export function taskStanding({ status }: Pick<Task, 'status'>): TaskStanding {
  switch (status.trim().toLowerCase()) {
    case 'success':
      return 'succeeded';
    case 'fail':
      return 'failed';
    case 'waitswitch':
    case 'pause':
      return 'waiting';
    default:
      return 'open';
  }
}
