import type { Instance } from '../../src/domain/instance.ts';
import type { OperationView } from '../../src/domain/operation.ts';
import type { Phase } from './points.ts';
import type { Write } from './writes.ts';

/** The `count`-th time that a point is passed, from 1. */
export interface Pass {
  readonly point: string;
  readonly phase: Phase;
  readonly count: number;
}

export function passKey({ point, phase }: Omit<Pass, 'count'>): string {
  return `${point} ${phase}`;
}

/** To open a window over a folder and let it take up what is there. */
export interface Job {
  readonly folder: string;
  readonly endpoint: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** When the trial began, in milliseconds since the epoch. */
  readonly origin: number;
  /** Instances that are looked at beside those that the window knows. */
  readonly ids: readonly string[];
  /** Where the process is to end. */
  readonly kill?: Pass;
  /** The moments of the passes are to be told apart, which takes longer. */
  readonly survey?: boolean;
}

/** To open a window and carry out one write. */
export interface WriteJob extends Job {
  readonly write: Write;
  /** Absent for a create. */
  readonly instance?: Instance;
  /** The password that the write brings, where it brings one, and the one that was kept before. */
  readonly password: string;
  readonly oldPassword: string;
}

/** When a pass was: its place in the order of all, and its moment, see moments.ts. */
export interface Place {
  readonly order: number;
  readonly moment: number;
}

interface Passed {
  /** How often each point was passed, and when at first and at last. */
  readonly passes: readonly (Pass & { readonly first: Place; readonly last: Place })[];
  /** False when something was still under way after an hour. */
  readonly isQuiet: boolean;
  readonly log: readonly string[];
}

/** What a window says that lived to see the end of its write. */
export type Written = Passed;

/** What a window says that has taken up what there was. */
export interface Recovered extends Passed {
  readonly operations: readonly OperationView[];
  /** The instances that the person sees. */
  readonly known: readonly { readonly id: string; readonly name: string }[];
  /** The password that would be used to log in, as a SHA-256 in hex; empty where there is none. */
  readonly kept: readonly {
    readonly id: string;
    readonly account: string;
    /** The row says that one is kept for the instance. */
    readonly isNoted: boolean;
    readonly fingerprint: string;
  }[];
  /** Names of all that is in the secret storage. */
  readonly secrets: readonly string[];
  /** What the follower could not carry on. */
  readonly failures: readonly string[];
}
