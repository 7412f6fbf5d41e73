import { isCancelled, KeysUnavailableError, NotSignedInError, toError } from '../domain/errors.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { Log } from '../domain/ports.ts';
import type { FailureDesk } from './failure.ts';

/** A command as VS Code calls it: with the row, and with all selected rows beside it. Never rejects. */
export type Handler = (argument?: unknown, selected?: unknown) => Promise<void>;

/** The one funnel: logs, leads to sign-in where keys are missing or refused, and turns any error into one message. */
export type Run = (id: string, what: string, use: (argument: unknown, selected: unknown) => Promise<void>) => Handler;

export function createRun(deps: {
  readonly log: Log;
  readonly explain: Explain;
  readonly desk: FailureDesk;
  /** Resolves to true when somebody is signed in afterwards. */
  readonly signIn: (reason?: Explanation) => Promise<boolean>;
}): Run {
  const { log, explain, desk, signIn } = deps;

  /** Nothing to show: done, cancelled, or led through sign-in. */
  async function attempt(use: () => Promise<void>, mayAsk: boolean): Promise<Error | undefined> {
    try {
      await use();
      return undefined;
    } catch (thrown) {
      const error = toError(thrown);
      if (isCancelled(error)) return undefined;
      if (!mayAsk || !needsKeys(error, explain)) return error;
      const reason = error instanceof NotSignedInError ? undefined : explain(error);
      return (await signIn(reason)) ? attempt(use, false) : undefined;
    }
  }

  return (id, what, use) => async (argument, selected) => {
    log.debug(`Command started: ${id}`);
    const error = await attempt(() => use(argument, selected), true);
    if (error === undefined) return;
    log.error(`Command failed: ${id}: ${error.message}`);
    try {
      await desk.show(what, explain(error));
    } catch (thrown) {
      log.error(`Message could not be shown: ${toError(thrown).message}`);
    }
  };
}

/** True when other keys would help. */
export function needsKeys(error: Error, explain: Explain): boolean {
  // Keys that come from elsewhere are renewed there, not typed in here.
  if (error instanceof KeysUnavailableError) return false;
  return error instanceof NotSignedInError || explain(error).kind === 'credentials';
}
