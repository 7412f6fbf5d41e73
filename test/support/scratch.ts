import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Memory that looks like a disk, where there is some: what is written with care costs little there. */
const memory = '/dev/shm';

/** A new folder for a test that writes much. Whoever asks for it removes it. */
export function scratchFolder(purpose: string): Promise<string> {
  return mkdtemp(join(existsSync(memory) ? memory : tmpdir(), `tencentdb-postgres-${purpose}-`));
}
