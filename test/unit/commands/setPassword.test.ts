import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PasswordAnswer } from '../../../src/commands/setPassword.ts';
import { setPassword } from '../../../src/commands/setPassword.ts';
import { createPasswords } from '../../../src/credentials/passwords.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryMessages } from '../../support/memory.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';
import { memoryFacts, memorySecrets } from '../../support/targets.ts';

const instance = instanceWith();

test('a password is kept as it was typed, an empty one forgets it, and Escape changes nothing', async () => {
  const passwords = createPasswords({ secrets: memorySecrets(), memory: memoryFacts() });
  const messages = memoryMessages();
  const type = async (move: Move): Promise<string | undefined> => {
    await setPassword({ passwords, ask: scriptedPrompter<PasswordAnswer>([move]).ask, messages })(instance);
    return (await passwords.get(instance.id))?.reveal();
  };
  assert.equal(await type({ type: ' hunter2 ' }), ' hunter2 ');
  assert.equal(await type('escape'), ' hunter2 ');
  assert.equal(await type({ type: '' }), undefined);
  assert.doesNotMatch(messages.shown.join(), /hunter2/);
  assert.match(messages.shown.join('\n'), /password that you set.*\n.*password of the service/);
});

test('the box shows dots and never what is kept', async () => {
  const passwords = createPasswords({ secrets: memorySecrets(), memory: memoryFacts() });
  const prompter = scriptedPrompter<PasswordAnswer>([{ type: 'hunter2' }, 'escape']);
  const secrets: (boolean | undefined)[] = [];
  const use = setPassword({
    passwords,
    messages: memoryMessages(),
    ask: (heading, question, answers, position) => {
      const prompt = question.prompt(answers);
      if (prompt.kind === 'text') secrets.push(prompt.secret);
      return prompter.ask(heading, question, answers, position);
    },
  });
  await use(instance);
  await use(instance);
  assert.deepEqual(secrets, [true, true]);
  assert.deepEqual(
    prompter.seen.map(({ value }) => value),
    ['', ''],
  );
});
