import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPsql } from '../../../src/commands/openPsql.ts';
import type { OpenPsqlDeps } from '../../../src/commands/openPsql.ts';
import { ConfigurationError } from '../../../src/domain/errors.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { TerminalStart } from '../../../src/domain/terminal.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryClipboard, memoryLog, memoryMessages } from '../../support/memory.ts';
import { targetWith } from '../../support/targets.ts';

const instance = instanceWith();

function bench(
  facts: {
    files?: readonly string[];
    path?: string;
    elsewhere?: boolean;
    press?: readonly string[];
    inVpc?: boolean;
  } = {},
) {
  const { files = [], path = '', elsewhere = false, press = [], inVpc = false } = facts;
  const [clipboard, messages, log] = [memoryClipboard(), memoryMessages(press), memoryLog()];
  const opened: TerminalStart[] = [];
  const ends: ((code: number | undefined) => void)[] = [];
  const work: Promise<unknown>[] = [];
  const done: string[] = [];
  const note = (what: string) => () => Promise.resolve(void done.push(what));
  const deps: OpenPsqlDeps = {
    targets: () =>
      Promise.resolve([
        targetWith({ password: new Secret('hunter2'), ...(inVpc ? { address: 'private', reach: 'vpcOnly' } : {}) }),
      ]),
    psqlPath: () => path,
    machine: {
      platform: 'linux',
      environment: { PATH: '/bin' },
      exists: (file) => Promise.resolve(files.includes(file)),
    },
    terminals: {
      elsewhere,
      open: (start, onEnd) => {
        opened.push(start);
        ends.push(onEnd);
      },
    },
    clipboard,
    messages,
    openLink: (url) => Promise.resolve(void done.push(url)),
    testConnection: note('test'),
    setPassword: note('password'),
    openPublicAccess: note('open'),
    background: (promise) => void work.push(promise),
    log,
  };
  return {
    run: () => openPsql(deps)(instance),
    async end(code: number | undefined) {
      ends[0]?.(code);
      await Promise.all(work);
    },
    opened,
    clipboard,
    done,
    said: () => messages.shown.join('\n'),
    lines: log.lines,
  };
}

test('psql runs in a terminal with the name of the instance, the password in its environment and nowhere else', async () => {
  const { run, opened, said, lines } = bench({ files: ['/bin/psql'] });
  await run();
  const [start] = opened;
  assert.ok(start !== undefined);
  assert.deepEqual([start.title, start.program], ['shop', '/bin/psql']);
  const { PGPASSWORD } = start.environment;
  assert.ok(PGPASSWORD instanceof Secret && PGPASSWORD.reveal() === 'hunter2');
  assert.deepEqual(Object.keys(start).sort(), ['environment', 'program', 'title']);
  assert.doesNotMatch([JSON.stringify(start), said(), ...lines].join(), /hunter2/);
});

test('the setting goes before the PATH, and a wrong one is named', async () => {
  const { run, opened } = bench({ files: ['/bin/psql', '/my/psql'], path: '/my/psql' });
  await run();
  assert.equal(opened[0]?.program, '/my/psql');
  await assert.rejects(bench({ files: ['/bin/psql'], path: '/gone/psql' }).run(), (error) => {
    assert.ok(error instanceof ConfigurationError);
    assert.equal(error.setting, 'tencentdbPostgres.psql.path');
    return true;
  });
});

test('where terminals run on another machine nothing is looked up', async () => {
  const { run, opened } = bench({ elsewhere: true });
  await run();
  assert.equal(opened[0]?.program, 'psql');
});

test('a missing psql is said with the command that installs it, which can be copied', async () => {
  const { run, opened, clipboard, said } = bench({ files: ['/bin/dnf'], press: ['Copy Command'] });
  await run();
  assert.deepEqual(opened, []);
  assert.match(said(), /psql was not found.*sudo dnf install postgresql/);
  assert.equal(clipboard.text(), 'sudo dnf install postgresql');
  const unknown = bench({ press: ['Open Download Page'] });
  await unknown.run();
  assert.deepEqual(unknown.done, ['https://www.postgresql.org/download/']);
});

test('a connection that failed is explained with what helps; an ordinary end is not', async () => {
  for (const [facts, code, done] of [
    [{ press: ['Set Password'] }, 2, ['password']],
    [{ press: ['Test Connection'] }, 2, ['test']],
    [{ press: ['Open Public Access'], inVpc: true }, 2, ['open']],
    [{}, 0, []],
    [{}, undefined, []],
  ] as const) {
    const stage = bench({ files: ['/bin/psql'], ...facts });
    await stage.run();
    await stage.end(code);
    assert.deepEqual(stage.done, done);
    assert.equal(stage.said() === '', code !== 2);
    if ('inVpc' in facts) assert.match(stage.said(), /only from inside its VPC/);
  }
});
