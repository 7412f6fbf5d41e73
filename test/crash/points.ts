/**
 * What a source is given in place of its bare awaits, see instrument.ts: each tells here when it is passed.
 * `begun`: the awaited work has been started. `back` and `thrown`: it has come back, and whoever awaits it goes on next.
 * `called`: a callback of a promise is about to run.
 */
export type Phase = 'begun' | 'back' | 'thrown' | 'called';

type Listener = (point: string, phase: Phase) => void;

let listener: Listener | undefined;

/** From now on every pass goes to this listener; `undefined` ends that. */
export function hearPoints(next: Listener | undefined): void {
  listener = next;
}

/** Stands between `await` and what it waits for. */
export async function awaited<T>(point: string, work: T | PromiseLike<T>): Promise<T> {
  listener?.(point, 'begun');
  let value: T;
  try {
    value = await work;
  } catch (error) {
    listener?.(point, 'thrown');
    throw error;
  }
  listener?.(point, 'back');
  return value;
}

/** Stands around what is handed to `then`, `catch` or `finally`; anything but a function is left as it is. */
export function called(point: string, callback: unknown): unknown {
  if (typeof callback !== 'function') return callback;
  return (...values: readonly unknown[]): unknown => {
    listener?.(point, 'called');
    return Reflect.apply(callback, undefined, values);
  };
}

/** The same for what a `for await` goes through, item by item. */
export async function* awaitedEach<T>(point: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  for (;;) {
    const next = await awaited(point, iterator.next());
    if (next.done === true) return;
    yield next.value;
  }
}
