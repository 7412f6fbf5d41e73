import { exactly, wordsToDelete } from '../domain/typedConfirmation.ts';
import type { Question } from '../wizard/question.ts';

/** The last question before something is lost: its name, typed. */
export function typedQuestion<A>(options: {
  readonly title: string;
  expected(answers: Partial<A>): string;
  /** @param words what is to be typed */
  prompt(words: string): string;
  values(typed: string): Partial<A>;
}): Question<A> {
  return {
    key: 'typed',
    title: options.title,
    holds: () => false,
    prompt: (answers) => {
      const expected = wordsFor(options.expected(answers));
      return {
        kind: 'text',
        prompt: options.prompt(expected),
        placeholder: expected,
        value: '',
        rule: exactly(expected),
        answer: (typed) => ({ kind: 'finish', values: options.values(typed) }),
      };
    },
  };
}

/** The one decision, whatever let the text through. */
export function isTyped(name: string, typed: string | undefined): boolean {
  return typed !== undefined && exactly(wordsFor(name))(typed) === undefined;
}

/** A name that cannot be typed as it is read stands aside for a word that can. */
function wordsFor(name: string): string {
  return wordsToDelete([{ name, id: 'delete' }]);
}
