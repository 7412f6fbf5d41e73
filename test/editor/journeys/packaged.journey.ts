/** The package that people install, in the oldest editor that it promises to work in and in the newest one. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import manifest from '../../../package.json' with { type: 'json' };
import { editions, type Edition } from '../../support/editor/codeServerInstall.ts';
import { openStage } from '../../support/editor/stage.ts';
import { createFirstInstance } from '../firstInstance.ts';

const vsix = fileURLToPath(new URL(`../../../out/${manifest.name}-${manifest.version}.vsix`, import.meta.url));

for (const edition of ['floor', 'current'] satisfies Edition[]) {
  const { codeServer, vscode } = editions[edition];
  const where = `VS Code ${vscode} (${edition}, code-server ${codeServer}, door: server)`;
  void test(
    `the package leads from the palette to a PostgreSQL that answers in ${where}`,
    { timeout: 180_000 },
    async (t) => {
      assert.ok(existsSync(vsix), `${vsix} is not there; npm run package makes it`);
      const stage = await openStage({ edition, subject: { vsix }, simulator: { pace: 300 } });
      try {
        const name = `packaged-${edition}`;
        const found = await createFirstInstance(stage.product, name, (line) => {
          t.diagnostic(line);
        });
        assert.match(found.serverVersion, /^\d+\.\d+/u);
        assert.match(found.status, /^Running/u);
        const { instances, calls } = await stage.simulator.control.state();
        assert.deepEqual(
          instances.map(({ id }) => id),
          [found.instanceId],
        );
        assert.equal(calls.filter(({ action }) => action === 'CreateServerlessDBInstance').length, 1);
      } finally {
        await stage.close();
      }
    },
  );
}
