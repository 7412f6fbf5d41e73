/**
 * The service of the load test, in a process of its own: lists ten thousand instances in pages, tells of one instance
 * or task, changes a status now and then, and counts requests. The simulator would be the slowest part here: it checks
 * every signature and keeps every request. Ends with the process that started it.
 */
import { createServer } from 'node:http';
import * as z from 'zod';
import { createRates } from './rates.ts';
import { instanceId, instances, isServerless, numberOf, regionOf, restless, statusOf, wireInstance } from './world.ts';

/** Instances whose status changes each second. */
const changesPerSecond = 5;

const asked = z.object({
  Limit: z.number().default(100),
  Offset: z.number().default(0),
  Filter: z.array(z.object({ Name: z.string(), Values: z.array(z.string()) })).default([]),
  DBInstanceId: z.string().default(''),
  TaskId: z.number().default(0),
});
type Asked = z.infer<typeof asked>;

const texts = Array.from({ length: instances }, (_, at) => JSON.stringify(wireInstance(at, statusOf(at))));

/** Numbers of instances by kind and region. */
const lists = new Map<string, number[]>();
const listOf = (serverless: boolean, region: string): string => `${String(serverless)} ${region}`;
for (let at = 0; at < instances; at += 1) {
  const key = listOf(isServerless(at), regionOf(at));
  lists.set(key, [...(lists.get(key) ?? []), at]);
}

let turn = 0;
setInterval(() => {
  for (let change = 0; change < changesPerSecond; change += 1) {
    const at = restless.from + (turn % (restless.to - restless.from));
    turn += 37;
    const status = texts[at]?.includes('"restarting"') === true ? 'running' : 'restarting';
    texts[at] = JSON.stringify(wireInstance(at, status));
  }
}, 1_000).unref();

function list(serverless: boolean, region: string, { Limit, Offset, Filter }: Asked): string {
  const all = lists.get(listOf(serverless, region)) ?? [];
  const ids = Filter.find(({ Name }) => Name === 'db-instance-id')?.Values.map(numberOf);
  const found = ids === undefined ? all : all.filter((at) => ids.includes(at));
  const rows = found.slice(Offset, Offset + Limit).map((at) => texts[at] ?? '');
  return `"TotalCount":${String(found.length)},"DBInstanceSet":[${rows.join(',')}]`;
}

const began = performance.now();

function task(id: number): string {
  // It moves on every half a minute, and never ends.
  const percent = Math.floor((performance.now() - began) / 30_000) % 100;
  const row = { TaskId: id, Status: 'Running', Progress: percent, TaskDetail: { CurrentStep: 'copying' } };
  return `"TotalCount":1,"TaskSet":[${JSON.stringify(row)}]`;
}

function fields(action: string, region: string, parameters: Asked): string {
  switch (action) {
    case 'DescribeServerlessDBInstances':
      return list(true, region, parameters);
    case 'DescribeDBInstances':
      return list(false, region, parameters);
    case 'DescribeDBInstanceAttribute':
      return `"DBInstance":${texts[numberOf(parameters.DBInstanceId) ?? -1] ?? 'null'}`;
    case 'DescribeTasks':
      return task(parameters.TaskId);
    default:
      return `"Error":{"Code":"InvalidAction","Message":"Not of this world: ${action}"}`;
  }
}

const { count, rates } = createRates(() => performance.now());
const server = createServer((request, response) => {
  const action = String(request.headers['x-tc-action']);
  count(action);
  let text = '';
  request.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  request.on('end', () => {
    const parameters = asked.parse(JSON.parse(text));
    const body = Buffer.from(
      `{"Response":{${fields(action, String(request.headers['x-tc-region']), parameters)},"RequestId":"r-${instanceId(0)}"}}`,
    );
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  process.send?.({ kind: 'listening', origin: `http://127.0.0.1:${String(address.port)}` });
});
process.on('message', () => process.send?.({ kind: 'rates', rates: rates() }));
process.once('disconnect', () => process.exit());
