import * as z from 'zod';
import type { Accepted } from '../../domain/ports.ts';
import type { Call, Client } from '../client.ts';
import { postgres } from '../postgresWire.ts';

/** Two names of one number; most actions answer with neither. */
const acceptedSchema = z.object({ TaskId: z.number().nullish(), FlowId: z.number().nullish() });

/** Sends one write, once. What it answers beside a task is of no use here. */
export type Write = (action: string, call: Call) => Promise<Accepted>;

export function createWrite(client: Client): Write {
  return async (name, call) => {
    const action = { ...postgres, name, effect: 'write', schema: acceptedSchema } as const;
    const { value, requestId } = await client.call(action, call);
    const taskId = [value.TaskId, value.FlowId].find((id) => Number.isSafeInteger(id) && Number(id) > 0);
    return { requestId, ...(typeof taskId === 'number' ? { taskId } : {}) };
  };
}
