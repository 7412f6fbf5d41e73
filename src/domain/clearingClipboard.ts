import { toError } from './errors.ts';
import type { Log, Sleep } from './ports.ts';
import { redact } from './redaction.ts';
import { Secret } from './secret.ts';
import type { Clipboard, SystemClipboard } from './windowPorts.ts';

/**
 * The clipboard of this window. A secret is handed out as it is, and taken away again after a while unless something
 * else was copied meanwhile, here or elsewhere; any other text goes without the secrets that it may hold.
 *
 * @param deps.clearAfter milliseconds, asked at each copy; 0: never
 */
export function createClearingClipboard(deps: {
  readonly system: SystemClipboard;
  readonly clearAfter: () => number;
  readonly sleep: Sleep;
  readonly log: Log;
}): Clipboard & {
  /** Clears at once what is still due, as far as the editor lets it at its end. */
  dispose(): Promise<void>;
} {
  const { system, clearAfter, sleep, log } = deps;
  let due: { readonly secret: Secret; readonly over: AbortController } | undefined;

  function forget(): void {
    due?.over.abort();
    due = undefined;
  }

  async function clear(secret: Secret): Promise<void> {
    try {
      if (sameText(await system.read(), secret.reveal())) await system.write('');
    } catch (thrown) {
      // A browser may refuse to tell what is on it; then it is not known to be ours.
      log.warn(`Clipboard could not be cleared: ${toError(thrown).name}`);
    }
  }

  return {
    async write(text, how) {
      if (!(text instanceof Secret)) {
        await system.write(how === 'exact' ? text : redact(text));
        forget();
        return 0;
      }
      await system.write(text.reveal());
      forget();
      const wait = clearAfter();
      if (wait === 0) return 0;
      const mine = { secret: text, over: new AbortController() };
      due = mine;
      sleep(wait, mine.over.signal).then(
        async () => {
          if (due === mine) due = undefined;
          await clear(text);
        },
        () => undefined,
      );
      return wait;
    },
    async dispose() {
      const last = due?.secret;
      forget();
      if (last !== undefined) await clear(last);
    },
  };
}

/** Some systems turn the ends of lines into their own. */
function sameText(held: string, written: string): boolean {
  const lines = (text: string): string => text.replaceAll('\r\n', '\n');
  return lines(held) === lines(written);
}
