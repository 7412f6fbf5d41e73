import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';

/**
 * The keeper is a small process beside the simulator that ends whatever the simulator started, however the simulator
 * itself ends, SIGKILL included: it reads orders from a pipe, and acts when the pipe ends.
 */
export interface Keeper {
  /** This process, which leads a group of its own, is to be ended with the simulator. */
  watch(pid: number): void;
  /** This process has ended; its number may come back as somebody else's. */
  release(pid: number): void;
  /** This folder goes with the simulator. */
  removeAtEnd(folder: string): void;
  /** Ends all that is watched, removes what is to be removed, and resolves when that is done. */
  end(): Promise<void>;
}

const orderSchema = z.union([
  z.object({ watch: z.int() }),
  z.object({ release: z.int() }),
  z.object({ remove: z.string() }),
]);

type Order = z.output<typeof orderSchema>;

/** @param script program that runs `keep` when its one argument is `--keeper` */
export function startKeeper(script: string, warn: (message: string) => void): Keeper {
  const child = spawn(process.execPath, [script, '--keeper'], {
    // Out of the terminal's process group, so that Ctrl+C reaches the simulator and not this.
    detached: true,
    windowsHide: true,
    cwd: '/',
    // Not our stdout and stderr: who reads those waits until everybody has closed them.
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  let ending = false;
  const closed = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      warn(`Cannot start the keeper process: ${error.message}`);
      resolve();
    });
    child.once('close', () => {
      if (!ending)
        warn('The keeper process has ended early: a killed simulator may leave PostgreSQL processes behind.');
      resolve();
    });
  });
  // A broken pipe means that the keeper is gone, which `close` reports.
  child.stdin.on('error', () => undefined);
  const tell = (order: Order): void => {
    child.stdin.write(`${JSON.stringify(order)}\n`);
  };
  return {
    watch(pid) {
      tell({ watch: pid });
    },
    release(pid) {
      tell({ release: pid });
    },
    removeAtEnd(folder) {
      tell({ remove: folder });
    },
    end() {
      ending = true;
      child.stdin.end();
      return closed;
    },
  };
}

/** The keeper's own life: collects orders until the pipe ends, then carries them out. */
export async function keep(orders: Readable): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const processes = new Set<number>();
  const folders = new Set<string>();
  for await (const line of createInterface({ input: orders })) {
    const order = readOrder(line);
    if (order === undefined) continue;
    if ('watch' in order) processes.add(order.watch);
    else if ('release' in order) processes.delete(order.release);
    else folders.add(order.remove);
  }
  await Promise.all([...processes].map(endProcess));
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** `undefined` for a line that a dying simulator did not finish. */
function readOrder(line: string): Order | undefined {
  try {
    return orderSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** How long PostgreSQL gets for ending its own children, in milliseconds. */
const grace = 4_000;

async function endProcess(pid: number): Promise<void> {
  if (process.platform === 'win32') {
    await new Promise<void>((resolve) => {
      spawn('taskkill', ['/F', '/T', '/PID', String(pid)], { windowsHide: true, stdio: 'ignore' })
        .once('error', () => {
          resolve();
        })
        .once('close', () => {
          resolve();
        });
    });
    return;
  }
  // SIGQUIT is PostgreSQL's immediate shutdown, and it ends an initdb as well.
  const deadline = Date.now() + grace;
  let alive = send(-pid, 'SIGQUIT');
  while (alive && Date.now() < deadline) {
    await sleep(20);
    alive = send(-pid, 0);
  }
  if (alive) send(-pid, 'SIGKILL');
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
