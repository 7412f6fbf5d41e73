import type { Cell, Table } from './table.ts';

/** How much of it. */
export interface Extent {
  /** A fixed sample: every fault and everything that is attacked at least once. */
  readonly short: boolean;
  /** Hears of every cell when it is done, and how many of how many are, for a person who waits. */
  readonly onCell?: (cell: Cell, done: number, of: number) => void;
}

/** A part of the torture. */
export interface Part {
  readonly name: string;
  run(extent: Extent): Promise<readonly Table[]>;
}
