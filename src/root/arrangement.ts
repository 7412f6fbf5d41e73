import type { ArrangementStore } from '../commands/arrangeInstances.ts';
import type { Memory } from '../domain/memory.ts';
import { decodeArrangement } from '../tree/arrangement.ts';

const remembered = 'arrangement';

/** How the list is arranged, kept between sessions. */
export function createArrangement(memory: Memory): ArrangementStore & {
  onDidChange(listener: () => void): { dispose(): void };
} {
  const listeners = new Set<() => void>();
  let arrangement = decodeArrangement(memory.read(remembered));
  return {
    read: () => arrangement,
    async write(next) {
      arrangement = next;
      for (const listener of [...listeners]) listener();
      await memory.write(remembered, next);
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
