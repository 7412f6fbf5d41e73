import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { instanceSchema } from './instance.ts';
import { UsageError } from './usageError.ts';

const stateSchema = z.object({
  format: z.literal(1),
  /** Folder of the databases: inside the data folder, unless the account that runs PostgreSQL cannot get there. */
  databases: z.string(),
  instances: z.array(instanceSchema),
});

export type State = z.output<typeof stateSchema>;

/** The state of `--data DIR`: one JSON file, and a lock that keeps a second simulator out. */
export interface StateFile {
  /** `undefined` on the first start. */
  readonly known: State | undefined;
  /** Replaces the file as a whole; calls are served in order. */
  save(state: Omit<State, 'format'>): Promise<void>;
  /** Waits for the last save and gives the folder free. */
  release(): Promise<void>;
}

/** @throws UsageError when the folder is in use, or holds a file that is not ours to overwrite */
export async function openStateFile(folder: string): Promise<StateFile> {
  await mkdir(folder, { recursive: true });
  const lock = join(folder, 'simulator.lock');
  await takeLock(lock, folder);
  const path = join(folder, 'state.json');
  let known: State | undefined;
  try {
    known = await readState(path);
  } catch (error) {
    await rm(lock, { force: true });
    throw error;
  }
  let last: Promise<void> = Promise.resolve();

  async function write(text: string): Promise<void> {
    const draft = `${path}.draft`;
    await writeFile(draft, text, { mode: 0o600 });
    // `mode` counts only for a new file, and a draft may be left from a crash.
    await chmod(draft, 0o600);
    await rename(draft, path);
  }

  return {
    known,
    save(state) {
      const text = `${JSON.stringify({ format: 1, ...state }, undefined, 2)}\n`;
      const saved = last.then(() => write(text));
      last = saved.catch(() => undefined);
      return saved;
    },
    async release() {
      await last;
      await rm(lock, { force: true });
    },
  };
}

async function readState(path: string): Promise<State | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is not JSON. Move it away to start with an empty account.`);
  }
  const result = stateSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const detail = issue === undefined ? '' : ` (${issue.path.map(String).join('.')}: ${issue.message})`;
  throw new UsageError(
    `${path} is not a state file of this version${detail}. Move it away to start with an empty account.`,
  );
}

async function takeLock(lock: string, folder: string): Promise<void> {
  const attempt = (): Promise<boolean> =>
    writeFile(lock, String(process.pid), { flag: 'wx', mode: 0o600 }).then(
      () => true,
      () => false,
    );
  if (await attempt()) return;
  const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (Number.isSafeInteger(holder) && holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new UsageError(`${folder} is in use by process ${String(holder)}. If that is no simulator, delete ${lock}.`);
  }
  await rm(lock, { force: true });
  if (!(await attempt())) throw new UsageError(`Cannot write to ${folder}.`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
