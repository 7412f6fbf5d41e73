import { CancelledError } from '../domain/errors.ts';
import type { Sleep } from '../domain/ports.ts';
import { addressRange } from './addressRange.ts';
import type { AddressRange } from './addressRange.ts';
import type { DoctorTarget, Encryption, Probes, Session } from './probes.ts';
import { TroubleError, troubleOf } from './trouble.ts';
import type { Trouble } from './trouble.ts';

/** What is found out, in this order; a step is taken only when those before it have passed. */
export const stepNames = ['resolve', 'connect', 'encrypt', 'login', 'query', 'version', 'latency'] as const;

export type StepName = (typeof stepNames)[number];

/** What a step that passed has found. */
export type Finding =
  | { readonly step: 'resolve'; readonly addresses: readonly string[]; readonly range: AddressRange }
  | { readonly step: 'connect' | 'login' | 'query' }
  /** Absent encryption is none offered: worth a note, and no failure. */
  | { readonly step: 'encrypt'; readonly encryption: Encryption | undefined }
  | { readonly step: 'version'; readonly version: string }
  | { readonly step: 'latency'; readonly median: number; readonly rounds: number };

/** Where a step stands. Times are in milliseconds. */
export type StepState =
  | { readonly kind: 'running' }
  | { readonly kind: 'passed'; readonly milliseconds: number; readonly finding: Finding }
  | { readonly kind: 'failed'; readonly milliseconds: number; readonly trouble: Trouble };

/** A step that has an end. */
export interface StepResult {
  readonly step: StepName;
  readonly state: Exclude<StepState, { kind: 'running' }>;
}

/** What was found out about one address. It works when the last step has passed. */
export interface Examination {
  readonly steps: readonly StepResult[];
  /** Of the addresses behind the name; absent while they are not known. */
  readonly range?: AddressRange;
  /** Where and why it ended early. */
  readonly failure?: { readonly step: StepName; readonly trouble: Trouble };
}

/** Milliseconds that each step may take. */
export type Limits = Readonly<Record<StepName, number>>;

/** Round trips of which the median is taken. */
const rounds = 5;

/**
 * Examines one address. Rejects with `CancelledError` when the signal aborts, and with nothing else.
 * @param clock milliseconds of a clock that only goes forward
 */
export function createDoctor(deps: {
  readonly probes: Probes;
  readonly limits: Limits;
  readonly sleep: Sleep;
  readonly clock: () => number;
}): (
  target: DoctorTarget,
  onStep: (step: StepName, state: StepState) => void,
  signal: AbortSignal,
) => Promise<Examination> {
  const { probes, limits, sleep, clock } = deps;

  return async (target, onStep, signal) => {
    const steps: StepResult[] = [];
    const known: { range?: AddressRange; session?: Session } = {};

    async function take(step: StepName, work: (stop: AbortSignal) => Promise<Finding>): Promise<void> {
      onStep(step, { kind: 'running' });
      const start = clock();
      const settle = (end: StepResult['state']): void => {
        steps.push({ step, state: end });
        onStep(step, end);
      };
      try {
        const finding = await within(limits[step], signal, sleep, work);
        settle({ kind: 'passed', milliseconds: clock() - start, finding });
      } catch (thrown) {
        if (signal.aborted) throw new CancelledError();
        const trouble = troubleOf(thrown);
        settle({ kind: 'failed', milliseconds: clock() - start, trouble });
        throw new TroubleError(trouble);
      }
    }

    const ask = (text: string, stop: AbortSignal): Promise<string> =>
      known.session?.query(text, stop) ?? Promise.reject(new TroubleError({ kind: 'closed' }));

    const work: Readonly<Record<StepName, (stop: AbortSignal) => Promise<Finding>>> = {
      async resolve(stop) {
        const addresses = await probes.resolve(target.host, stop);
        if (addresses.length === 0) throw new TroubleError({ kind: 'unknownName' });
        known.range = rangeOfAll(addresses);
        return { step: 'resolve', addresses, range: known.range };
      },
      async connect(stop) {
        await probes.connect(target, stop);
        return { step: 'connect' };
      },
      async encrypt(stop) {
        return { step: 'encrypt', encryption: await probes.encrypt(target, stop) };
      },
      async login(stop) {
        const session = await probes.login(target, stop);
        // Nobody waits for it any more, so nobody else would close it.
        if (stop.aborted) session.end();
        else known.session = session;
        return { step: 'login' };
      },
      async query(stop) {
        if ((await ask('select 1', stop)) !== '1') throw new TroubleError({ kind: 'garbage' });
        return { step: 'query' };
      },
      async version(stop) {
        return { step: 'version', version: await ask('show server_version', stop) };
      },
      async latency(stop) {
        const times: number[] = [];
        while (times.length < rounds) {
          const start = clock();
          await ask('select 1', stop);
          times.push(clock() - start);
        }
        return { step: 'latency', median: median(times), rounds };
      },
    };

    try {
      for (const step of stepNames) await take(step, work[step]);
    } catch (thrown) {
      if (!(thrown instanceof TroubleError)) throw thrown;
    } finally {
      known.session?.end();
    }
    const last = steps.at(-1);
    return {
      steps,
      ...(known.range === undefined ? {} : { range: known.range }),
      ...(last?.state.kind === 'failed' ? { failure: { step: last.step, trouble: last.state.trouble } } : {}),
    };
  };
}

/** Does the work within that time. What overruns it is told to stop, and not waited for. */
async function within<T>(
  milliseconds: number,
  signal: AbortSignal,
  sleep: Sleep,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const overrun = new AbortController();
  const done = new AbortController();
  const limit = sleep(milliseconds, AbortSignal.any([signal, done.signal])).then(() => {
    throw new TroubleError({ kind: 'timeout' });
  });
  try {
    return await Promise.race([work(AbortSignal.any([signal, overrun.signal])), limit]);
  } finally {
    overrun.abort();
    done.abort();
  }
}

/** One that can be reached from anywhere makes the name one that can. */
function rangeOfAll(addresses: readonly string[]): AddressRange {
  const ranges = addresses.map(addressRange);
  return ranges.find((range) => range === 'public') ?? ranges.find((range) => range === 'private') ?? 'loopback';
}

/** The middle one. @param values an odd number of them */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) / 2] ?? 0;
}
