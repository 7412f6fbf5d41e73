import { toError } from '../../src/domain/errors.ts';
import { titleOf, type Action } from './actions.ts';
import { startField, type Field } from './field.ts';
import type { Extent } from './part.ts';
import type { Cell } from './table.ts';

/** What came of one attack: what was wrong, or nothing. */
export interface Attacked {
  readonly label: string;
  readonly wrong: string | undefined;
}

/** All attacks of one fault on one action. */
export interface Fight {
  /** Name of the fault. */
  readonly row: string;
  readonly action: Action;
  attacks(field: Field): AsyncIterable<Attacked>;
}

/** How many fights go on at a time, of either sort: they wait for most of their time. */
const fields = { withAddress: 2, without: 4 } as const;

/** Only an instance with PostgreSQL behind it has a public address. */
function needsAddress({ action }: Fight): boolean {
  return action.effect === 'write' && (action.needs === 'open' || action.needs === 'closed');
}

async function fought(field: Field, { row, action, attacks: all }: Fight): Promise<Cell> {
  const column = titleOf(action);
  const failures: string[] = [];
  let attacks = 0;
  try {
    for await (const { label, wrong } of all(field)) {
      attacks += 1;
      if (wrong !== undefined) failures.push(`${row}, ${label}: ${column}: ${wrong}`);
    }
  } catch (thrown) {
    attacks += 1;
    failures.push(`${row}: ${column}: the fight broke off: ${toError(thrown).stack ?? ''}`);
  }
  return { row, column, attacks, failures };
}

/** Fights them all, several at a time. Resolves to a cell for each, in their order. */
export async function fight(fights: readonly Fight[], onCell: Extent['onCell']): Promise<Cell[]> {
  const cells = new Map<Fight, Cell>();

  async function inTurn(waiting: Fight[], addresses: boolean): Promise<void> {
    if (waiting.length === 0) return;
    const field = await startField({ addresses });
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const cell = await fought(field, next);
        cells.set(next, cell);
        onCell?.(cell, cells.size, fights.length);
      }
    } finally {
      await field.close();
    }
  }

  const withAddress = fights.filter(needsAddress);
  const others = fights.filter((one) => !needsAddress(one));
  await Promise.all([
    ...Array.from({ length: fields.withAddress }, () => inTurn(withAddress, true)),
    ...Array.from({ length: fields.without }, () => inTurn(others, false)),
  ]);
  return fights.flatMap((one) => cells.get(one) ?? []);
}
