import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod';
import manifest from '../../../package.json' with { type: 'json' };
import { descendants, until } from '../../simulator/support.ts';
import { commandLine } from '../../support/editor/commandLines.ts';
import { publicWay, shop, type ConnectStage } from './connectStage.ts';

const minute = 60_000;

const record = z.looseObject({ kind: z.string(), state: z.string(), dueAt: z.number().optional() });

export async function closedLate(stage: ConnectStage): Promise<void> {
  const { server, simulator } = stage;
  const { workbench } = stage.product;
  const { notifications, page, sidebar } = workbench;
  const { port } = await publicWay(simulator);
  assert.equal(await knock(port), 'open');
  await sidebar.waitForRow(shop, /public for another \d+ minutes/u);

  await page.goto('about:blank');
  await until(
    () => Promise.resolve(extensionHosts()),
    (hosts) => hosts.length === 0,
  );
  await makeOverdue(stage);
  await workbench.reloadedBy(async () => {
    await page.goto(server.address());
  });

  await notifications.waitFor(
    new RegExp(`Closed public access to "${shop}" 1\\d minutes late: no editor was running\\.`, 'u'),
  );
  await sidebar.open();
  await sidebar.waitForRow(shop, /^Running · ap-guangzhou/u);
  await workbench.screenshot('connect-closed-late');
  assert.equal(await knock(port), 'ECONNREFUSED');
}

/** Lets the planned closing have been due a quarter of an hour ago, as if the time had passed. */
async function makeOverdue({ server }: ConnectStage): Promise<void> {
  const { publisher, name } = manifest;
  const folder = join(server.userFolder, 'User/globalStorage', `${publisher}.${name}`.toLowerCase(), 'operations');
  const planned: string[] = [];
  for (const file of (await readdir(folder)).filter((one) => one.endsWith('.json'))) {
    const path = join(folder, file);
    const operation = record.parse(JSON.parse(await readFile(path, 'utf8')));
    if (operation.kind !== 'closePublic' || operation.state !== 'scheduled') continue;
    planned.push(path);
    await writeFile(path, JSON.stringify({ ...operation, dueAt: Date.now() - 15 * minute }));
  }
  assert.equal(planned.length, 1, 'one closing is planned');
}

function extensionHosts(): string[] {
  return descendants(process.pid)
    .map(commandLine)
    .filter((line) => line.includes('--type=extensionHost'));
}

/** `open`, or the code of the refusal. */
async function knock(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return 'open';
  } catch (error) {
    return z.object({ code: z.string() }).parse(error).code;
  } finally {
    socket.destroy();
  }
}
