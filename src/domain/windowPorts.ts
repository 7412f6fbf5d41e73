import type { Secret } from './secret.ts';

/** One button of a message. */
export interface MessageAction<T> {
  readonly label: string;
  readonly value: T;
}

/** Shows a message and resolves to the value of the button that was pressed, `undefined` when it was closed. */
export interface Messages {
  info<T>(text: string, actions?: readonly MessageAction<T>[]): Promise<T | undefined>;
  warning<T>(text: string, actions?: readonly MessageAction<T>[]): Promise<T | undefined>;
  error<T>(text: string, actions?: readonly MessageAction<T>[]): Promise<T | undefined>;
  /** A line in the status bar that goes by itself. */
  status(text: string): void;
}

/**
 * Shows that something goes on. A person may close what is shown; the work goes on all the same.
 * @param title what is going on
 */
export type Progress = <T>(title: string, work: (report: (text: string) => void) => Promise<T>) => Promise<T>;

/**
 * Shows that one waits for something, with Cancel. Cancel aborts the signal, and the result is a `CancelledError`.
 */
export type Waiting = <T>(title: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/**
 * Asks in a dialog that has to be answered. True when the action's button was pressed.
 * @param detail lines of plain text below the title
 */
export type Confirm = (title: string, detail: string, action: string) => Promise<boolean>;

/** One row of a plain list. */
export interface ListRow<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Codicon id. */
  readonly icon?: string;
  /** Ticked at first, in a list that takes several. */
  readonly picked?: boolean;
  readonly value: T;
}

/** Asks for one row; `undefined` when the person ends it. */
export type Choose = <T>(title: string, placeholder: string, rows: readonly ListRow<T>[]) => Promise<T | undefined>;

/** Asks for any number of rows, which may take a while to come; `undefined` when the person ends it. */
export type ChooseMany = <T>(
  title: string,
  placeholder: string,
  rows: () => Promise<readonly ListRow<T>[]>,
) => Promise<T[] | undefined>;

/** Asks for a line of text that a rule accepts; `undefined` when the person ends it. */
export type AskText = (question: {
  readonly title: string;
  readonly prompt: string;
  readonly value: string;
  /** What is wrong with a text, or `undefined`. */
  readonly rule: (text: string) => string | undefined;
}) => Promise<string | undefined>;

/** The clipboard as the editor gives it. Either may be refused. */
export interface SystemClipboard {
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

export interface Clipboard {
  /**
   * Resolves with the milliseconds after which it is cleared again; 0: it stays. Secrets are taken out of a text, unless
   * it is `exact`: made of names alone, as an address is, one of which somebody may have made a password of as well.
   */
  write(text: string | Secret, how?: 'exact'): Promise<number>;
}

/** Opens a page in the browser. */
export type OpenLink = (url: string) => Promise<void>;

/** How a row of a step list stands; its words say so too. An `action` is something to do. */
export type StepTone = 'waiting' | 'running' | 'passed' | 'noted' | 'failed' | 'action';

export interface StepRow<T> {
  readonly tone: StepTone;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Begins a section of that name where the row before has another. */
  readonly heading?: string;
  /** What choosing the row gives; a row without is there to be read. */
  readonly value?: T;
}

/** A list that fills while something is gone through step by step. */
export interface StepList<T> {
  /**
   * Replaces the rows.
   * @param focus the row to be read now; the person's own choice of a row comes first
   * @param busy more is to come
   */
  show(
    rows: readonly StepRow<T>[],
    facts: { readonly placeholder: string; readonly focus: number; readonly busy: boolean },
  ): void;
  /** What was chosen; `undefined` when the list was closed. Never rejects. */
  readonly chosen: Promise<T | undefined>;
  close(): void;
}

export type OpenStepList = <T>(title: string) => StepList<T>;
