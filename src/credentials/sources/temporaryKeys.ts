import type { Credentials } from '../../domain/credentials.ts';
import { CancelledError, isCancelled, toError } from '../../domain/errors.ts';
import type { Log, Now } from '../../domain/ports.ts';

/** Keys that end. */
export interface TemporaryKeys {
  readonly credentials: Credentials;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

type Ask = (signal: AbortSignal) => Promise<TemporaryKeys>;

/** Keeps temporary keys by name and asks anew before they end. */
export interface TemporaryKeyCache {
  /**
   * Rejects as `ask` does, and with `CancelledError` when the signal aborts; others who wait go on waiting.
   * @param refused keys that the service no longer takes: if these are the kept ones, they are dropped
   */
  get(name: string, ask: Ask, signal: AbortSignal, refused?: Credentials): Promise<TemporaryKeys>;
}

/** One asking, and how many wait for it. */
interface Flight {
  readonly result: Promise<TemporaryKeys>;
  readonly ending: AbortController;
  waiting: number;
}

/** How long before their end keys are exchanged: a call that is signed now must arrive with keys that still hold. */
const margin = 5 * 60_000;

export function createTemporaryKeyCache(deps: { readonly now: Now; readonly log: Log }): TemporaryKeyCache {
  const { now, log } = deps;
  const kept = new Map<string, TemporaryKeys>();
  const flights = new Map<string, Flight>();

  async function asked(name: string, ask: Ask, signal: AbortSignal): Promise<TemporaryKeys> {
    const keys = await ask(signal);
    for (const [other, { expiresAt }] of kept) if (expiresAt <= now()) kept.delete(other);
    kept.set(name, keys);
    log.debug(`Got temporary keys, good until ${String(keys.expiresAt)}`);
    return keys;
  }

  function takeOff(name: string, ask: Ask): Flight {
    const ending = new AbortController();
    const flight = { result: asked(name, ask, ending.signal), ending, waiting: 0 };
    const done = (): void => {
      land(name, flight);
    };
    flight.result.then(done, done);
    flights.set(name, flight);
    return flight;
  }

  /** Whoever comes next asks anew. */
  function land(name: string, flight: Flight): void {
    if (flights.get(name) === flight) flights.delete(name);
  }

  function join(name: string, ask: Ask, signal: AbortSignal): Promise<TemporaryKeys> {
    const flight = flights.get(name) ?? takeOff(name, ask);
    flight.waiting += 1;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          land(name, flight);
          flight.ending.abort();
        }
        reject(new CancelledError());
      };
      signal.addEventListener('abort', leave, { once: true });
      flight.result.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', leave);
      });
    });
  }

  return {
    async get(name, ask, signal, refused) {
      if (signal.aborted) throw new CancelledError();
      // An id is never given out twice, so it stands for the keys.
      if (refused !== undefined && kept.get(name)?.credentials.secretId === refused.secretId) kept.delete(name);
      const known = kept.get(name);
      if (known !== undefined && known.expiresAt - now() > margin) return known;
      try {
        return await join(name, ask, signal);
      } catch (thrown) {
        const error = toError(thrown);
        if (isCancelled(error) || known === undefined || known.expiresAt <= now()) throw thrown;
        log.warn(`Kept temporary keys that end soon, as there are no new ones: ${error.message}`);
        return known;
      }
    },
  };
}
