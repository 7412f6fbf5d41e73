import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyConnectionString } from '../../../src/commands/copyConnectionString.ts';
import { createTargetFinder } from '../../../src/commands/targetFinder.ts';
import { createPasswords } from '../../../src/credentials/passwords.ts';
import type { Targets } from '../../../src/domain/connectTarget.ts';
import type { CopyChoice } from '../../../src/domain/copyChoice.ts';
import { readCopyChoice } from '../../../src/domain/copyChoice.ts';
import type { InstanceAccess } from '../../../src/domain/instance.ts';
import type { Memory } from '../../../src/domain/memory.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryClipboard, memoryLog, memoryMessages } from '../../support/memory.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';
import { memoryFacts, memorySecrets, targetWith } from '../../support/targets.ts';

const instance = instanceWith();
const target = targetWith({ password: new Secret('p w') });
const inVpc = targetWith({ ...target, address: 'private', reach: 'vpcOnly', host: '10.0.0.1', port: 5432 });

/** Copies once and tells what is on the clipboard and what was said. */
async function copied(facts: {
  readonly how?: 'asBefore' | 'ask';
  readonly moves?: readonly Move[];
  readonly memory?: Memory;
  readonly targets?: Targets;
  readonly refusals?: number;
  readonly press?: readonly string[];
}) {
  const { how = 'asBefore', moves = [], memory = memoryFacts(), targets = [target], refusals = 0, press = [] } = facts;
  const [clipboard, messages, log] = [memoryClipboard(), memoryMessages(press), memoryLog()];
  const prompter = scriptedPrompter<CopyChoice>(moves);
  let refuse = refusals;
  await copyConnectionString({
    targets: () => Promise.resolve(targets),
    memory,
    ask: prompter.ask,
    clipboard: {
      write: async (text) => {
        refuse -= 1;
        if (refuse >= 0) throw new Error('no permission to write p w');
        return clipboard.write(text);
      },
    },
    messages,
    log,
  })(instance, how);
  assert.equal(prompter.left(), 0);
  const said = [...messages.shown, ...log.lines].join('\n');
  assert.doesNotMatch(said, /p%20w|p w/);
  return { text: clipboard.text(), said, seen: prompter.seen };
}

test('the first copy asks once about the password and takes the URI; the next one asks nothing', async () => {
  const memory = memoryFacts();
  const first = await copied({ memory, moves: ['enter'] });
  assert.equal(first.text, 'postgresql://u:p%20w@db.example.com:5433/d');
  assert.match(first.said, /password included: URI, public address db\.example\.com:5433/);
  assert.equal((await copied({ memory })).text, first.text);
});

test('without the password is remembered as well', async () => {
  const memory = memoryFacts();
  await copied({ memory, moves: [{ choose: 'Without' }] });
  const { text, said } = await copied({ memory });
  assert.equal(text, 'postgresql://u@db.example.com:5433/d');
  assert.match(said, /without password/);
});

test('a chosen form comes first the next time and is repeated by one click', async () => {
  const memory = memoryFacts();
  const { text, seen } = await copied({ memory, how: 'ask', moves: ['enter', { choose: 'JDBC' }] });
  assert.equal(text, 'jdbc:postgresql://db.example.com:5433/d?user=u&password=p%20w');
  assert.deepEqual(
    seen.map(({ key }) => key),
    ['password', 'format'],
  );
  const again = await copied({ memory, how: 'ask', moves: ['enter'] });
  assert.equal(again.seen[0]?.rows[0], 'JDBC');
  assert.equal(again.text, text);
  assert.equal((await copied({ memory })).text, text);
});

test('password and address can be changed in the list of forms, with the reason for each address', async () => {
  const memory = memoryFacts({ copyChoice: { withPassword: true } });
  const targets: Targets = [target, inVpc];
  const moves: Move[] = [{ choose: 'Leave the password out' }, { choose: 'private address' }, { choose: 'URI' }];
  const { text, said } = await copied({ memory, how: 'ask', targets, moves });
  assert.equal(text, 'postgresql://u@10.0.0.1:5432/d');
  assert.match(said, /private address 10\.0\.0\.1:5432/);
  assert.deepEqual(readCopyChoice(memory.read('copyChoice')), {
    format: 'uri',
    withPassword: false,
    address: 'private',
  });
  const back: Move[] = [{ choose: 'Include the password' }, { choose: 'public address' }, { choose: 'URI' }];
  assert.equal(
    (await copied({ memory, how: 'ask', targets, moves: back })).text,
    'postgresql://u:p%20w@db.example.com:5433/d',
  );
});

test('no row of the list of forms holds the password', async () => {
  const rows: unknown[] = [];
  const memory = memoryFacts({ copyChoice: { withPassword: true } });
  await copyConnectionString({
    targets: () => Promise.resolve([target, inVpc]),
    memory,
    ask: (_heading, question, answers) => {
      const prompt = question.prompt(answers);
      assert.ok(prompt.kind === 'pick' && 'rows' in prompt.source);
      rows.push(...prompt.source.rows(''));
      return Promise.resolve({ kind: 'cancel' });
    },
    clipboard: memoryClipboard(),
    messages: memoryMessages(),
    log: memoryLog(),
  })(instance, 'ask');
  assert.equal(rows.length, 11);
  assert.doesNotMatch(JSON.stringify(rows), /p%20w|p w/);
});

test('Escape copies nothing and remembers nothing', async () => {
  const memory = memoryFacts();
  assert.equal((await copied({ memory, how: 'ask', moves: ['enter', 'escape'] })).text, '');
  assert.equal(memory.read('copyChoice'), undefined);
});

test('a clipboard that refuses is said, and the text can be tried again', async () => {
  const memory = memoryFacts({ copyChoice: { withPassword: true } });
  const tried = await copied({ memory, refusals: 2, press: ['Try Again', 'Try Again'] });
  assert.equal(tried.text, 'postgresql://u:p%20w@db.example.com:5433/d');
  const given = await copied({ memory, refusals: 1 });
  assert.equal(given.text, '');
  assert.match(given.said, /error: The clipboard refused/);
  assert.doesNotMatch(given.said, /copied/);
});

test('a kept password is used, and that is said', async () => {
  const memory = memoryFacts({ copyChoice: { withPassword: true } });
  const { said } = await copied({ memory, targets: [{ ...target, passwordIsKept: true }] });
  assert.match(said, /with the password that you set/);
});

test('a choice of any shape counts as not asked', () => {
  for (const kept of [undefined, null, 7, 'uri', [], { format: 'constructor', withPassword: 1, address: 'x' }]) {
    assert.deepEqual(readCopyChoice(kept), {});
  }
});

test('what is missing to connect is said', async () => {
  const open = { kind: 'private', host: '10.0.0.1', port: 5432, status: 'opened' };
  const access: InstanceAccess = {
    instance: instanceWith({ addresses: [open] }),
    accounts: [{ user: 'u', password: new Secret('first') }],
    databases: ['d'],
  };
  const passwords = createPasswords({ secrets: memorySecrets(), memory: memoryFacts(), log: memoryLog() });
  const find = async (answer: InstanceAccess | undefined) => {
    const messages = memoryMessages();
    const { signal } = new AbortController();
    const never = (): Promise<void> => Promise.reject(new Error('not to be asked for'));
    const ways = { setPassword: never, resetPassword: never };
    const finder = createTargetFinder({ access: () => Promise.resolve(answer), passwords, messages, signal, ...ways });
    return { targets: await finder(instance), said: messages.shown.join() };
  };
  for (const [answer, words] of [
    [undefined, /no longer lists/],
    [{ ...access, instance }, /no open address/],
    [{ ...access, accounts: [] }, /no database account/],
    [{ ...access, databases: [] }, /no database/],
  ] as const) {
    const { targets, said } = await find(answer);
    assert.equal(targets, undefined);
    assert.match(said, words);
  }
  assert.equal((await find(access)).targets?.[0].password.reveal(), 'first');
  await passwords.set(instance.id, new Secret('changed'));
  assert.equal((await find(access)).targets?.[0].password.reveal(), 'changed');
});
