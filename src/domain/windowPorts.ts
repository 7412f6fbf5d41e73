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

export interface Clipboard {
  write(text: string | Secret): Promise<void>;
}

/** Opens a page in the browser. */
export type OpenLink = (url: string) => Promise<void>;
