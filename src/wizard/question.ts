import type { Rule } from '../domain/createPlan.ts';
import type { Reply, Step } from './engine.ts';

/** A question as data. What is put to the person is made anew each time from the answers so far. */
export interface Question<A> extends Step<A> {
  readonly title: string;
  prompt(answers: Partial<A>): Prompt<A>;
}

export type Prompt<A> = PickPrompt<A> | TextPrompt<A>;

/** A list to choose from; what is typed filters it and may itself be an answer. */
export interface PickPrompt<A> {
  readonly kind: 'pick';
  readonly placeholder: string;
  /** What the box holds at first. */
  readonly text?: string;
  readonly source: RowsAtHand<A> | RowsToLoad<A>;
}

/** What some rows still lack when they are shown, such as prices. */
interface Later {
  /**
   * Finds it out while the box is open, and calls `changed` to have the rows drawn again; text and selection stay. It
   * ends early when the signal aborts.
   */
  later?(changed: () => void, signal: AbortSignal): Promise<void>;
}

export interface RowsAtHand<A> extends Later {
  readonly rows: RowSource<A>;
}

/** Rows that come from the service; the box shows that it is busy until then. */
export interface RowsToLoad<A> extends Later {
  load(signal: AbortSignal): Promise<RowSource<A>>;
  /** The rows when loading failed: the reason, a retry, and what can still be answered. */
  failed(error: Error): RowSource<A>;
}

/** The rows for what stands in the box. */
export type RowSource<A> = (text: string) => readonly Row<A>[];

export interface Row<A> {
  /** Codicon id; it is drawn before the label, which draws none itself. */
  readonly icon?: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Heading above this row; the same heading on following rows is shown once. */
  readonly heading?: string;
  /** Stays whatever is typed. */
  readonly pinned?: boolean;
  /** Preselected when the list appears. */
  readonly active?: boolean;
  readonly choose: Choice<A>;
  readonly buttons?: readonly RowButton<A>[];
}

export interface RowButton<A> {
  /** Codicon id. */
  readonly icon: string;
  readonly tooltip: string;
  readonly choose: Choice<A>;
}

/** What choosing a row does. */
export type Choice<A> =
  | { readonly kind: 'reply'; readonly reply: Reply<A> }
  /** The box stays, with other rows or another text. */
  | {
      readonly kind: 'stay';
      readonly rows: RowSource<A>;
      readonly text: string;
      /** What is answered so far; Back keeps it. */
      readonly values: Partial<A>;
    }
  /** The box stays, with rows that are to be loaded and another text. */
  | { readonly kind: 'load'; readonly source: RowsToLoad<A>; readonly text: string }
  /** A row that only says why something does not work. */
  | { readonly kind: 'nothing' }
  /** Load again, after a repair where there is one (signing in, say). */
  | { readonly kind: 'reload'; readonly repair?: () => Promise<void> }
  /** Do something on the side that the person asked for, such as copying, and stay; the rows are drawn again. */
  | { readonly kind: 'act'; readonly act: () => Promise<void> };

/** A line of text. */
export interface TextPrompt<A> {
  readonly kind: 'text';
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  readonly rule: Rule;
  /** Shown as dots. */
  readonly secret?: boolean;
  /** What is wrong with the value at hand, said before anything is typed. */
  readonly problem?: string;
  /** Asks the world about a text that the rule accepts. A rejected look-up blocks nothing. */
  readonly lookUp?: (text: string, signal: AbortSignal) => Promise<Finding | undefined>;
  /** Said under the box while a look-up runs. */
  readonly lookUpText?: string;
  /** The look-up only tells something, so Enter does not wait for it. */
  readonly onlyTells?: boolean;
  answer(text: string): Reply<A>;
}

/** What a look-up found out. */
export interface Finding {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
}
