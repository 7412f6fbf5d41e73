import { createInterface } from 'node:readline';
import type { Leashed } from './leashed.ts';

/** Every line that a program wrote so far, and a way to wait for one. */
export interface LineLog {
  readonly lines: readonly string[];
  /** Resolves with the first group of the first line that matches, written already or to come. */
  first(pattern: RegExp): Promise<string>;
}

export function createLineLog(program: Leashed): LineLog {
  const lines: string[] = [];
  const listeners = new Set<(line: string) => void>();
  for (const input of [program.stdout, program.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      for (const listener of listeners) listener(line);
    });
  }

  return {
    lines,
    first: (pattern) =>
      new Promise((found, failed) => {
        const look = (line: string): void => {
          const match = pattern.exec(line);
          if (match === null) return;
          listeners.delete(look);
          found(match[1] ?? '');
        };
        listeners.add(look);
        lines.forEach(look);
        program.ended.then((code) => {
          failed(new Error(`The program ended with ${String(code)}:\n${lines.slice(-20).join('\n')}`));
        }, failed);
      }),
  };
}
