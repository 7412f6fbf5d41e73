import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Position, Reply, Step } from '../../../src/wizard/engine.ts';
import { runWizard } from '../../../src/wizard/engine.ts';

type A = Record<string, string>;

const ask3: readonly Step<A>[] = ['a', 'b', 'c'].map((key) => ({
  key,
  holds: (answers) => answers[key] !== undefined,
}));
const review: Step<A> = { key: 'review', holds: () => false };
const steps = [...ask3, review];

/** Plays replies in order and notes what was asked. */
async function play(
  replies: readonly Reply<A>[],
  list: readonly Step<A>[] = steps,
  start: Partial<A> = {},
  entry: Parameters<typeof runWizard<A, Step<A>>>[2] = 'first',
): Promise<{ asked: string[]; positions: Position[]; result: Partial<A> | undefined }> {
  const queue = [...replies];
  const asked: string[] = [];
  const positions: Position[] = [];
  const result = await runWizard(list, start, entry, (step, _answers, position) => {
    asked.push(step.key);
    positions.push(position);
    return Promise.resolve(queue.shift() ?? { kind: 'cancel' });
  });
  return { asked, positions, result };
}

const say = (key: string, value = key): Reply<A> => ({ kind: 'answer', values: { [key]: value } });

test('questions are asked in order and the review ends the wizard', async () => {
  const { asked, result } = await play([say('a'), say('b'), say('c'), { kind: 'finish' }]);
  assert.deepEqual(asked, ['a', 'b', 'c', 'review']);
  assert.deepEqual(result, { a: 'a', b: 'b', c: 'c' });
});

test('steps are counted by the engine, from 1 to the number of questions that show', async () => {
  const { positions } = await play([say('a'), say('b'), say('c'), { kind: 'finish' }]);
  assert.deepEqual(
    positions.map(({ step, total, canGoBack }) => [step, total, canGoBack]),
    [
      [1, 4, false],
      [2, 4, true],
      [3, 4, true],
      [4, 4, true],
    ],
  );
});

test('a question that does not show is neither asked nor counted', async () => {
  const list = [ask3[0], { key: 'b', shows: (a: Partial<A>) => a['a'] === 'yes', holds: () => true }, review].filter(
    (step) => step !== undefined,
  );
  assert.deepEqual((await play([say('a', 'no'), { kind: 'finish' }], list)).asked, ['a', 'review']);
  const shown = await play([say('a', 'yes'), say('b'), { kind: 'finish' }], list);
  assert.deepEqual(shown.asked, ['a', 'b', 'review']);
  assert.equal(shown.positions[0]?.total, 2);
  assert.equal(shown.positions[1]?.total, 3);
});

test('Back returns to the question before and gives the draft back when the person comes again', async () => {
  const { asked, positions, result } = await play([
    say('a'),
    { kind: 'back', draft: 'half' },
    say('a', 'other'),
    say('b'),
    say('c'),
    { kind: 'finish' },
  ]);
  assert.deepEqual(asked, ['a', 'b', 'a', 'b', 'c', 'review']);
  assert.equal(positions[3]?.draft, 'half');
  assert.equal(result?.['a'], 'other');
});

test('a line of the review leads into its question and straight back', async () => {
  const { asked, result } = await play([
    say('a'),
    say('b'),
    say('c'),
    { kind: 'revisit', key: 'b' },
    say('b', 'new'),
    { kind: 'finish' },
  ]);
  assert.deepEqual(asked, ['a', 'b', 'c', 'review', 'b', 'review']);
  assert.equal(result?.['b'], 'new');
});

test('where questions share a key, a visit leads to the one that shows; a skipped one can be visited', async () => {
  const of = (kind: string): Step<A> => ({
    key: 'b',
    shows: (answers) => answers['a'] === kind,
    holds: (answers) => answers[kind] !== undefined,
  });
  const list = [{ key: 'a', shows: () => false, holds: () => true }, of('x'), of('y'), review];
  const positions: number[] = [];
  const replies: Reply<A>[] = [
    { kind: 'revisit', key: 'b' },
    say('y', 'again'),
    { kind: 'revisit', key: 'a' },
    say('a', 'x'),
    say('x'),
    { kind: 'finish' },
  ];
  const result = await runWizard<A, Step<A>>(list, { a: 'y', y: 'first' }, 'last', (step) => {
    positions.push(list.indexOf(step));
    return Promise.resolve(replies.shift() ?? { kind: 'cancel' });
  });
  assert.deepEqual(positions, [3, 2, 3, 0, 1, 3]);
  assert.deepEqual(result, { a: 'x', x: 'x', y: 'again' });
});

test('an answer that no longer fits after a visit from the review is asked again', async () => {
  const dependent: Step<A> = { key: 'b', holds: (answers) => answers['b'] === answers['a'] };
  const { asked } = await play(
    [say('a', '1'), say('b', '1'), { kind: 'revisit', key: 'a' }, say('a', '2'), say('b', '2'), { kind: 'finish' }],
    [ask3[0] ?? review, dependent, review],
  );
  assert.deepEqual(asked, ['a', 'b', 'review', 'a', 'b', 'review']);
});

test('Back out of a visit from the review leaves the answers as they were', async () => {
  const { asked, result } = await play([
    say('a'),
    say('b'),
    say('c'),
    { kind: 'revisit', key: 'b' },
    { kind: 'back', draft: 'x' },
    { kind: 'finish' },
  ]);
  assert.deepEqual(asked.slice(3), ['review', 'b', 'review']);
  assert.deepEqual(result, { a: 'a', b: 'b', c: 'c' });
});

test('a jump takes its values and asks only what is missing', async () => {
  const { asked, result } = await play([{ kind: 'jump', values: { a: '1', c: '3' } }, say('b'), { kind: 'finish' }]);
  assert.deepEqual(asked, ['a', 'b', 'review']);
  assert.deepEqual(result, { a: '1', b: 'b', c: '3' });
});

test('after a jump, Back from the review leads to the first question, and from there every question is asked', async () => {
  const { asked } = await play([
    { kind: 'jump', values: { a: '1', b: '2', c: '3' } },
    { kind: 'back' },
    say('a'),
    say('b'),
    say('c'),
    { kind: 'finish' },
  ]);
  assert.deepEqual(asked, ['a', 'review', 'a', 'b', 'c', 'review']);
});

test('a wizard can begin at its end, and at one question with Back to those before it', async () => {
  const full = { a: '1', b: '2', c: '3' };
  assert.deepEqual((await play([{ kind: 'finish' }], steps, full, 'last')).asked, ['review']);
  assert.deepEqual((await play([{ kind: 'finish' }], steps, { a: '1' }, 'last')).asked.at(0), 'b');
  const at = await play([{ kind: 'back' }, say('b'), say('c'), { kind: 'finish' }], steps, full, { at: 'c' });
  assert.deepEqual(at.asked, ['c', 'b', 'c', 'review']);
});

test('Escape at any question ends the wizard without an answer', async () => {
  for (let depth = 0; depth < steps.length; depth += 1) {
    const { result, asked } = await play(['a', 'b', 'c'].slice(0, depth).map((key) => say(key)));
    assert.equal(result, undefined);
    assert.equal(asked.length, depth + 1);
  }
});

test('any walk that ends holds every answer, keeps step within total, and never asks a hidden question', async () => {
  const list: readonly Step<A>[] = [
    { key: 'a', holds: (x) => x['a'] !== undefined },
    { key: 'b', shows: (x) => x['a'] !== '0', holds: (x) => x['b'] !== undefined && x['b'] === x['a'] },
    { key: 'c', holds: (x) => x['c'] !== undefined },
    review,
  ];
  const move = fc.record({
    what: fc.constantFrom('answer', 'answer', 'answer', 'back', 'revisit', 'jump'),
    value: fc.constantFrom('0', '1', '2'),
    key: fc.constantFrom('a', 'b', 'c', 'nowhere'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 40 }), async (moves) => {
      const queue = [...moves];
      const result = await runWizard<A, Step<A>>(list, {}, 'first', (step, answers, position) => {
        assert.ok(position.step >= 1 && position.step <= position.total);
        const { what, value, key } = queue.shift() ?? { what: 'answer', value: '1', key: 'a' };
        // A revisit may lead into a hidden question only if the review offered it, which it does not.
        const right = step.key === 'b' ? (answers['a'] ?? value) : value;
        let reply: Reply<A>;
        if (what === 'back') reply = { kind: 'back', draft: value };
        else if (step.key === 'review') {
          const shown = list.find((candidate) => candidate.key === key)?.shows?.(answers) ?? true;
          reply = what === 'revisit' && shown ? { kind: 'revisit', key } : { kind: 'finish' };
        } else if (what === 'jump') reply = { kind: 'jump', values: { [step.key]: right } };
        else reply = { kind: 'answer', values: { [step.key]: right } };
        if (step.key !== 'review') assert.ok(step.shows?.(answers) ?? true, `${step.key} is hidden`);
        return Promise.resolve(reply);
      });
      assert.ok(result !== undefined);
      for (const step of list.slice(0, -1)) {
        if (step.shows?.(result) ?? true) assert.ok(step.holds(result), `${step.key} has no answer that holds`);
      }
    }),
    { numRuns: 500 },
  );
});

test('a wizard without questions, or one whose questions are all skipped, ends where it ends', async () => {
  assert.deepEqual(await play([], []), { asked: [], positions: [], result: undefined });
  const { asked } = await play([{ kind: 'finish' }], steps, { a: '1', b: '2', c: '3' }, 'last');
  assert.deepEqual(asked, ['review']);
});

test('a place that no question has leads to the last one', async () => {
  const { asked, positions } = await play([{ kind: 'finish' }], steps, {}, { at: 'nowhere' });
  assert.deepEqual([asked, positions[0]?.canGoBack], [['review'], true]);
});

test('a visit to a place that does not exist stays where it is', async () => {
  const { asked } = await play([say('a'), { kind: 'revisit', key: 'nowhere' }, { kind: 'cancel' }]);
  assert.deepEqual(asked, ['a', 'b', 'b']);
});

test('the last question may be hidden and is still the end', async () => {
  const hidden: Step<A> = { key: 'review', shows: () => false, holds: () => true };
  const { asked, positions } = await play([say('a'), { kind: 'finish' }], [ask3[0] ?? review, hidden]);
  assert.deepEqual(asked, ['a', 'review']);
  assert.deepEqual(
    positions.map(({ step, total }) => [step, total]),
    [
      [1, 1],
      [2, 2],
    ],
  );
});

test('a draft is there until its question is answered, and no other question has it', async () => {
  const { positions } = await play([
    say('a'),
    { kind: 'back', draft: 'half' },
    say('a'),
    say('b'),
    { kind: 'back' },
    say('b'),
    { kind: 'cancel' },
  ]);
  assert.deepEqual(
    positions.map((position) => ('draft' in position ? position.draft : 'none')),
    ['none', 'none', 'none', 'half', 'none', 'none', 'none'],
  );
});
