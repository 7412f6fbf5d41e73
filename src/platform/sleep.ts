import { setTimeout as wait } from 'node:timers/promises';
import { CancelledError } from '../domain/errors.ts';
import type { Sleep } from '../domain/ports.ts';

/** Real waiting. A waiting that nobody needs any more keeps no process alive. */
export const sleep: Sleep = async (milliseconds, signal) => {
  try {
    await wait(milliseconds, undefined, { signal, ref: false });
  } catch {
    throw new CancelledError();
  }
};
