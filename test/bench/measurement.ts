import type { Series } from './rounds.ts';
import { median, paired } from './rounds.ts';

/** A number that follows from two contenders, and what it should be. */
export interface Comparison {
  /** What it says, e.g. `ours / undici`. */
  readonly name: string;
  readonly value: number;
  readonly unit: '×' | 'ms';
  readonly target?: { readonly kind: 'at most' | 'at least'; readonly limit: number };
}

export interface Measurement {
  readonly name: string;
  readonly unit: 'µs' | 'ms' | 'calls/s';
  /** Medians, by contender. */
  readonly medians: Readonly<Record<string, number>>;
  readonly comparisons: readonly Comparison[];
}

/** What to compare: a ratio or a difference of two contenders, round by round. */
export interface Question<Name extends string> {
  readonly of: Name;
  readonly to: Name;
  readonly how: 'ratio' | 'difference';
  readonly target?: NonNullable<Comparison['target']>;
}

export function measurement<Name extends string>(
  name: string,
  unit: Measurement['unit'],
  series: Series<Name>,
  questions: readonly Question<Name>[],
): Measurement {
  return {
    name,
    unit,
    medians: Object.fromEntries([...series].map(([contender, numbers]) => [contender, median(numbers)])),
    comparisons: questions.map(({ of, to, how, target }) => ({
      name: how === 'ratio' ? `${of} / ${to}` : `${of} - ${to}`,
      value: paired(series, [of, to], (a, b) => (how === 'ratio' ? a / b : a - b)),
      unit: how === 'ratio' ? '×' : 'ms',
      ...(target === undefined ? {} : { target }),
    })),
  };
}

/** Whether a comparison is what it should be; `undefined` where nobody asked. */
export function isMet({ value, target }: Comparison): boolean | undefined {
  if (target === undefined) return undefined;
  return target.kind === 'at most' ? value <= target.limit : value >= target.limit;
}

const number = (value: number) => (value >= 1_000 ? value.toFixed(0) : value.toPrecision(3));

/** A measurement as a few lines of text. */
export function inLines({ name, unit, medians, comparisons }: Measurement): string[] {
  return [
    name,
    ...Object.entries(medians).map(([contender, value]) => `  ${contender.padEnd(28)} ${number(value)} ${unit}`),
    ...comparisons.map((comparison) => {
      const { target } = comparison;
      const met = isMet(comparison) === true ? 'met' : 'MISSED';
      const wish = target === undefined ? '' : `   ${met}: ${target.kind} ${String(target.limit)} ${comparison.unit}`;
      return `  ${comparison.name.padEnd(28)} ${number(comparison.value)} ${comparison.unit}${wish}`;
    }),
  ];
}
