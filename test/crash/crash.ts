/**
 * Kills a window at every step of every write, lets the next one take up what is left, and holds the promise against
 * the books of the simulator.
 *
 *   node test/crash/crash.ts [--sample] [--only NAME] [--at-once N]
 *
 * Every write is carried out undisturbed in each of its ways (see writes.ts), while the window notes each point at
 * which it begins to wait and comes back. Then it is carried out anew for every moment of that (see moments.ts and
 * kills.ts), and the process ends itself there with SIGKILL. What goes the same in two ways is killed once. Of the
 * windows that take up what is left some are killed as well.
 */
import { parseArgs } from 'node:util';
import type { Bench, Outcome, Trial } from './bench.ts';
import { createBench } from './bench.ts';
import { buildWindowProgram } from './bundle.ts';
import type { Site } from './instrument.ts';
import type { Kill } from './kills.ts';
import { furtherKills, killsOf, spread } from './kills.ts';
import type { Pass, Written } from './protocol.ts';
import { passKey } from './protocol.ts';
import { outdated, reasonFor } from './unreached.ts';
import type { Way, Write } from './writes.ts';
import { waysOf, writes } from './writes.ts';

/** What came of it; a cell is a trial. */
export interface CrashResult {
  readonly name: string;
  readonly cells: number;
  readonly passed: number;
  readonly failed: number;
  readonly lines: readonly string[];
}

export interface CrashOptions {
  /** A fixed few of all kills, without PostgreSQL; completeness is not asked for. */
  readonly sample?: boolean;
  readonly only?: readonly string[];
  readonly atOnce?: number;
  readonly print?: (line: string) => void;
}

/** What is known of one write so far. */
interface Tally {
  readonly write: Write;
  readonly points: Set<string>;
  readonly kills: Map<Way, number>;
  again: number;
  /** What was passed once, and in no later run. */
  readonly missed: string[];
  readonly troubles: string[];
  open: number;
}

/** Which runs are as long as which ones is left to the machine: a kill that was not met is tried so often. */
const tries = 5;

/** Of each write, how many of its kills are followed by kills of the next window, and by how many. */
const followed = 4;
const further = 5;

/** Of the troubles of one write so many are told in full. */
const shown = 10;

/** In a sample: of each way of each write. */
const sampled = 3;

type Task = (bench: Bench) => Promise<void>;

export async function runCrashes(options: CrashOptions = {}): Promise<CrashResult> {
  const { sample = false, only = [], atOnce = 3, print = () => undefined } = options;
  const program = await buildWindowProgram();
  const lines: string[] = [];
  const tell = (line: string): void => {
    lines.push(line);
    print(line);
  };
  const chosen = writes
    .filter(({ name }) => only.length === 0 || only.includes(name))
    .filter(({ hasAddress = false }) => !sample || !hasAddress);
  const passed = new Set<string>();
  /** Points and phases, as `passKey` writes them: what was passed in an undisturbed run, and where a window died. */
  const seen = new Set<string>();
  const deadly = new Set<string>();
  const queue: Task[] = [];
  let cells = 0;
  let failed = 0;

  async function judged(bench: Bench, trial: Trial, tally: Tally): Promise<Outcome | undefined> {
    cells += 1;
    try {
      const outcome = await bench.run(trial);
      for (const pass of [...(outcome.written?.passes ?? []), ...outcome.recovery]) passed.add(pass.point);
      if (outcome.broken.length === 0) return outcome;
      trouble(tally, trial, [...outcome.broken, ...outcome.log.map((line) => `  ${line}`)]);
      return outcome;
    } catch (thrown) {
      trouble(tally, trial, [thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)]);
      return undefined;
    }
  }

  function trouble({ write, troubles }: Tally, { way, kill, killAgain }: Trial, words: readonly string[]): void {
    failed += 1;
    const where = [kill, killAgain].map((pass) => (pass === undefined ? '' : ` at ${passWords(pass)}`)).join(', then');
    troubles.push([`${write.name}, ${way}${where}`, ...words].join('\n    '));
  }

  /** Carries it out undisturbed in every way, and asks for the kills that come of it. */
  async function survey(bench: Bench, tally: Tally): Promise<void> {
    const known = new Set<string>();
    const plain = new Set<string>();
    const ways = waysOf(tally.write);
    for (const way of sample ? ways.slice(0, 2) : ways) {
      const outcome = await judged(bench, { write: tally.write, way }, tally);
      const passes = outcome?.written?.passes ?? [];
      const kills = killsFor(way, passes, isWinding(way) ? known : plain);
      for (const pass of passes) {
        known.add(passKey(pass));
        seen.add(passKey(pass));
        if (way === 'plain') plain.add(passKey(pass));
        tally.points.add(pass.point);
      }
      const some = sample ? spread(kills, sampled) : kills;
      const twice = new Set(way === 'plain' || way === 'lost' ? spread(some, sample ? 0 : followed / 2) : []);
      for (const kill of some) add(tally, (next) => carryOut(next, tally, way, kill, twice.has(kill)));
    }
  }

  async function carryOut(
    bench: Bench,
    tally: Tally,
    way: Way,
    { at, keys }: Kill,
    isFollowed: boolean,
  ): Promise<void> {
    const { write } = tally;
    let kill = at;
    for (let left = tries; left > 0; left -= 1) {
      const outcome = await judged(bench, { write, way, kill }, tally);
      if (outcome === undefined) return;
      if (outcome.wasKilled) {
        tally.kills.set(way, (tally.kills.get(way) ?? 0) + 1);
        for (const key of keys) deadly.add(key);
        if (isFollowed) killNext(tally, way, kill, outcome);
        return;
      }
      // It went on less often this time: then where it was for the last time.
      const count = outcome.written?.passes.find((pass) => passKey(pass) === passKey(kill))?.count ?? kill.count;
      kill = { ...kill, count: Math.min(kill.count, count) };
    }
    tally.missed.push(`${way} at ${passWords(at)}`);
  }

  function killNext(tally: Tally, way: Way, kill: Pass, { recovery }: Outcome): void {
    const { write } = tally;
    for (const { at: killAgain } of spread(killsOf(recovery.map(eachItsMoment)), further)) {
      add(tally, async (bench) => {
        const outcome = await judged(bench, { write, way, kill, killAgain }, tally);
        if (outcome?.wasKilledAgain === true) tally.again += 1;
      });
    }
  }

  /** @param isNext it comes before what waits already, so that one write is through before the next begins */
  function add(tally: Tally, task: Task, isNext = true): void {
    tally.open += 1;
    const counted: Task = async (bench) => {
      await task(bench);
      tally.open -= 1;
      if (tally.open === 0) report(tally);
    };
    if (isNext) queue.unshift(counted);
    else queue.push(counted);
  }

  function report({ write, points, kills, again, missed, troubles }: Tally): void {
    const count = [...kills.values()].reduce((sum, one) => sum + one, 0);
    const parts = [...kills].map(([way, one]) => `${way} ${String(one)}`).join(', ');
    const met = missed.length === 0 ? '' : `, ${String(missed.length)} not met again`;
    tell(
      `${write.name}: ${String(points.size)} points, ${String(count)} kills (${parts}), ${String(again)} of the next window too${met}; ${troubles.length === 0 ? 'all kept' : `${String(troubles.length)} BROKEN`}`,
    );
    for (const words of missed) tell(`  not met again: ${words}`);
    for (const words of troubles.slice(0, shown)) tell(`  ${words}`);
  }

  const tallies = chosen.map(newTally);
  for (const tally of tallies) add(tally, (bench) => survey(bench, tally), false);
  let busy = 0;
  async function work(): Promise<void> {
    const bench = createBench(program);
    try {
      // What another one is at may bring more.
      while (queue.length > 0 || busy > 0) {
        const task = queue.shift();
        if (task === undefined) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          continue;
        }
        busy += 1;
        await task(bench).finally(() => {
          busy -= 1;
        });
      }
    } finally {
      await bench.close();
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await program.remove();
  }

  const kills = tallies.flatMap((tally) => [...tally.kills.values()]).reduce((sum, one) => sum + one, 0);
  const again = tallies.reduce((sum, tally) => sum + tally.again, 0);
  if (!sample && only.length === 0) {
    cells += 2;
    if (tellUnreached(program.sites, passed, tell) > 0) failed += 1;
    const spared = [...seen].filter((key) => !deadly.has(key));
    tell(`${String(seen.size)} points and phases passed in undisturbed runs, ${String(deadly.size)} of them deadly`);
    for (const key of spared) tell(`  passed, and no window died there: ${key}`);
    if (spared.length > 0) failed += 1;
  }
  tell(
    `${String(chosen.length)} writes, ${String(passed.size)} points passed, ${String(kills)} kills and ${String(again)} of the next window too: ${String(cells - failed)} of ${String(cells)} trials kept the promise`,
  );
  return { name: 'crash', cells, passed: cells - failed, failed, lines };
}

/** It goes other ways all along; of interest is what was never passed before. */
function isWinding(way: Way): boolean {
  return way === 'rough' || way === 'wrongClock';
}

/** @param known what was passed in the plain way; for one that winds: in any way before it */
function killsFor(way: Way, passes: Written['passes'], known: ReadonlySet<string>): readonly Kill[] {
  if (way === 'plain') return killsOf(passes);
  const kills = furtherKills(passes, known);
  return isWinding(way) ? kills.filter(({ keys }) => keys.some((key) => !known.has(key))) : kills;
}

/** Where moments were not watched, every pass counts for itself. */
function eachItsMoment(pass: Written['passes'][number]): Written['passes'][number] {
  const { first, last } = pass;
  return { ...pass, first: { ...first, moment: first.order }, last: { ...last, moment: last.order } };
}

function newTally(write: Write): Tally {
  return { write, points: new Set(), kills: new Map(), again: 0, missed: [], troubles: [], open: 0 };
}

function passWords({ point, phase, count }: Pass): string {
  return `${point} ${phase}${count === 1 ? '' : `, the ${String(count)}th time`}`;
}

/** Every point of the sources that a write can come by is passed, or there is a reason why none does. */
function tellUnreached(sites: readonly Site[], passed: ReadonlySet<string>, tell: (line: string) => void): number {
  const unreached = sites.filter(({ point }) => !passed.has(point));
  const without = unreached.filter((site) => reasonFor(site) === undefined);
  const old = outdated(sites);
  tell(
    `${String(sites.length)} points in the sources, ${String(sites.length - unreached.length)} passed; ${String(unreached.length - without.length)} never, for a reason that is written down`,
  );
  for (const { point, name } of without) tell(`  never passed, and no reason is known: ${point} ${name}`);
  for (const start of old) tell(`  a reason for what is not there any more: ${start}`);
  return without.length + old.length;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      sample: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      'at-once': { type: 'string' },
    },
  });
  const start = performance.now();
  const { failed } = await runCrashes({
    sample: values.sample ?? false,
    only: values.only ?? [],
    ...(values['at-once'] === undefined ? {} : { atOnce: Number(values['at-once']) }),
    print: (line) => {
      console.log(line);
    },
  });
  console.log(`${String(Math.round((performance.now() - start) / 1_000))} s`);
  process.exitCode = failed === 0 ? 0 : 1;
}
