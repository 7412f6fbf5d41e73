/**
 * Stands in for `node:test` while mutants are tried. A test of the real one runs once, when its file is loaded; here
 * loading a file only collects its tests, and each can be run as often as there are mutants, in one process.
 * It has what the tests use. Whoever imports more from `node:test` learns it at once: the import fails.
 */
import type { TestContext, TestOptions } from 'node:test';

type Body = (context: TestContext) => unknown;
type Hook = () => unknown;

/** A test of a file that was loaded. */
export interface Case {
  /** The names of the groups around it, then its own. */
  readonly name: string;
  readonly skipped: boolean;
  /** Rejects as the test fails. */
  run(): Promise<void>;
}

export interface Collected {
  readonly cases: readonly Case[];
  /** What the file wants done after the last of its tests. */
  readonly after: readonly Hook[];
}

let cases: Case[] = [];
let hooks: Hook[] = [];
let groups: readonly string[] = [];

/** Collects what is registered during `load`, one load at a time. */
export async function collect(load: () => Promise<unknown>): Promise<Collected> {
  [cases, hooks, groups] = [[], [], []];
  await load();
  return { cases, after: hooks };
}

async function run(name: string, body: Body): Promise<void> {
  const last: Hook[] = [];
  const context = { name, after: (hook: Hook) => void last.push(hook) };
  try {
    // What it lacks of a context is found missing by the dry run, which fails.
    await body(context as unknown as TestContext);
  } finally {
    for (const hook of last) await hook();
  }
}

export function test(name: string, ...rest: readonly (TestOptions | Body)[]): void {
  const body = rest.find((part) => typeof part === 'function') ?? (() => undefined);
  const { skip = false } = rest.find((part) => typeof part === 'object') ?? {};
  cases.push({ name: [...groups, name].join(' > '), skipped: skip !== false, run: () => run(name, body) });
}

export function describe(name: string, body: () => void): void {
  const outer = groups;
  groups = [...groups, name];
  body();
  groups = outer;
}

export function after(hook: Hook): void {
  hooks.push(hook);
}
