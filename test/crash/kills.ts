import type { Pass, Written } from './protocol.ts';
import { passKey } from './protocol.ts';

type Passes = Written['passes'];

/** Where to kill, and how many passes that stands for. */
export interface Kill {
  readonly at: Pass;
  readonly order: number;
  /** The points and phases, as `passKey` writes them, that are passed at this moment. */
  readonly keys: readonly string[];
}

/**
 * One kill for each moment of a run at which a point is passed for the first or for the last time. Passes in between
 * are rounds of the same waiting, and of several passes of one moment the last stands for all: nothing has left the
 * process between them.
 * @param from leaves out what is passed before it
 */
export function killsOf(passes: Passes, from = 0): readonly Kill[] {
  const moments = new Map<number, Kill>();
  const places = passes.flatMap(({ point, phase, count, first, last }) => [
    { ...first, at: { point, phase, count: 1 } },
    ...(count === 1 ? [] : [{ ...last, at: { point, phase, count } }]),
  ]);
  for (const { moment, order, at } of places.filter((place) => place.order >= from)) {
    const known = moments.get(moment);
    const keys = [...(known?.keys ?? []), passKey(at)];
    moments.set(moment, known !== undefined && known.order > order ? { ...known, keys } : { at, order, keys });
  }
  return [...moments.values()].sort((a, b) => a.order - b.order);
}

/**
 * The kills that a run needs beside those of another that is killed everywhere: what comes before the first point that
 * the other did not pass is the same there.
 */
export function furtherKills(passes: Passes, known: ReadonlySet<string>): readonly Kill[] {
  const news = passes.filter((pass) => !known.has(passKey(pass))).map(({ first }) => first.order);
  return news.length === 0 ? [] : killsOf(passes, Math.min(...news));
}

/** So many of them, spread evenly over all. */
export function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, index) => all[Math.floor(((index + 0.5) * all.length) / most)]).filter(
    (one) => one !== undefined,
  );
}
