import assert from 'node:assert/strict';
import pg from 'pg';
import * as z from 'zod';
import { call, createBody, until, type RunningSimulator } from '../../simulator/support.ts';
import type { CommandLines } from '../../support/editor/commandLines.ts';
import type { Stage } from '../../support/editor/stage.ts';
import type { Tools } from './connectTools.ts';

/** A window with one instance, whose private address cannot be reached from here. */
export interface ConnectStage extends Stage {
  readonly tools: Tools;
  readonly commandLines: CommandLines;
}

export const shop = 'shop';

/** Of the network that is for examples of multicast (RFC 6676): a TCP connection is refused before anything is sent. */
export const unreachable = '233.252.0.4';

/** Typed by the person, with what every form has to escape. */
export const ownPassword = `p w'"\\%20/?#&=@:;,+$HOME\`~!é库`;

const answer = z.object({
  DBInstanceSet: z.tuple([
    z.object({
      DBInstanceNetInfo: z.array(z.object({ NetType: z.string(), Port: z.number(), Status: z.string() })),
      DBAccountSet: z.tuple([z.object({ DBUser: z.string(), DBPassword: z.string().min(8) })]),
      DBDatabaseList: z.tuple([z.string()]),
    }),
  ]),
});

export async function makeShop(simulator: RunningSimulator): Promise<void> {
  await call(simulator, { action: 'CreateServerlessDBInstance', body: createBody(shop) });
  await until(simulator.control.state, ({ instances }) => instances.every(({ status }) => status === 'running'));
}

/** The way through the public address, with the password that the service knows. */
export async function publicWay(simulator: RunningSimulator): Promise<{
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}> {
  const [instance] = answer.parse(await call(simulator, { action: 'DescribeServerlessDBInstances' })).DBInstanceSet;
  const address = instance.DBInstanceNetInfo.find(({ NetType }) => NetType === 'public');
  const [{ DBUser: user, DBPassword: password }] = instance.DBAccountSet;
  const [database] = instance.DBDatabaseList;
  return { host: '127.0.0.1', port: address?.Port ?? 0, user, password, database };
}

/** Logs in as any client does, runs one statement and resolves with its first value. */
export async function query(config: pg.ClientConfig, statement = 'select current_user'): Promise<unknown> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: statement, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

/** Changes it inside the database, of which the service hears nothing. */
export async function changePassword(config: pg.ClientConfig, password: string): Promise<void> {
  await query(config, `alter role current_user password ${pg.escapeLiteral(password)}`);
  assert.equal(await query({ ...config, password }), config.user);
}
