import type { Secret } from './secret.ts';

/** A program in a terminal of its own. */
export interface TerminalStart {
  readonly title: string;
  /** Absolute path, or a name where the terminal runs on another machine. */
  readonly program: string;
  /** Added to the usual environment; `null` takes a variable away. */
  readonly environment: Readonly<Record<string, string | Secret | null>>;
}

export interface Terminals {
  /** True when terminals run on another machine than this code, so that nothing can be looked up for them. */
  readonly elsewhere: boolean;
  /**
   * Opens and shows one. It is not brought back after a reload, as its environment would have to be stored for that.
   * @param onEnd called when the program has ended, with its exit code where that is known
   */
  open(start: TerminalStart, onEnd: (exitCode: number | undefined) => void): void;
}
