import { allowedPerSecond } from './rates.ts';
import type { Rate } from './rates.ts';
import type { Sample, WindowReport } from './messages.ts';

/** All that came of one run. */
export interface Outcome {
  readonly seconds: number;
  readonly warmUp: number;
  readonly instances: number;
  readonly pending: number;
  readonly machine: {
    readonly node: string;
    readonly cpu: string;
    readonly cores: number;
    readonly load: { readonly before: readonly number[]; readonly after: readonly number[] };
  };
  readonly reports: readonly WindowReport[];
  readonly rates: Readonly<Record<string, Rate>>;
  readonly lost: readonly string[];
}

const megabyte = 1024 * 1024;

/** Growth that no noise explains, in megabytes a minute, over a time that tells. */
const growthLimit = { perMinute: 1, inAll: 10, seconds: 240 };

/** Megabytes a minute: the slope of the line through the samples. */
export function growthPerMinute(samples: readonly Sample[]): number {
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const x = mean(samples.map(({ seconds }) => seconds));
  const y = mean(samples.map(({ heap }) => heap));
  const above = samples.reduce((sum, { seconds, heap }) => sum + (seconds - x) * (heap - y), 0);
  const below = samples.reduce((sum, { seconds }) => sum + (seconds - x) ** 2, 0);
  return below === 0 ? 0 : ((above / below) * 60) / megabyte;
}

/** What makes the load test fail, a sentence each. */
export function problemsOf({ reports, rates, lost }: Outcome): string[] {
  const problems = lost.map((one) => `Lost: ${one}.`);
  for (const [action, { peak }] of Object.entries(rates)) {
    const allowed = allowedPerSecond(action);
    if (peak > allowed)
      problems.push(`Too often: ${action}, ${String(peak)} in a second where ${String(allowed)} are allowed.`);
  }
  for (const { window, samples } of reports) {
    const [first, last] = [samples[0], samples.at(-1)];
    if (first === undefined || last === undefined || last.seconds - first.seconds < growthLimit.seconds) continue;
    const slope = growthPerMinute(samples);
    const grown = (last.heap - first.heap) / megabyte;
    if (slope > growthLimit.perMinute && grown > growthLimit.inAll) {
      problems.push(`Grows: window ${String(window)}, ${slope.toFixed(1)} MB a minute after warm-up.`);
    }
  }
  return problems;
}

export function inLines(outcome: Outcome, problems: readonly string[]): string[] {
  const { seconds, warmUp, machine, reports, rates, lost } = outcome;
  const load = [machine.load.before[0], machine.load.after[0]].map((one) => (one ?? 0).toFixed(1)).join(' before, ');
  return [
    `${String(reports.length)} windows, ${String(outcome.instances)} instances, ${String(outcome.pending)} pending operations, ${String(seconds)} s`,
    `Node ${machine.node}, ${String(machine.cores)} cores of ${machine.cpu}; load of the machine ${load} after`,
    '',
    ...table(
      ['window', 'heap MB', 'at the end', 'MB/min', 'RSS MB', 'at the end', 'refreshes', 'rows', 'CPU s'],
      reports.map(({ window, samples, refreshes, drawn, processor }) => [
        String(window),
        megabytes(samples[0]?.heap),
        megabytes(samples.at(-1)?.heap),
        growthPerMinute(samples).toFixed(2),
        megabytes(samples[0]?.resident),
        megabytes(samples.at(-1)?.resident),
        `${String(refreshes.ended)}/${String(refreshes.begun)}`,
        String(drawn.rows),
        processor.toFixed(0),
      ]),
    ),
    `Heap after collecting garbage; the first figure after ${String(warmUp)} s.`,
    '',
    ...table(
      ['window', 'delay p50 ms', 'p99 ms', 'max ms', 'late > 50 ms', 'own work > 50 ms', 'longest own ms'],
      reports.map(({ window, stalls: { p50, p99, max, late, own, ownMax } }) => [
        String(window),
        ...[p50, p99, max].map((one) => one.toFixed(1)),
        String(late),
        String(own),
        ownMax.toFixed(1),
      ]),
    ),
    'Late: by the clock, also for want of a processor. Own work: processor time of the thread between two turns.',
    '',
    ...table(
      ['action', 'requests', 'per second', 'most in a second', 'documented'],
      Object.entries(rates).map(([action, { total, peak }]) => [
        action,
        String(total),
        (total / seconds).toFixed(1),
        String(peak),
        String(allowedPerSecond(action)),
      ]),
    ),
    '',
    ...warningsOf(reports),
    `${String(written(reports))} instances and operations written again and again; lost: ${String(lost.length)}.`,
    ...problems.slice(0, 20),
    problems.length === 0
      ? 'Nothing lost, no rate exceeded, no memory that grows.'
      : `${String(problems.length)} problem(s).`,
  ];
}

function written(reports: readonly WindowReport[]): number {
  return reports.reduce(
    (sum, { written: { instances, operations } }) =>
      sum + Object.keys(instances).length + Object.keys(operations).length,
    0,
  );
}

function warningsOf(reports: readonly WindowReport[]): string[] {
  const all = [...new Set(reports.flatMap(({ warnings }) => warnings))];
  return all.length === 0 ? [] : [`Warnings logged (${String(all.length)} different):`, ...all.slice(0, 10), ''];
}

function megabytes(bytes = 0): string {
  return (bytes / megabyte).toFixed(1);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}
