import * as z from 'zod';
import type { Task } from '../../domain/task.ts';
import type { Action, Client } from '../client.ts';
import { postgres, present } from '../postgresWire.ts';

/** What the service works on (DescribeTasks, since 2025-02-18). */
const taskSchema = z.object({
  TaskId: z.number().nullish(),
  Status: z.string().nullish(),
  Progress: z.number().nullish(),
  TaskDetail: z.object({ CurrentStep: z.string().nullish(), Message: z.string().nullish() }).nullish(),
});

const tasksSchema = z.object({ TaskSet: z.array(taskSchema).nullish() });

const tasksAction: Action<z.infer<typeof tasksSchema>> = {
  ...postgres,
  name: 'DescribeTasks',
  effect: 'read',
  schema: tasksSchema,
};

export interface TaskReader {
  task(region: string, taskId: number, signal: AbortSignal): Promise<Task | undefined>;
}

export function createTaskReader(client: Client): TaskReader {
  return {
    async task(region, taskId, signal) {
      const { value } = await client.call(tasksAction, { region, parameters: { TaskId: taskId }, signal });
      const row = value.TaskSet?.find((one) => one.TaskId === taskId);
      return row === undefined ? undefined : toTask(row, taskId);
    },
  };
}

function toTask({ Status, Progress, TaskDetail }: z.infer<typeof taskSchema>, id: number): Task {
  return {
    id,
    status: Status ?? '',
    percent: Math.min(100, Math.max(0, Math.trunc(Progress ?? 0))),
    ...present('step', TaskDetail?.CurrentStep),
    ...present('message', TaskDetail?.Message),
  };
}
