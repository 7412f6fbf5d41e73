import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type * as connectionTest from '../../src/database/connectionTest.ts';
import { Secret } from '../../src/domain/secret.ts';
import { sleep } from '../../src/platform/sleep.ts';
import { instanceWith } from '../support/instances.ts';
import { errorMessage, startTcpServer, withoutTls } from '../unit/database/support.ts';

test('the built client of PostgreSQL works where no package is installed', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'database-bundle-'));
  context.after(() => rm(folder, { recursive: true }));
  for (const name of ['database.cjs', 'domain.cjs', 'postgresClient.cjs']) {
    await copyFile(fileURLToPath(new URL(`../../dist/${name}`, import.meta.url)), join(folder, name));
  }
  const built: unknown = createRequire(join(folder, 'any.cjs'))('./database.cjs');
  assert.ok(isConnectionTest(built));

  await using server = await startTcpServer(withoutTls(() => errorMessage('28P01', 'no')));
  const outcome = await built.createConnectionTest({ sleep, now: Date.now, clock: () => performance.now() })(
    {
      access: {
        instance: instanceWith({
          addresses: [{ kind: 'public', host: '127.0.0.1', port: server.port, status: 'opened' }],
        }),
        accounts: [{ user: 'u', password: new Secret('p') }],
        databases: ['d'],
      },
    },
    () => undefined,
    new AbortController().signal,
  );
  assert.match(outcome.report, /wrong password \(28P01\)/);
});

function isConnectionTest(value: unknown): value is typeof connectionTest {
  return typeof value === 'object' && value !== null && 'createConnectionTest' in value;
}
