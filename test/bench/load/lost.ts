import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeOperation } from '../../../src/instances/storedOperation.ts';
import type { WindowReport } from './messages.ts';
import { pending, pendingOperation } from './world.ts';
import { keptInstances } from './kept.ts';

/** What is missing on disk of what the windows wrote, a sentence each; read after they have all ended. */
export async function findLost(folder: string, reports: readonly WindowReport[]): Promise<string[]> {
  const lost: string[] = [];
  const registry = await keptInstances(folder);
  const operations = await keptOperations(join(folder, 'operations'));
  for (const { window, written } of reports) {
    for (const [id, text] of Object.entries(written.instances)) {
      const kept = registry.get(id);
      if (kept !== text)
        lost.push(`${id} of window ${String(window)}: "${text}" was written, "${kept ?? 'nothing'}" is kept`);
    }
    for (const [id, text] of Object.entries(written.operations)) {
      const kept = operations.get(id);
      if (kept !== text)
        lost.push(`${id} of window ${String(window)}: "${text}" was written, "${kept ?? 'nothing'}" is kept`);
    }
  }
  for (let at = 0; at < pending; at += 1) {
    const { id } = pendingOperation(at, 0);
    if (!operations.has(id)) lost.push(`${id}: the operation is not on record any more`);
  }
  return lost;
}

/** The request ids on record, by operation. */
async function keptOperations(path: string): Promise<ReadonlyMap<string, string>> {
  const kept = new Map<string, string>();
  for (const name of await readdir(path)) {
    if (!name.endsWith('.json')) continue;
    const value: unknown = JSON.parse(await readFile(join(path, name), 'utf8'));
    const decoded = decodeOperation(value);
    if (decoded.kind === 'operation') kept.set(decoded.operation.id, decoded.operation.requestId ?? '');
  }
  return kept;
}
