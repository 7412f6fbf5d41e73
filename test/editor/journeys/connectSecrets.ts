import assert from 'node:assert/strict';
import { ownPassword, publicWay, type ConnectStage } from './connectStage.ts';

export async function nothingSecretOnCommandLines(stage: ConnectStage): Promise<void> {
  const { commandLines, simulator, tools } = stage;
  const lines = [...commandLines.seen(), ...(await tools.gitCalls())];
  for (const program of ['--type=extensionHost', tools.psql.replace(/psql$/u, ''), 'git '])
    assert.ok(
      lines.some((line) => line.includes(program)),
      `${program} was seen`,
    );
  const { password } = await publicWay(simulator);
  for (const secret of [password, ownPassword, encodeURIComponent(ownPassword), simulator.secretKey])
    assert.deepEqual(
      lines.filter((line) => line.includes(secret)),
      [],
    );
}
