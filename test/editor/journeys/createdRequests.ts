import * as z from 'zod';
import { call, type RunningSimulator } from '../../simulator/support.ts';

/** How many create requests have reached the simulator so far, refused ones included. */
export async function createRequests({ control }: RunningSimulator): Promise<number> {
  const { calls } = await control.state();
  return calls.filter(({ action }) => action === 'CreateServerlessDBInstance').length;
}

const answer = z.object({
  DBInstanceSet: z.array(
    z.object({
      Zone: z.string(),
      DBInstanceName: z.string(),
      DBVersion: z.string(),
      DBCharset: z.string(),
      ProjectId: z.number(),
      VpcId: z.string(),
      SubnetId: z.string(),
      TagList: z.array(z.object({ TagKey: z.string(), TagValue: z.string() })),
    }),
  ),
});

export type Received = z.infer<typeof answer>['DBInstanceSet'][number];

/** The parameters that an instance was made with, as the service tells them. */
export async function received(simulator: RunningSimulator, region: string, name: string): Promise<Received> {
  const fields = await call(simulator, { action: 'DescribeServerlessDBInstances', region });
  const found = answer.parse(fields).DBInstanceSet.find(({ DBInstanceName }) => DBInstanceName === name);
  if (found === undefined) throw new Error(`The simulator has no instance "${name}" in ${region}`);
  return found;
}
