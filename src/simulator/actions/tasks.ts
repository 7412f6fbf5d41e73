import * as z from 'zod';
import { ApiError } from '../apiError.ts';
import { chinaTime, readChinaTime } from '../chinaTime.ts';
import type { InstanceBook } from '../instance.ts';
import { type Action, action, type Call, type Fields } from '../product.ts';
import type { Task } from '../provision.ts';

const tasksSchema = z.strictObject({
  TaskId: z.int().optional(),
  DBInstanceId: z.string().optional(),
  MinStartTime: z.string().optional(),
  MaxStartTime: z.string().optional(),
  Limit: z.int().optional(),
  Offset: z.int().optional(),
  OrderBy: z.string().optional(),
  OrderByType: z.string().optional(),
});

const badValue = 'InvalidParameterValue.InvalidParameterValueError';

/** DescribeTasks: the tasks of all instances in the region. They go with their instance. */
export function taskActions(book: InstanceBook): [string, Action][] {
  function describe(parameters: z.output<typeof tasksSchema>, call: Call): Fields {
    const { OrderBy: by = 'StartTime', OrderByType: direction = 'desc' } = parameters;
    const { Limit: limit = 20, Offset: offset = 0 } = parameters;
    if (limit < 1 || limit > 100) throw new ApiError(badValue, 'Limit is 1 to 100.');
    if (offset < 0) throw new ApiError(badValue, 'Offset begins with 0.');
    if (by !== 'StartTime' && by !== 'EndTime') throw new ApiError(badValue, 'OrderBy takes StartTime or EndTime.');
    if (direction !== 'asc' && direction !== 'desc') throw new ApiError(badValue, 'OrderByType takes asc or desc.');
    const since = timeOf(parameters.MinStartTime, 'MinStartTime') ?? 0;
    const until = timeOf(parameters.MaxStartTime, 'MaxStartTime') ?? Infinity;
    const time = (task: Task): number => (by === 'StartTime' ? task.startedAt : task.endedAt);
    const found = book
      .of(call.key.account)
      .filter(({ id, region }) => region === call.region && id === (parameters.DBInstanceId ?? id))
      .flatMap(({ id, provision }) => (provision?.tasks ?? []).map((task) => ({ id, task })))
      .filter(({ task }) => task.id === (parameters.TaskId ?? task.id))
      .filter(({ task }) => task.startedAt >= since && task.startedAt <= until)
      .sort((a, b) => time(a.task) - time(b.task));
    if (direction === 'desc') found.reverse();
    return {
      TotalCount: found.length,
      TaskSet: found.slice(offset, offset + limit).map(({ id, task }) => wireTask(id, task)),
    };
  }

  return [['DescribeTasks', action(tasksSchema, describe)]];
}

function timeOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const time = readChinaTime(text);
  if (time === undefined) throw new ApiError(badValue, `${name} is not written like 2024-08-23 00:00:00.`);
  return time;
}

function wireTask(instanceId: string, task: Task): Fields {
  return {
    TaskId: task.id,
    TaskType: task.type,
    DBInstanceId: instanceId,
    StartTime: chinaTime(task.startedAt),
    EndTime: task.endedAt === 0 ? '' : chinaTime(task.endedAt),
    Status: task.status,
    Progress: Math.floor((task.done * 100) / task.steps.length),
    TaskDetail: {
      CurrentStep: task.steps[Math.min(task.done, task.steps.length - 1)],
      AllSteps: task.steps.join(','),
      Input: '{}',
      Output: '',
      SwitchTag: task.switchTag,
      SwitchTime: task.switchTime,
      Message: '',
    },
  };
}
