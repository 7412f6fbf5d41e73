import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EnvAnswers } from '../../../src/commands/envQuestions.ts';
import { writeEnv } from '../../../src/commands/writeEnv.ts';
import type { Targets } from '../../../src/domain/connectTarget.ts';
import { applied, isEnvFile } from '../../../src/domain/envFile.ts';
import type { Memory } from '../../../src/domain/memory.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { GitState, WorkspaceFiles, Written } from '../../../src/domain/workspaceFiles.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryMessages } from '../../support/memory.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';
import { memoryFacts, targetWith } from '../../support/targets.ts';

const target = targetWith({ password: new Secret('hunter2') });
const inVpc = targetWith({ ...target, address: 'private', reach: 'vpcOnly', host: '10.0.0.1', port: 5432 });
const line = 'DATABASE_URL=postgresql://u:hunter2@db.example.com:5433/d\n';

/** A workspace in memory. Git ignores what `.gitignore` of the same folder lists, or does as it is told. */
function workspace(
  initial: Readonly<Record<string, string>>,
  facts: { folders?: readonly string[]; written?: Readonly<Record<string, Written>>; git?: GitState } = {},
): WorkspaceFiles & { readonly files: Map<string, string> } {
  const { folders = ['app'], written = {}, git } = facts;
  const files = new Map(Object.entries(initial));
  return {
    files,
    folders: () => folders.map((name) => ({ name, uri: name })),
    envFiles: ({ uri }) =>
      Promise.resolve(
        [...files.keys()]
          .filter((path) => path.startsWith(`${uri}/`))
          .map((path) => path.slice(uri.length + 1))
          .filter(isEnvFile),
      ),
    read: ({ uri }, name) => Promise.resolve(files.get(`${uri}/${name}`)),
    change: ({ uri }, name, edit) => {
      const outcome = written[name] ?? 'saved';
      const text = files.get(`${uri}/${name}`) ?? '';
      if (outcome === 'saved' || outcome === 'unsaved') files.set(`${uri}/${name}`, applied(text, edit(text)));
      return Promise.resolve(outcome);
    },
    git: ({ uri }, name) => {
      const ignored = (files.get(`${uri}/.gitignore`) ?? '').split('\n').includes(name);
      return Promise.resolve(git ?? (ignored ? 'ignored' : 'exposed'));
    },
  };
}

async function write(
  files: WorkspaceFiles,
  moves: readonly Move[],
  facts: { memory?: Memory; press?: readonly string[]; targets?: Targets } = {},
) {
  const { memory = memoryFacts(), press = [], targets = [target] } = facts;
  const messages = memoryMessages(press);
  const prompter = scriptedPrompter<EnvAnswers>(moves);
  await writeEnv({ targets: () => Promise.resolve(targets), files, memory, ask: prompter.ask, messages })(
    instanceWith(),
  );
  assert.equal(prompter.left(), 0);
  const said = messages.shown.join('\n');
  assert.doesNotMatch(said, /hunter2/);
  return { said, seen: prompter.seen };
}

test('two times Enter writes DATABASE_URL into .env', async () => {
  const files = workspace({ 'app/.gitignore': '.env\n' });
  const { said } = await write(files, ['enter', 'enter']);
  assert.equal(files.files.get('app/.env'), line);
  assert.match(said, /^status: DATABASE_URL written to \.env\.$/m);
});

test('one line of the chosen file changes, and the variable is proposed the next time', async () => {
  const memory = memoryFacts();
  const files = workspace({ 'app/.gitignore': '.env.local\n', 'app/.env.local': 'A=1\r\nPGURL="old"\r\nB=2\r\n' });
  await write(files, [{ choose: '.env.local' }, { type: 'PGURL' }], { memory });
  assert.equal(
    files.files.get('app/.env.local'),
    'A=1\r\nPGURL="postgresql://u:hunter2@db.example.com:5433/d"\r\nB=2\r\n',
  );
  const { seen } = await write(files, [{ choose: '.env.local' }, 'escape'], { memory });
  assert.equal(seen.at(-1)?.value, 'PGURL');
});

test('one of several folders is chosen, and the address where both are open', async () => {
  const files = workspace({ 'api/.gitignore': '.env\n' }, { folders: ['app', 'api'] });
  const moves: Move[] = [{ choose: 'api' }, 'enter', { choose: 'Private' }, 'enter'];
  const { seen } = await write(files, moves, { targets: [target, inVpc] });
  assert.deepEqual(
    seen.map(({ key }) => key),
    ['folder', 'file', 'address', 'variable'],
  );
  assert.equal(files.files.get('api/.env'), 'DATABASE_URL=postgresql://u:hunter2@10.0.0.1:5432/d\n');
  assert.ok(!files.files.has('app/.env'));
});

test('a file that git does not ignore is warned of, and can be added to .gitignore', async () => {
  const files = workspace({ 'app/.gitignore': 'dist' });
  const { said } = await write(files, ['enter', 'enter'], { press: ['Add to .gitignore'] });
  assert.match(said, /warning: .*git does not ignore \.env, which now holds a password/);
  assert.equal(files.files.get('app/.gitignore'), 'dist\n.env\n');
  assert.match(said, /status: Git ignores \.env now/);
  const left = workspace({});
  await write(left, ['enter', 'enter']);
  assert.ok(!left.files.has('app/.gitignore'));
});

test('that the ignoring did not work is said', async () => {
  const { said } = await write(workspace({}, { git: 'exposed' }), ['enter', 'enter'], { press: ['Add to .gitignore'] });
  assert.match(said, /git does not heed that yet/);
  const readOnly = workspace({}, { written: { '.gitignore': 'readOnly' } });
  assert.match(
    (await write(readOnly, ['enter', 'enter'], { press: ['Add to .gitignore'] })).said,
    /\.gitignore is read-only/,
  );
});

test('a file that is in the repository already is warned of', async () => {
  const { said } = await write(workspace({}, { git: 'tracked' }), ['enter', 'enter']);
  assert.match(said, /\.env is in the git repository: do not commit it/);
});

test('a variable that stands there twice is said, and the last one changes', async () => {
  const files = workspace({ 'app/.gitignore': '.env\n', 'app/.env': 'DATABASE_URL=a\nDATABASE_URL=b\n' });
  const { said } = await write(files, ['enter', 'enter']);
  assert.match(said, /info: .*stands there 2 times; the last one counts/);
  assert.equal(files.files.get('app/.env'), `DATABASE_URL=a\n${line}`);
});

test('an obstacle is said and nothing is claimed', async () => {
  for (const [written, words] of [
    ['readOnly', /\.env is read-only, so nothing was written/],
    ['outside', /\.env is a link that leads out of the workspace/],
    ['notAFile', /\.env is not a file/],
  ] as const) {
    const files = workspace({ 'app/.env': 'A=1' }, { written: { '.env': written } });
    const { said } = await write(files, ['enter', 'enter']);
    assert.match(said, words);
    assert.doesNotMatch(said, /written to/);
    assert.equal(files.files.get('app/.env'), 'A=1');
  }
  const unsaved = workspace({}, { written: { '.env': 'unsaved' }, git: 'ignored' });
  assert.match((await write(unsaved, ['enter', 'enter'])).said, /info: .*not saved yet/);
});

test('without an open folder there is nowhere to write', async () => {
  const { said } = await write(workspace({}, { folders: [] }), []);
  assert.match(said, /No folder is open/);
});
