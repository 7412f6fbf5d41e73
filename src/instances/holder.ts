import { hostname } from 'node:os';

/** The process that holds the claims of this window. */
export interface Holder {
  readonly pid: number;
  /** Process ids say nothing about another machine, which may share the folder. */
  readonly host: string;
  /** False only when it is certain that no process of this machine has that id. */
  isAlive(pid: number): boolean;
}

export const thisProcess: Holder = {
  pid: process.pid,
  host: hostname(),
  isAlive(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
    }
  },
};
