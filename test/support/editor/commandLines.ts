import { readFileSync } from 'node:fs';
import { descendants } from '../../simulator/support.ts';

/** The command line of every process below this one, for as long as it watches. */
export interface CommandLines {
  seen(): readonly string[];
  stop(): void;
}

/** Milliseconds between two looks; a process that lives shorter than that may be missed. */
const interval = 400;

export function watchCommandLines(): CommandLines {
  const lines = new Set<string>();
  const look = (): void => {
    for (const pid of descendants(process.pid)) lines.add(commandLine(pid));
  };
  const timer = setInterval(look, interval);
  return {
    seen() {
      look();
      return [...lines].filter((line) => line !== '');
    },
    stop() {
      clearInterval(timer);
    },
  };
}

/** Arguments with blanks between them; empty when the process ended meanwhile. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
      .replaceAll('\0', ' ')
      .trim();
  } catch {
    return '';
  }
}
