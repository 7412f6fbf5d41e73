/**
 * Runs tests against mutants for Stryker. Every test file is loaded once a process, and a mutant is switched on and
 * tried by the tests that reach it, nearest first, until one fails: milliseconds, where a process a mutant takes a
 * second. A mutant that has its say while its module loads needs a new copy of the modules.
 */
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import type { InstrumenterContext, MutantCoverage } from '@stryker-mutator/api/core';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import type { DryRunResult, MutantRunOptions, TestResult, TestRunner } from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { watchModules } from './modules.ts';
import { collect } from './nodeTest.ts';
import type { Case, Collected } from './nodeTest.ts';

export interface RunnerOptions {
  /** The folder whose modules are mutated. */
  readonly root: string;
  /** The test files: absolute paths. */
  readonly files: readonly string[];
  /** How a file is called in the names of its tests. */
  readonly label: (file: string) => string;
}

interface Known extends Case {
  readonly id: string;
  readonly file: string;
}

/**
 * A mutant that is met so many times more often than its place is without mutants goes round and round. Stryker allows
 * ten times as many, since looking for the smallest example goes round as well; that is switched off here.
 */
const rounds = 10;
const roundsOfStryker = 100;

/** A promise that never comes leaves a process with nothing to do. It is looked for this often, in milliseconds … */
const lookEvery = 50;
/** … and found when seen so often in a row: what goes on in other threads is not listed. */
const looks = 20;

/** What keeps the process alive; of open lines only the number counts, since some lead to Stryker. */
function activity(): { readonly lines: number; readonly other: number } {
  const resources = process.getActiveResourcesInfo();
  const lines = resources.filter((one) => /^(Pipe|TCPSocket|TTY)Wrap$/.test(one)).length;
  return { lines, other: resources.length - lines };
}

/** Before the first test: the lines to Stryker and to its log, and those that the process writes to. */
const resting = activity().lines;

function isIdle(): boolean {
  const { lines, other } = activity();
  return lines <= resting && other === 0;
}

export function createRunner({ root, files, label }: RunnerOptions): TestRunner {
  const modules = watchModules(root, new Map([['node:test', new URL('nodeTest.ts', import.meta.url).href]]));
  const pristine = new Map<string, readonly Known[]>();
  const lastHooks: (() => unknown)[] = [];
  /** The killers of earlier mutants, the latest last: what found the one before often finds the next. */
  const killers = new Map<string, number>();
  let copies = 0;
  let tests = 0;

  // The instrumented code finds its switches in this global; see `InstrumenterContext`.
  const context: InstrumenterContext = {};
  Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: context });
  // The same examples for every mutant, and no time spent on the smallest one that fails.
  fc.configureGlobal({ seed: 20_25, endOnFailure: true });

  let fail: ((reason: unknown) => void) | undefined;
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (reason: unknown) => fail?.(reason));
  }

  const known = (file: string, { cases }: Collected): readonly Known[] => {
    const seen = new Map<string, number>();
    return cases.map(({ name, ...rest }) => {
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      const full = `${label(file)}: ${name}${times > 1 ? ` (${String(times)})` : ''}`;
      return { ...rest, name: full, id: full, file };
    });
  };

  async function loaded(file: string): Promise<readonly Known[]> {
    const before = pristine.get(file);
    if (before !== undefined) return before;
    const collected = await collect(() => modules.load(file));
    lastHooks.push(...collected.after);
    const cases = known(file, collected);
    pristine.set(file, cases);
    return cases;
  }

  async function outcome({ id, name, file, skipped, run }: Known): Promise<TestResult> {
    const base = { id, name, fileName: file };
    if (skipped) return { ...base, timeSpentMs: 0, status: TestStatus.Skipped };
    const start = performance.now();
    let idle = 0;
    const watch = setInterval(() => {
      idle = isIdle() ? idle + 1 : 0;
      if (idle >= looks) fail?.(new Error('It waits for something that does not come.'));
    }, lookEvery).unref();
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    tests += 1;
    try {
      await Promise.race([run(), failed]);
      return { ...base, timeSpentMs: performance.now() - start, status: TestStatus.Success };
    } catch (error) {
      const failureMessage = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { ...base, timeSpentMs: performance.now() - start, status: TestStatus.Failed, failureMessage };
    } finally {
      fail = undefined;
      clearInterval(watch);
    }
  }

  async function dryRun(): Promise<DryRunResult> {
    const results: TestResult[] = [];
    const mutantCoverage: MutantCoverage = { static: {}, perTest: {} };
    context.mutantCoverage = mutantCoverage;
    for (const file of files) {
      for (const one of await loaded(file)) {
        context.currentTestId = one.id;
        results.push(await outcome(one));
        delete context.currentTestId;
      }
    }
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
  }

  /** Runs until one fails. */
  async function attempt(cases: Iterable<Known>, hitLimit: number | undefined): Promise<DryRunResult> {
    const results: TestResult[] = [];
    for (const one of cases) {
      const result = await outcome(one);
      const endless = determineHitLimitReached(context.hitCount, hitLimit);
      if (endless !== undefined) return endless;
      results.push(result);
      if (result.status !== TestStatus.Failed) continue;
      killers.delete(one.id);
      killers.set(one.id, tests);
      break;
    }
    return { status: DryRunStatus.Complete, tests: results };
  }

  const byDistance = (to: string) => (a: string, b: string) =>
    (modules.distance(a, to) ?? Infinity) - (modules.distance(b, to) ?? Infinity);

  /** Of the tests that are loaded those with these ids. */
  async function reaching(ids: readonly string[], path: string): Promise<readonly Known[]> {
    const wanted = new Set(ids);
    const near = files.filter((file) => ids.some((id) => id.startsWith(`${label(file)}: `)));
    const cases = [];
    for (const file of near) cases.push(...(await loaded(file)));
    near.sort(byDistance(path));
    const place = new Map(near.map((file, index) => [file, index]));
    return cases
      .filter(({ id }) => wanted.has(id))
      .sort(
        (a, b) =>
          (killers.get(b.id) ?? 0) - (killers.get(a.id) ?? 0) || (place.get(a.file) ?? 0) - (place.get(b.file) ?? 0),
      );
  }

  /** With new copies of what leads to this module, file by file, until a test fails or a file cannot be loaded. */
  async function anew(path: string, hitLimit: number | undefined): Promise<DryRunResult> {
    copies += 1;
    const near = files.filter((file) => modules.distance(file, path) !== undefined).sort(byDistance(path));
    const hooks: (() => unknown)[] = [];
    const all: TestResult[] = [];
    try {
      for (const file of near) {
        let collected: Collected;
        try {
          collected = await collect(() => modules.load(file, { path, copy: copies }));
        } catch (error) {
          const name = `${label(file)}: it is loaded`;
          const failureMessage = String(error);
          return {
            status: DryRunStatus.Complete,
            tests: [...all, { id: name, name, timeSpentMs: 0, status: TestStatus.Failed, failureMessage }],
          };
        }
        hooks.push(...collected.after);
        const result = await attempt(known(file, collected), hitLimit);
        if (result.status !== DryRunStatus.Complete) return result;
        all.push(...result.tests);
        if (result.tests.some(({ status }) => status === TestStatus.Failed)) break;
      }
      return { status: DryRunStatus.Complete, tests: all };
    } finally {
      for (const hook of hooks) await hook();
    }
  }

  async function mutantRun({ activeMutant, testFilter, hitLimit: most, sandboxFileName }: MutantRunOptions) {
    const hitLimit = most === undefined ? undefined : (most / roundsOfStryker) * rounds;
    // What is loaded now stays as it is: a mutant must not be on while it loads.
    if (testFilter === undefined) for (const file of files) await loaded(file);
    const cases = testFilter === undefined ? undefined : await reaching(testFilter, sandboxFileName);
    context.activeMutant = activeMutant.id;
    context.hitCount = 0;
    if (hitLimit !== undefined) context.hitLimit = hitLimit;
    else delete context.hitLimit;
    try {
      return toMutantRunResult(
        cases === undefined ? await anew(sandboxFileName, hitLimit) : await attempt(cases, hitLimit),
      );
    } finally {
      delete context.activeMutant;
    }
  }

  return {
    capabilities: () => ({ reloadEnvironment: true }),
    dryRun,
    mutantRun,
    async dispose() {
      for (const hook of lastHooks) await hook();
    },
  };
}
