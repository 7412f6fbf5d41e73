/**
 * Runs tests against mutants for Stryker. Source and tests are loaded once a process; a mutant is switched on and tried
 * by the tests that reach it, nearest first, until one fails: milliseconds, where a process a mutant takes a second. A
 * file of tests is loaded anew where a failed test may have left something behind, and the source where a mutant has its
 * say while its module loads.
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
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { toError } from '../../../src/domain/errors.ts';
import { watchModules } from './modules.ts';
import { collect } from './nodeTest.ts';
import type { Case } from './nodeTest.ts';

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

/** A test that takes so much longer than without mutants, in milliseconds, waits in vain. */
const patience = (usual: number) => 2_000 + 5 * usual;

/**
 * A mutant that acts while its module loads is tried by so many files of tests at most: each needs new copies of all that
 * lies between. Who notices from further away is not the test of that module.
 */
const nearest = 12;

class Endless extends Error {}

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

/** What the process of the dry run finds out, and the others read. */
const facts = z.object({
  /** How long each test takes without mutants, in milliseconds. */
  times: z.record(z.string(), z.number()),
  importers: z.record(z.string(), z.array(z.string())),
  /** Files whose tests pass only once for each time that they are loaded. */
  once: z.array(z.string()),
});

export function createRunner({ root, files, label }: RunnerOptions): TestRunner {
  const modules = watchModules(root, new Map([['node:test', new URL('nodeTest.ts', import.meta.url).href]]));
  const byLabel = new Map(files.map((file) => [label(file), file]));
  /** The tests that can be run again as they are, by file. */
  const ready = new Map<string, readonly Known[]>();
  const once = new Set<string>();
  /** The killers of earlier mutants, by when they last were: what found the one before often finds the next. */
  const killers = new Map<string, number>();
  const factsFile = join(root, 'facts.json');
  let times: Readonly<Record<string, number>> = {};
  let copies = 0;
  let tests = 0;
  /** What the files that were loaded want done after the last of their tests: here with the end of the process. */
  const hooks: (() => unknown)[] = [];

  // The instrumented code finds its switches in this global; see `InstrumenterContext`.
  const context: InstrumenterContext = {};
  Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: context });
  // The same examples for every mutant, and no time spent on the smallest one that fails.
  fc.configureGlobal({ seed: 20_25, endOnFailure: true });

  let fail: ((reason: unknown) => void) | undefined;
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (reason: unknown) => fail?.(reason));
  }

  function learn(): void {
    if (Object.keys(times).length > 0 || !existsSync(factsFile)) return;
    const kept: unknown = JSON.parse(readFileSync(factsFile, 'utf8'));
    const found = facts.parse(kept);
    modules.learn(found.importers);
    for (const name of found.once) once.add(name);
    ({ times } = found);
  }

  /** @param path the module of which a new copy is wanted as well */
  async function load(file: string, copy: number, path = file): Promise<readonly Known[]> {
    const { cases, after } = await collect(() => modules.load(file, { path, copy }));
    hooks.push(...after);
    const seen = new Map<string, number>();
    return cases.map((one) => {
      const count = (seen.get(one.name) ?? 0) + 1;
      seen.set(one.name, count);
      const name = `${label(file)}: ${one.name}${count > 1 ? ` (${String(count)})` : ''}`;
      return { ...one, name, id: name, file };
    });
  }

  /** `undefined`: it would not have ended. */
  async function outcome({ id, name, file, skipped, run }: Known): Promise<TestResult | undefined> {
    const base = { id, name, fileName: file };
    if (skipped) return { ...base, timeSpentMs: 0, status: TestStatus.Skipped };
    const start = performance.now();
    const usual = times[id];
    const most = usual === undefined ? Infinity : patience(usual);
    let idle = 0;
    const watch = setInterval(() => {
      if (performance.now() - start > most) fail?.(new Endless());
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
      if (error instanceof Endless) return undefined;
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
      copies += 1;
      const cases = await load(file, copies);
      for (const round of ['first', 'again']) {
        for (const one of cases) {
          context.currentTestId = one.id;
          const result = await outcome(one);
          delete context.currentTestId;
          if (result === undefined) continue;
          if (round === 'first') results.push(result);
          else if (result.status === TestStatus.Failed) once.add(label(file));
        }
      }
    }
    times = Object.fromEntries(results.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    writeFileSync(factsFile, JSON.stringify({ times, importers: modules.importers(), once: [...once] }));
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
  }

  /** Runs until one fails. */
  async function attempt(cases: AsyncIterable<Known>, hitLimit: number | undefined): Promise<DryRunResult> {
    const results: TestResult[] = [];
    for await (const one of cases) {
      const result = await outcome(one);
      const endless = determineHitLimitReached(context.hitCount, hitLimit);
      if (endless !== undefined) return endless;
      if (result === undefined) return { status: DryRunStatus.Timeout, reason: `It took too long: ${one.id}` };
      results.push(result);
      if (result.status !== TestStatus.Failed) continue;
      // What the test began may still fail, and must not count against the next mutant.
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
      killers.set(one.id, tests);
      ready.delete(one.file);
      break;
    }
    return { status: DryRunStatus.Complete, tests: results };
  }

  const byDistance = (to: string) => (a: string, b: string) =>
    (modules.distance(a, to) ?? Infinity) - (modules.distance(b, to) ?? Infinity);

  /** The tests with these ids. The mutant is off while their files load: what happens there is `anew`'s. */
  async function* reaching(ids: readonly string[], path: string, mutant: string): AsyncGenerator<Known> {
    const fileOf = (id: string) => byLabel.get(id.slice(0, id.indexOf(': '))) ?? '';
    const near = [...new Set(ids.map(fileOf))].sort(byDistance(path));
    const place = new Map(near.map((file, index) => [file, index]));
    const placeOf = (id: string) => place.get(fileOf(id)) ?? 0;
    const lastKill = (id: string) => killers.get(id) ?? 0;
    copies += 1;
    for (const file of near) if (once.has(label(file))) ready.delete(file);
    for (const id of [...ids].sort((a, b) => lastKill(b) - lastKill(a) || placeOf(a) - placeOf(b))) {
      const file = fileOf(id);
      delete context.activeMutant;
      const cases = ready.get(file) ?? (await load(file, copies));
      context.activeMutant = mutant;
      ready.set(file, cases);
      yield* cases.filter((one) => one.id === id);
    }
  }

  /** The tests nearest to this module, each file with new copies of what lies between. */
  async function* anew(path: string): AsyncGenerator<Known> {
    copies += 1;
    const near = files.filter((one) => modules.distance(one, path) !== undefined).sort(byDistance(path));
    for (const file of near.slice(0, nearest)) {
      try {
        yield* await load(file, copies, path);
      } catch (error) {
        const name = `${label(file)}: it is loaded`;
        yield { id: name, name, file, skipped: false, run: () => Promise.reject(toError(error)) };
      }
    }
  }

  async function mutantRun({ activeMutant, testFilter, hitLimit: most, sandboxFileName }: MutantRunOptions) {
    learn();
    const hitLimit = most === undefined ? undefined : (most / roundsOfStryker) * rounds;
    context.activeMutant = activeMutant.id;
    context.hitCount = 0;
    if (hitLimit !== undefined) context.hitLimit = hitLimit;
    else delete context.hitLimit;
    const cases =
      testFilter === undefined ? anew(sandboxFileName) : reaching(testFilter, sandboxFileName, activeMutant.id);
    try {
      return toMutantRunResult(await attempt(cases, hitLimit));
    } finally {
      delete context.activeMutant;
    }
  }

  return {
    capabilities: () => ({ reloadEnvironment: true }),
    dryRun,
    mutantRun,
    async dispose() {
      // A test that was given up may still be at work in the folder that is removed here.
      await Promise.allSettled(hooks.map((hook) => Promise.resolve().then(hook)));
    },
  };
}
