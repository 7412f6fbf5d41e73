/**
 * The order of the questions: next, back, straight to the review, back into one question from there.
 * It knows nothing of what is asked or how; it only decides which question comes next and with which answers.
 */

/** What came of asking one question. */
export type Reply<A> =
  /** Go on; the values join the answers. */
  | { readonly kind: 'answer'; readonly values: Partial<A> }
  /** Take these values and ask only what is still missing. */
  | { readonly kind: 'jump'; readonly values: Partial<A> }
  /** From the review into one question. */
  | { readonly kind: 'revisit'; readonly key: string }
  /** The end: the review was confirmed, or the last question answered. */
  | { readonly kind: 'finish'; readonly values?: Partial<A> }
  /** To the question before; `draft` is what stood in the box, `values` what was already put together in it. */
  | { readonly kind: 'back'; readonly draft?: string; readonly values?: Partial<A> }
  | { readonly kind: 'cancel' };

/** What the engine has to know of a question. The last one of a list ends the wizard; for "create" it is the review. */
export interface Step<A> {
  readonly key: string;
  /** Absent: always. */
  shows?(answers: Partial<A>): boolean;
  /** True when the answers hold a value for this question that still fits the other answers. */
  holds(answers: Partial<A>): boolean;
}

/** Where a question stands. `step` counts from 1; `total` is the count of questions that show with these answers. */
export interface Position {
  readonly step: number;
  readonly total: number;
  readonly canGoBack: boolean;
  /** What stood in the box when the person left this question by Back. */
  readonly draft?: string;
}

/**
 * Where to begin: at the first question; at the last one, with only what is missing asked before it;
 * or at one question, with those before it answered.
 */
export type Entry = 'first' | 'last' | { readonly at: string };

export type Ask<A, S extends Step<A>> = (step: S, answers: Partial<A>, position: Position) => Promise<Reply<A>>;

interface Visited<A> {
  readonly index: number;
  readonly asksAll: boolean;
  /** Answers to return to when Back leads here; absent: keep what was answered since. */
  readonly restore?: Partial<A>;
}

/**
 * Asks until the last question is answered or the person ends it.
 * @param steps the questions in order
 * @param start answers that are there already
 * @returns the answers, or `undefined` when cancelled
 */
export async function runWizard<A extends object, S extends Step<A>>(
  steps: readonly S[],
  start: Partial<A>,
  entry: Entry,
  ask: Ask<A, S>,
): Promise<Partial<A> | undefined> {
  const last = steps.length - 1;
  const drafts = new Map<string, string>();
  const history: Visited<A>[] = [];
  let answers = start;
  let asksAll = entry !== 'last';
  let index = following(steps, answers, -1, asksAll);
  while (typeof entry === 'object' && index !== last && steps[index]?.key !== entry.at) {
    history.push({ index, asksAll });
    index = following(steps, answers, index, asksAll);
  }

  for (;;) {
    const step = steps[index];
    if (step === undefined) return undefined;
    const draft = drafts.get(step.key);
    const reply = await ask(step, answers, {
      ...count(steps, answers, index),
      canGoBack: history.length > 0,
      ...(draft === undefined ? {} : { draft }),
    });

    switch (reply.kind) {
      case 'cancel':
        return undefined;
      case 'finish':
        return { ...answers, ...reply.values };
      case 'answer':
      case 'jump':
        history.push({ index, asksAll });
        drafts.delete(step.key);
        answers = { ...answers, ...reply.values };
        if (reply.kind === 'jump') asksAll = false;
        index = following(steps, answers, index, asksAll);
        break;
      case 'revisit': {
        const target = placeOf(steps, answers, reply.key);
        if (target < 0) break;
        history.push({ index, asksAll, restore: answers });
        asksAll = false;
        index = target;
        break;
      }
      case 'back': {
        if (reply.draft !== undefined) drafts.set(step.key, reply.draft);
        const visited = history.pop();
        if (visited === undefined) break;
        ({ index, asksAll } = visited);
        answers = visited.restore ?? { ...answers, ...reply.values };
        break;
      }
    }
  }
}

function isShown<A>(step: Step<A>, answers: Partial<A>): boolean {
  return step.shows?.(answers) ?? true;
}

/**
 * Lists of questions that stand for each other share keys: the one that shows is meant. One that is skipped can still
 * be visited.
 */
function placeOf<A>(steps: readonly Step<A>[], answers: Partial<A>, key: string): number {
  const shown = steps.findIndex((step) => step.key === key && isShown(step, answers));
  return shown < 0 ? steps.findIndex((step) => step.key === key) : shown;
}

/** The next question: the one after, or, when only gaps are asked, the first that has no answer that holds. */
function following<A>(steps: readonly Step<A>[], answers: Partial<A>, index: number, asksAll: boolean): number {
  const last = steps.length - 1;
  const next = steps.findIndex(
    (step, at) => at < last && isShown(step, answers) && (asksAll ? at > index : !step.holds(answers)),
  );
  return next < 0 ? last : next;
}

function count<A>(steps: readonly Step<A>[], answers: Partial<A>, index: number): { step: number; total: number } {
  const shown = steps.map((step, at) => at === index || isShown(step, answers));
  return {
    step: shown.slice(0, index + 1).filter(Boolean).length,
    total: shown.filter(Boolean).length,
  };
}
