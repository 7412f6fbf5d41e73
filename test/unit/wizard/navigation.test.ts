import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toError } from '../../../src/domain/errors.ts';
import type { Answers } from '../../../src/wizard/answers.ts';
import type { Reply } from '../../../src/wizard/engine.ts';
import { runWizard } from '../../../src/wizard/engine.ts';
import type { Prompt, Question, Row } from '../../../src/wizard/question.ts';
import { createQuestions, orderOf } from '../../../src/wizard/questions.ts';
import { options } from './createWorld.ts';

/** What is put to the person as answers: replies of the rows that can be chosen, or of a text that the rule takes. */
async function replies(prompt: Prompt<Answers>, numbers: readonly number[]): Promise<Reply<Answers>[]> {
  if (prompt.kind === 'text') {
    const texts = [prompt.value, ...numbers.map((number) => String(number * 10)), 'some-name', 'Ab1-efgh', 'boss'];
    return texts.filter((text) => prompt.rule(text) === undefined).map((text) => prompt.answer(text));
  }
  const { source } = prompt;
  const { signal } = new AbortController();
  let draw;
  try {
    draw = 'rows' in source ? source.rows : await source.load(signal);
  } catch (thrown) {
    assert.ok('failed' in source);
    draw = source.failed(toError(thrown));
  }
  return draw('').flatMap(({ choose }: Row<Answers>) => (choose.kind === 'reply' ? [choose.reply] : []));
}

test('whatever a person does, the review is reached with answers that hold, and sends one kind only', async () => {
  const move = fc.record({
    what: fc.constantFrom('answer', 'answer', 'answer', 'answer', 'back'),
    pick: fc.nat({ max: 40 }),
  });
  const using = options();
  const questions = createQuestions(using);
  const kindsSeen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 60 }), async (moves) => {
      const queue = [...moves];
      let reviews = 0;
      const result = await runWizard<Answers, Question<Answers>>(
        questions,
        {},
        'first',
        async (question, answers, position) => {
          assert.ok(position.step >= 1 && position.step <= position.total);
          if (question.key !== 'kind') assert.ok(question.shows?.(answers) ?? true, `${question.key} is hidden`);
          const { what, pick } = queue.shift() ?? { what: 'answer', pick: 0 };
          if (what === 'back') return { kind: 'back', draft: 'x' };
          if (question.key === 'repeatedPassword') {
            const typed = answers.newPassword;
            assert.ok(typed?.kind === 'typed' && typed.password !== undefined);
            const prompt = question.prompt(answers);
            assert.ok(prompt.kind === 'text');
            assert.notEqual(prompt.rule(`${typed.password.reveal()}x`), undefined);
            return prompt.answer(typed.password.reveal());
          }
          const possible = await replies(question.prompt(answers), [1, 5, pick]);
          if (question.key === 'review') {
            reviews += 1;
            assert.ok(orderOf(answers, {}) !== undefined, 'the review has everything');
            if (reviews > 8 || queue.length === 0) return { kind: 'finish' };
          }
          const reply = possible[pick % possible.length];
          // A question whose rows all lead nowhere is left as a person leaves it.
          return reply ?? { kind: 'back' };
        },
      );
      assert.ok(result !== undefined);
      const order = orderOf(result, {});
      assert.ok(order !== undefined);
      kindsSeen.add(order.plan.offering);
      assert.equal(order.password !== undefined, order.plan.rental !== undefined);
      for (const question of questions.slice(0, -1)) {
        if (question.shows?.(result) ?? true) assert.ok(question.holds(result), `${question.key} does not hold`);
      }
    }),
    { numRuns: 300 },
  );
  assert.equal(kindsSeen.size, 2, 'both kinds were walked through');
});
