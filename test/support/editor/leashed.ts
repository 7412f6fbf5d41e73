import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface Leashed {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves with the exit code once the program, and all that it started, has ended. */
  readonly ended: Promise<number>;
  /** Ends the program and all that it started; resolves when they are gone. */
  stop(): Promise<void>;
}

export interface LeashedOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

const leash = fileURLToPath(new URL('leash.ts', import.meta.url));

/** Starts a program that cannot outlive this process. */
export function startLeashed(command: string, args: readonly string[], options: LeashedOptions): Leashed {
  const child = spawn(process.execPath, [leash, command, ...args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close').then(() => child.exitCode ?? 1);
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
