/** Something that is measured: one run gives one number. */
export interface Contender<Name extends string> {
  readonly name: Name;
  readonly run: () => number | Promise<number>;
}

/** What the rounds gave, for each contender in the order of the rounds. */
export type Series<Name extends string> = ReadonlyMap<Name, readonly number[]>;

/**
 * Lets the contenders run in turn, round by round, each round beginning with another one, so that a machine that
 * gets slower or faster on the way treats all alike. A first round warms up and does not count.
 */
export async function interleave<Name extends string>(
  rounds: number,
  contenders: readonly Contender<Name>[],
): Promise<Series<Name>> {
  const series = new Map<Name, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % contenders.length;
    for (const { name, run } of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const value = await run();
      if (round > 0) series.get(name)?.push(value);
    }
  }
  return series;
}

/** @throws RangeError when there is no number */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('No numbers.');
  return (lower + upper) / 2;
}

/** The median of what `combine` makes of the two contenders' numbers of the same round. */
export function paired<Name extends string>(
  series: Series<Name>,
  [a, b]: readonly [Name, Name],
  combine: (a: number, b: number) => number,
): number {
  const others = series.get(b) ?? [];
  return median((series.get(a) ?? []).map((value, round) => combine(value, others[round] ?? NaN)));
}
