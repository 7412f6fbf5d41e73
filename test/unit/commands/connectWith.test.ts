import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientAnswer } from '../../../src/commands/connectWith.ts';
import { connectWith } from '../../../src/commands/connectWith.ts';
import type { Memory } from '../../../src/domain/memory.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryClipboard, memoryLog, memoryMessages } from '../../support/memory.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';
import { memoryFacts, targetWith } from '../../support/targets.ts';

const pgsql = 'ms-ossdata.vscode-pgsql';
const sqltools = ['mtxr.sqltools', 'mtxr.sqltools-driver-pg'];

async function connect(facts: {
  readonly installed: readonly string[];
  readonly moves: readonly Move[];
  readonly memory?: Memory;
  readonly press?: readonly string[];
  readonly opens?: boolean;
}) {
  const { installed, moves, memory = memoryFacts(), press = [], opens = true } = facts;
  const [clipboard, messages, log] = [memoryClipboard(), memoryMessages(press), memoryLog()];
  const prompter = scriptedPrompter<ClientAnswer>(moves);
  const done: string[] = [];
  const note = (what: string) => Promise.resolve(void done.push(what));
  await connectWith({
    targets: () => Promise.resolve([targetWith({ password: new Secret('hunter2') })]),
    extensions: {
      isInstalled: (id) => installed.includes(id),
      openLink: async (link) => {
        await note(`link ${JSON.stringify(link)}`);
        return opens;
      },
      changeSetting: (section, key, change) => note(`setting ${section}.${key} ${JSON.stringify(change([]))}`),
      run: (command) => note(`run ${command}`),
      search: (text) => note(`search ${text}`),
    },
    memory,
    ask: prompter.ask,
    copy: ({ id }) => note(`copy ${id}`),
    clipboard,
    messages,
    log,
  })(instanceWith());
  assert.equal(prompter.left(), 0);
  assert.doesNotMatch([...done, ...messages.shown, ...log.lines].join('\n'), /hunter2/);
  return { done, rows: prompter.seen[0]?.rows ?? [], clipboard: clipboard.text(), said: messages.shown.join('\n') };
}

test("Microsoft's extension is opened by its link, and the password can be copied for its form", async () => {
  const { done, clipboard } = await connect({
    installed: [pgsql],
    moves: [{ choose: 'Microsoft' }],
    press: ['Copy Password'],
  });
  assert.match(done.join(), /^link \{"authority":"ms-ossdata\.vscode-pgsql","path":"\/connect","query":"server=db/);
  assert.equal(clipboard, 'hunter2');
});

test('a link that cannot be opened is said, and nothing else is claimed', async () => {
  const { said } = await connect({ installed: [pgsql], moves: ['enter'], opens: false });
  assert.match(said, /could not be opened/);
  assert.doesNotMatch(said, /was handed/);
});

test('SQLTools gets an entry in its setting and is shown', async () => {
  const { done, said } = await connect({ installed: sqltools, moves: [{ choose: 'SQLTools' }] });
  assert.match(done[0] ?? '', /^setting sqltools\.connections \[\{"name":"shop \(postgres-aaaa1111\)"/);
  assert.equal(done[1], 'run sqltools.focusOnExplorer');
  assert.match(said, /handed to SQLTools, without the password/);
});

test('only extensions with all their parts are offered; others are copied into', async () => {
  const { rows, done } = await connect({
    installed: ['mtxr.sqltools', 'ckolkman.vscode-postgres'],
    moves: [{ choose: 'Kolkman' }],
  });
  assert.ok(!rows.includes('SQLTools'));
  assert.deepEqual(done, ['copy postgres-aaaa1111']);
});

test('without any, one can look for some or copy', async () => {
  const search = await connect({ installed: [], moves: [{ choose: 'Show extensions' }] });
  assert.match(search.done.join(), /^search @id:ms-ossdata/);
  const copy = await connect({ installed: [], moves: [{ choose: 'Copy' }] });
  assert.deepEqual(copy.done, ['copy postgres-aaaa1111']);
});

test('the last one used comes first', async () => {
  const memory = memoryFacts();
  const installed = [pgsql, ...sqltools];
  await connect({ installed, memory, moves: [{ choose: 'SQLTools' }] });
  const { rows } = await connect({ installed, memory, moves: ['escape'] });
  assert.deepEqual(rows.slice(0, 2), ['SQLTools', 'PostgreSQL (Microsoft)']);
});
