import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { WindowProgram } from './bundle.ts';
import type { Job, Recovered, WriteJob, Written } from './protocol.ts';

/** A window in a process of its own. */
export interface WindowProcess {
  /** `undefined` when it was killed on the way. Rejects when it could not do its job, or ended in another way. */
  write(job: WriteJob): Promise<Written | undefined>;
  recover(job: Job): Promise<Recovered | undefined>;
  /** Resolves when the process is gone. One that could not do its job may be in the middle of it, and is killed. */
  end(): Promise<void>;
}

const lineSchema = z.object({ answer: z.unknown().optional(), trouble: z.string().optional() });

export function startWindow({ script, cache }: Pick<WindowProgram, 'script' | 'cache'>): WindowProcess {
  const child = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  let errors = '';
  let isBroken = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  // A window that dies with a job half written to it has died all the same.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, 'exit').then(([code, signal]: readonly unknown[]) => ({ code, signal }));

  async function ask(job: Job): Promise<unknown> {
    child.stdin.write(`${JSON.stringify(job)}\n`);
    const line = await lines.next();
    if (line.done === true) {
      const { code, signal } = await exited;
      if (signal === 'SIGKILL') return undefined;
      throw new Error(`A window ended with ${String(code ?? signal)}: ${errors}`);
    }
    const { answer, trouble } = lineSchema.parse(JSON.parse(line.value));
    if (trouble === undefined) return answer;
    isBroken = true;
    throw new Error(`A window could not do its job: ${trouble}`);
  }

  return {
    // What both answer is made by driver.ts, of these very types.
    write: async (job) => (await ask(job)) as Written | undefined,
    // As above.
    recover: async (job) => (await ask(job)) as Recovered | undefined,
    async end() {
      child.stdin.end();
      if (isBroken) child.kill('SIGKILL');
      await exited;
    },
  };
}
