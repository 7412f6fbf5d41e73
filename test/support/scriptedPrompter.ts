import assert from 'node:assert/strict';
import type { Position, Reply } from '../../src/wizard/engine.ts';
import type { Choice, PickPrompt, Question, Row, RowSource, TextPrompt } from '../../src/wizard/question.ts';

/** One thing that a scripted person does. */
export type Move =
  /** Chooses the row whose label contains this text, with this text typed before. */
  | { readonly choose: string; readonly typed?: string }
  /** Types into an input box and presses Enter; the box must take it. */
  | { readonly type: string }
  /** Presses Enter on what the box proposes. */
  | 'enter'
  /** Presses Back, with this text in the box. */
  | { readonly back: string }
  | 'escape';

/** What was seen at each question. */
export interface Seen {
  readonly key: string;
  readonly title: string;
  readonly position: Position;
  readonly rows: readonly string[];
  /** The same rows with everything that they say. */
  readonly lines: readonly string[];
  readonly value: string;
  /** What the box says is wrong when it opens, `''` for nothing. */
  readonly problem: string;
}

/** Plays a person at the questions; fails when the script runs out or a move does not fit what is shown. */
export function scriptedPrompter<A>(moves: readonly Move[]): {
  ask(heading: string, question: Question<A>, answers: Partial<A>, position: Position): Promise<Reply<A>>;
  readonly seen: readonly Seen[];
  readonly left: () => number;
} {
  const queue = [...moves];
  const seen: Seen[] = [];

  function next(where: string): Move {
    const move = queue.shift();
    assert.ok(move !== undefined, `the script has no move for ${where}`);
    return move;
  }

  /** Waits until there is nothing more to be found out. */
  async function sourceOf(from: PickPrompt<A>['source']): Promise<RowSource<A>> {
    const { signal } = new AbortController();
    let rows: RowSource<A>;
    try {
      rows = 'rows' in from ? from.rows : await from.load(signal);
    } catch (error) {
      assert.ok(error instanceof Error && 'failed' in from);
      return from.failed(error);
    }
    await from.later?.(() => undefined, signal);
    return rows;
  }

  async function pick(
    question: Question<A>,
    prompt: PickPrompt<A>,
    note: (rows: readonly Row<A>[]) => void,
  ): Promise<Reply<A>> {
    let source = await sourceOf(prompt.source);
    let values: Partial<A> | undefined;
    note(source(''));
    for (let text = prompt.text ?? ''; ;) {
      const move = next(question.key);
      if (move === 'escape') return { kind: 'cancel' };
      if (typeof move === 'object' && 'back' in move) return back(move.back, values);
      const rows = source(typeof move === 'object' && 'choose' in move ? (move.typed ?? text) : text);
      const row =
        move === 'enter'
          ? (rows.find(({ active }) => active) ?? rows[0])
          : rows.find(({ label }) => 'choose' in move && label.includes(move.choose));
      assert.ok(row !== undefined, `${question.key} shows no such row: ${rows.map(({ label }) => label).join(' | ')}`);
      const choice: Choice<A> = row.choose;
      if (choice.kind === 'reply') return choice.reply;
      if (choice.kind === 'stay') {
        source = choice.rows;
        text = choice.text;
        values = choice.values;
      }
      if (choice.kind === 'load') {
        source = await sourceOf(choice.source);
        text = choice.text;
      }
      if (choice.kind === 'act') await choice.act();
      if (choice.kind === 'reload') {
        await choice.repair?.();
        source = await sourceOf(prompt.source);
      }
    }
  }

  async function type(question: Question<A>, prompt: TextPrompt<A>, draft: string | undefined): Promise<Reply<A>> {
    const move = next(question.key);
    if (move === 'escape') return { kind: 'cancel' };
    if (typeof move === 'object' && 'back' in move) return back(move.back);
    const text = typeof move === 'object' && 'type' in move ? move.type : (draft ?? prompt.value);
    assert.equal(prompt.rule(text), undefined);
    const finding = await prompt.lookUp?.(text, new AbortController().signal).catch(() => undefined);
    assert.notEqual(finding?.severity, 'error', finding?.message);
    return prompt.answer(text);
  }

  return {
    seen,
    left: () => queue.length,
    async ask(_heading, question, answers, position) {
      const prompt = question.prompt(answers);
      const note = (rows: readonly Row<A>[]): void => {
        seen.push({
          key: question.key,
          title: question.title,
          position,
          rows: rows.map(drawn),
          lines: rows.map((row) => `${drawn(row)} | ${row.description ?? ''} | ${row.detail ?? ''}`),
          value: prompt.kind === 'text' ? (position.draft ?? prompt.value) : '',
          problem: prompt.kind === 'text' ? (prompt.problem ?? '') : '',
        });
      };
      if (prompt.kind === 'pick') return pick(question, prompt, note);
      note([]);
      return type(question, prompt, position.draft);
    },
  };
}

/** The label as the editor gets it, with its icon before it. */
export function drawn<A>({ icon, label }: Row<A>): string {
  return icon === undefined ? label : `$(${icon}) ${label}`;
}

function back<A>(draft: string, values?: Partial<A>): Reply<A> {
  return {
    kind: 'back',
    ...(draft === '' ? {} : { draft }),
    ...(values === undefined ? {} : { values }),
  };
}
