import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { CancelledError } from '../../../src/domain/errors.ts';
import { createClaims } from '../../../src/instances/claims.ts';
import type { Claim, Claims } from '../../../src/instances/claims.ts';
import { thisProcess } from '../../../src/instances/holder.ts';
import { sleep } from '../../../src/platform/sleep.ts';
import { manualClock, soon } from '../../support/clock.ts';
import type { Clock } from '../../support/clock.ts';
import { memoryLog } from '../../support/memory.ts';

const root = await mkdtemp(join(tmpdir(), 'claims-'));
after(() => rm(root, { recursive: true, force: true }));

interface Window {
  readonly pid: number;
  readonly claims: Claims;
  readonly log: ReturnType<typeof memoryLog>;
  /** The clock of this window: one that is never passed is a window that hangs. */
  readonly clock: Clock;
  /** Ends without releasing anything. */
  die(): void;
}

/** Windows of one person on one machine. Each sleeps by its own clock; `now` is the same for all. */
async function machine() {
  const path = await mkdtemp(join(root, 'folder-'));
  const wall = manualClock(Date.UTC(2025, 10, 24));
  const alive = new Set<number>();
  let pids = 100;

  function open(host = 'here'): Window {
    const pid = (pids += 1);
    alive.add(pid);
    const clock = manualClock();
    const log = memoryLog();
    const holder = { pid, host, isAlive: (other: number) => alive.has(other) };
    const claims = createClaims({ path, holder, now: wall.now, sleep: clock.sleep, log });
    return { pid, claims, log, clock, die: () => void alive.delete(pid) };
  }

  return {
    path,
    alive,
    open,
    now: wall.now,
    /** Time passes for the given windows, step by step, so that each that holds something renews it in time. */
    async pass(milliseconds: number, windows: readonly Window[], holds: (window: Window) => boolean = () => true) {
      for (let left = milliseconds; left > 0; left -= 4_000) {
        const step = Math.min(left, 4_000);
        wall.pass(step);
        for (const window of windows) {
          window.clock.pass(step);
          if (holds(window)) await soon(() => window.clock.sleeping().length === 1);
        }
      }
    },
    /** As after a sleep of the machine: the wall clock jumps, and nobody had a chance. */
    jump(milliseconds: number) {
      wall.pass(milliseconds);
    },
  };
}

async function taken(claims: Claims, id: string): Promise<Claim> {
  return (await claims.take(id)) ?? assert.fail(`${id} is held`);
}

test('what one window holds no other takes, nor the same one again, until it is released', async () => {
  const { open } = await machine();
  const [one, two] = [open(), open()];
  const claim = await taken(one.claims, 'op');
  assert.equal(await two.claims.take('op'), undefined);
  assert.equal(await one.claims.take('op'), undefined);
  await taken(two.claims, 'other');
  await claim.release();
  const next = await taken(two.claims, 'op');
  await claim.release();
  assert.equal(await one.claims.take('op'), undefined, 'releasing twice releases nothing of the next holder');
  assert.equal(next.signal.aborted, false);
});

test('an old release leaves alone what the same window holds anew', async () => {
  const { open } = await machine();
  const [one, two] = [open(), open()];
  const old = await taken(one.claims, 'op');
  await old.release();
  await taken(one.claims, 'op');
  await old.release();
  await one.claims.dispose();
  assert.notEqual(await two.claims.take('op'), undefined, 'it was still known, and so released');
});

test('a claim that is made while its window ends is released', async () => {
  const { open } = await machine();
  const [one, two] = [open(), open()];
  const taking = assert.rejects(one.claims.take('op'), CancelledError);
  await one.claims.dispose();
  await taking;
  assert.notEqual(await two.claims.take('op'), undefined);
});

test('a window that was slower than several others in a row finds that out and withdraws', async () => {
  const { path, open, now } = await machine();
  const dead = open();
  await taken(dead.claims, 'op');
  const content = readFileSync(join(path, 'op.1.claim'));
  // Between the look at the old claim and the making of its own, two others come and go, and a third one holds.
  const isAlive = (): boolean => {
    rmSync(join(path, 'op.1.claim'), { force: true });
    writeFileSync(join(path, 'op.3.claim'), content);
    writeFileSync(join(path, 'op.4.claim'), content);
    return false;
  };
  const slow = createClaims({ path, holder: { pid: 1, host: 'here', isAlive }, now, sleep, log: memoryLog() });
  assert.equal(await slow.take('op'), undefined);
  assert.deepEqual((await readdir(path)).sort(), ['op.3.claim', 'op.4.claim']);
});

test('a window that ends properly leaves all it held', async () => {
  const { open } = await machine();
  const [one, two] = [open(), open()];
  await taken(one.claims, 'a');
  await taken(one.claims, 'b');
  await one.claims.dispose();
  await taken(two.claims, 'a');
  await taken(two.claims, 'b');
  await assert.rejects(one.claims.take('c'), CancelledError);
  assert.deepEqual(one.clock.sleeping(), []);
});

test('a window that dies is replaced at once', async () => {
  const { open } = await machine();
  const [one, two] = [open(), open()];
  await taken(one.claims, 'op');
  one.die();
  await taken(two.claims, 'op');
});

test('a claim that is renewed is held for as long as its window lives', async () => {
  const { open, pass } = await machine();
  const [one, two] = [open(), open()];
  const claim = await taken(one.claims, 'op');
  await pass(3_600_000, [one]);
  assert.equal(await two.claims.take('op'), undefined);
  assert.equal(claim.signal.aborted, false);
});

test('a process of another machine is not judged by its id, only by the time', async () => {
  const { open, jump } = await machine();
  const [far, near] = [open('there'), open('here')];
  await taken(far.claims, 'op');
  far.die();
  assert.equal(await near.claims.take('op'), undefined);
  jump(21_000);
  const taking = near.claims.take('op');
  await soon(() => near.clock.sleeping().length > 0);
  near.clock.pass(8_000);
  assert.notEqual(await taking, undefined);
});

test('after a sleep of the machine the holder that lives keeps its claim', async () => {
  const { open, jump, now } = await machine();
  const [one, two] = [open(), open()];
  const claim = await taken(one.claims, 'op');
  jump(3_600_000);
  const taking = two.claims.take('op');
  await soon(() => two.clock.sleeping().length > 0);
  one.clock.pass(4_000);
  await soon(() => one.clock.sleeping().length > 0);
  two.clock.pass(8_000);
  assert.equal(await taking, undefined);
  assert.equal(claim.signal.aborted, false);
  assert.ok(now() > 0);
});

test('a window that hung is told that its claim is lost, and its release leaves the new holder alone', async () => {
  const { open, jump } = await machine();
  const [hung, two, three] = [open(), open(), open()];
  const claim = await taken(hung.claims, 'op');
  jump(21_000);
  const taking = two.claims.take('op');
  await soon(() => two.clock.sleeping().length > 0);
  two.clock.pass(8_000);
  assert.notEqual(await taking, undefined);
  hung.clock.pass(4_000);
  await soon(() => claim.signal.aborted);
  await claim.release();
  assert.equal(await three.claims.take('op'), undefined);
});

test('a claim whose file was taken away is lost', async () => {
  const { open, path } = await machine();
  const one = open();
  const claim = await taken(one.claims, 'op');
  await rm(path, { recursive: true });
  one.clock.pass(4_000);
  await soon(() => claim.signal.aborted);
});

test('what cannot be renewed is held until another window may take it over, and not longer', async () => {
  const { path, open, pass } = await machine();
  const window = open();
  const claim = await taken(window.claims, 'one');
  await rm(path, { recursive: true });
  await writeFile(path, 'no folder any more');
  await pass(20_000, [window]);
  assert.ok(!claim.signal.aborted);
  assert.match(window.log.lines.join('\n'), /Claim not renewed: one/);
  await pass(4_000, [window], () => false);
  await soon(() => claim.signal.aborted);
});

test('however many are held, each is renewed in time, also where every turn takes long', async () => {
  const { path, open, now, jump } = await machine();
  const window = open();
  const ids = Array.from({ length: 150 }, (_, at) => `operation-${String(at)}`);
  for (const id of ids) await taken(window.claims, id);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let turn = 0; turn < 300; turn += 1) {
    jump(200);
    window.clock.pass(200);
    // The disk has its time, and the window hears of it in the next turn only.
    Atomics.wait(pause, 0, 0, 1);
    await new Promise(setImmediate);
  }
  const ages = await Promise.all(ids.map(async (id) => now() - (await stat(join(path, `${id}.1.claim`))).mtimeMs));
  assert.ok(Math.max(...ages) <= 20_000, `the oldest was renewed ${String(Math.max(...ages))} ms ago`);
});

test('a claim whose maker died before it could sign it is given up after a while', async () => {
  const { open, path, now, jump } = await machine();
  const one = open();
  await writeFile(join(path, 'op.1.claim'), '');
  await utimes(join(path, 'op.1.claim'), now() / 1_000, now() / 1_000);
  assert.equal(await one.claims.take('op'), undefined);
  jump(21_000);
  const taking = one.claims.take('op');
  await soon(() => one.clock.sleeping().length > 0);
  one.clock.pass(8_000);
  assert.notEqual(await taking, undefined);
});

test('a folder that cannot be written to is told to whoever wants to claim', async (t) => {
  if (process.getuid?.() === 0) {
    const { path } = await machine();
    await writeFile(join(path, 'file'), '');
    const holder = { pid: 1, host: 'here', isAlive: () => true };
    const inside = join(path, 'file', 'inside');
    const claims = createClaims({ path: inside, holder, now: Date.now, sleep, log: memoryLog() });
    await assert.rejects(claims.take('op'), { code: 'ENOTDIR' });
    return;
  }
  const { open, path } = await machine();
  await chmod(path, 0o500);
  t.after(() => chmod(path, 0o700));
  await assert.rejects(open().claims.take('op'), { code: 'EACCES' });
});

test('claims change hands without leaving more than two files, and what is not wanted is tidied away', async () => {
  const { open, path } = await machine();
  const windows = [open(), open(), open()];
  for (let round = 0; round < 4; round += 1) {
    for (const { claims } of windows) await (await taken(claims, 'op')).release();
  }
  assert.equal((await readdir(path)).length, 2);
  const [one, two] = [open(), open()];
  await taken(one.claims, 'held');
  await taken(two.claims, 'dead');
  two.die();
  await taken(one.claims, 'wanted').then((claim) => claim.release());
  await writeFile(join(path, 'op.json'), '{}');
  await one.claims.tidy((id) => id === 'wanted');
  assert.deepEqual((await readdir(path)).sort(), ['held.1.claim', 'op.json', 'wanted.1.claim']);
  await two.claims.tidy(() => false);
  assert.deepEqual((await readdir(path)).sort(), ['held.1.claim', 'op.json'], 'what another window holds stays');
});

/** One round: all its acts begin at the same moment. */
type Act =
  | { readonly kind: 'take'; readonly window: number; readonly id: string }
  | { readonly kind: 'release'; readonly id: string }
  | { readonly kind: 'die'; readonly window: number }
  | { readonly kind: 'end'; readonly window: number };

const count = 5;
const anyId = fc.constantFrom('a', 'b');
const anyWindow = fc.nat({ max: count - 1 });
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('take' as const), window: anyWindow, id: anyId }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('release' as const), id: anyId }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('die' as const), window: anyWindow }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), window: anyWindow }) },
);
const anyRounds = fc.array(fc.record({ acts: fc.array(anyAct, { maxLength: 8 }), time: fc.nat({ max: 40_000 }) }), {
  maxLength: 8,
});

test('many windows that take, release, die and end at the same moment: never two hold one operation', async () => {
  await fc.assert(
    fc.asyncProperty(anyRounds, async (rounds) => {
      const { open, alive, pass } = await machine();
      const windows = Array.from({ length: count }, () => open());
      const at = (index: number): Window => windows[index] ?? assert.fail();
      const holders = new Map<string, { readonly window: Window; readonly claim: Claim }>();
      const lives = (id: string): boolean => {
        const holder = holders.get(id);
        return holder !== undefined && alive.has(holder.window.pid) && !holder.claim.signal.aborted;
      };

      async function act(what: Act): Promise<void> {
        if (what.kind === 'take') {
          const window = at(what.window);
          const claim = await window.claims.take(what.id);
          if (claim === undefined) return;
          // One that died while it took is replaced in time like any other.
          if (!alive.has(window.pid)) return;
          assert.equal(lives(what.id), false, 'two live holders');
          holders.set(what.id, { window, claim });
        } else if (what.kind === 'release') {
          const holder = holders.get(what.id);
          holders.delete(what.id);
          if (holder !== undefined && alive.has(holder.window.pid)) await holder.claim.release();
        } else if (what.kind === 'die') {
          at(what.window).die();
          windows[what.window] = open();
        } else {
          const window = at(what.window);
          windows[what.window] = open();
          for (const [id, holder] of holders) if (holder.window === window) holders.delete(id);
          await window.claims.dispose();
          window.die();
        }
      }

      for (const { acts, time } of rounds) {
        await Promise.all(
          acts.map((what) =>
            act(what).catch((error: unknown) => {
              if (!(error instanceof CancelledError)) throw error;
            }),
          ),
        );
        await pass(time, windows, (window) => [...holders.values()].some((holder) => holder.window === window));
        for (const [id, { claim }] of holders) assert.equal(claim.signal.aborted, false, `${id} lost without reason`);
      }

      // And nothing is lost for good: with everybody dead, the next window gets it all.
      for (const window of windows) window.die();
      const last = open();
      await taken(last.claims, 'a');
      await taken(last.claims, 'b');
      await last.claims.dispose();
    }),
    { numRuns: 60 },
  );
});

test('many that find a dead holder at the same moment: one takes over', async () => {
  const { open } = await machine();
  for (let round = 1; round <= 10; round += 1) {
    const dead = open();
    await taken(dead.claims, 'op');
    dead.die();
    const windows = Array.from({ length: 12 }, () => open());
    const claims = (await Promise.all(windows.map((window) => window.claims.take('op')))).filter(
      (claim) => claim !== undefined,
    );
    assert.equal(claims.length, 1);
    await claims[0]?.release();
  }
});

function claimant(path: string, ids: readonly string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../support/claimant.ts'), path, ...ids], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async line(): Promise<string> {
      const next: IteratorResult<unknown> = await lines.next();
      return String(next.value);
    },
  };
}

test('processes that try for the same operations share them out; of those that are killed each is taken over', async (t) => {
  const path = await mkdtemp(join(root, 'folder-'));
  const ids = Array.from({ length: 12 }, (_, n) => `op-${String(n)}`);
  const windows = [claimant(path, ids), claimant(path, ids), claimant(path, ids)];
  t.after(() => {
    for (const { child } of windows) child.kill('SIGKILL');
  });
  for (const window of windows) assert.equal(await window.line(), 'ready');
  for (const { child } of windows) child.stdin.write('go\n');
  const got = await Promise.all(windows.map(async (window) => (await window.line()).match(/op-[0-9]+/g) ?? []));
  assert.deepEqual(got.flat().sort(), [...ids].sort());

  const claims = createClaims({ path, holder: thisProcess, now: Date.now, sleep, log: memoryLog() });
  for (const id of ids) assert.equal(await claims.take(id), undefined);
  for (const { child } of windows) {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
  for (const id of ids) await taken(claims, id);
  await claims.dispose();
});
