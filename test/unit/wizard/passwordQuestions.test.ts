import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instanceSigns, passwordRule } from '../../../src/domain/newPassword.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { Step } from '../../../src/wizard/engine.ts';
import { runWizard } from '../../../src/wizard/engine.ts';
import type { PasswordAnswers } from '../../../src/wizard/passwordQuestions.ts';
import { passwordOf, passwordQuestions } from '../../../src/wizard/passwordQuestions.ts';
import type { Question } from '../../../src/wizard/question.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';

let generated = 0;

const review: Question<PasswordAnswers> = {
  key: 'review',
  title: 'Review',
  holds: () => false,
  prompt: () => ({
    kind: 'pick',
    placeholder: '',
    source: {
      rows: () => [
        { label: 'Send', choose: { kind: 'reply', reply: { kind: 'finish' } } },
        { label: 'Change', choose: { kind: 'reply', reply: { kind: 'revisit', key: 'password' } } },
      ],
    },
  }),
};

const questions: readonly Question<PasswordAnswers>[] = [
  ...passwordQuestions({
    forWhat: () => 'For whom',
    rule: passwordRule(instanceSigns),
    generate() {
      generated += 1;
      return new Secret(`generated-${String(generated)}`);
    },
  }),
  review,
];

async function play(moves: readonly Move[]) {
  const person = scriptedPrompter<PasswordAnswers>(moves);
  const answers = await runWizard<PasswordAnswers, Question<PasswordAnswers> & Step<PasswordAnswers>>(
    questions,
    {},
    'first',
    (question, sofar, position) => person.ask('Create', question, sofar, position),
  );
  return {
    password: answers === undefined ? undefined : passwordOf(answers)?.reveal(),
    keys: person.seen.map(({ key }) => key),
  };
}

test('Enter has a password generated, and nothing has to be typed', async () => {
  const { password, keys } = await play(['enter', { choose: 'Send' }]);
  assert.match(password ?? '', /^generated-/);
  assert.deepEqual(keys, ['password', 'review']);
});

test('a password that is typed is typed twice, and shown as dots both times', async () => {
  const { password, keys } = await play([
    { choose: 'Type one' },
    { type: 'Aa1-aaaa' },
    { type: 'Aa1-aaaa' },
    { choose: 'Send' },
  ]);
  assert.equal(password, 'Aa1-aaaa');
  assert.deepEqual(keys, ['password', 'typedPassword', 'repeatedPassword', 'review']);
  for (const question of questions.slice(1, 3)) {
    const prompt = question.prompt({ newPassword: { kind: 'typed', password: new Secret('Aa1-aaaa') } });
    assert.ok(prompt.kind === 'text' && prompt.secret === true);
  }
});

test('a wrong repetition is refused at its box, spaces at its ends included', () => {
  const prompt = questions[2]?.prompt({ newPassword: { kind: 'typed', password: new Secret('Aa1-aaaa') } });
  assert.ok(prompt?.kind === 'text');
  for (const text of ['', 'Aa1-aaa', 'aa1-aaaa', 'Aa1-aaaa ']) {
    assert.match(prompt.rule(text) ?? '', /not the password typed before/, text);
  }
  assert.equal(prompt.rule('Aa1-aaaa'), undefined);
});

test('Back from the repetition leads to the password, and another one has to be repeated anew', async () => {
  const { password, keys } = await play([
    { choose: 'Type one' },
    { type: 'Aa1-aaaa' },
    { back: 'Aa1' },
    { type: 'Bb2-bbbb' },
    { type: 'Bb2-bbbb' },
    { choose: 'Send' },
  ]);
  assert.equal(password, 'Bb2-bbbb');
  assert.deepEqual(keys.slice(1), ['typedPassword', 'repeatedPassword', 'typedPassword', 'repeatedPassword', 'review']);
});

test('from the review a password can be changed for another one, typed or generated', async () => {
  const { password, keys } = await play([
    { choose: 'Type one' },
    { type: 'Aa1-aaaa' },
    { type: 'Aa1-aaaa' },
    { choose: 'Change' },
    { choose: 'Type one' },
    { type: 'Cc3-cccc' },
    { type: 'Cc3-cccc' },
    { choose: 'Change' },
    { choose: 'Generate one' },
    { choose: 'Send' },
  ]);
  assert.match(password ?? '', /^generated-/);
  assert.deepEqual(keys.slice(3), [
    'review',
    'password',
    'typedPassword',
    'repeatedPassword',
    'review',
    'password',
    'review',
  ]);
});

test('half a password is none', () => {
  assert.equal(passwordOf({}), undefined);
  assert.equal(passwordOf({ newPassword: { kind: 'typed' } }), undefined);
  assert.equal(passwordOf({ newPassword: { kind: 'typed', password: new Secret('x') } }), undefined);
});
