import { toError } from '../../src/domain/errors.ts';
import { actions, titleOf, type Action, type Group } from './actions.ts';
import { startArsenal } from './arsenal.ts';
import { attackRead, attackWrite } from './attack.ts';
import { faultsOf, type Fault } from './faults.ts';
import { startField, type Field } from './field.ts';
import type { Extent, Part } from './part.ts';
import type { Cell, Table } from './table.ts';

/** How many fights go on at a time: they wait for most of their time. */
const fields = 5;

/** Of a fault that strikes in many ways, how many are in the sample. */
const sampledStrikes = 3;

interface Fight {
  readonly fault: Fault;
  readonly action: Action;
}

/** Only an instance with PostgreSQL behind it has a public address. */
function needsAddress({ action }: Fight): boolean {
  return action.effect === 'write' && (action.needs === 'open' || action.needs === 'closed');
}

/** Every fault and every action at least once: one read and one write for each fault, each time the next. */
function sample(faults: readonly Fault[]): Fight[] {
  const writes = actions.filter(({ effect }) => effect === 'write');
  const reads = actions.filter(({ effect }) => effect === 'read');
  const rounds = Math.max(faults.length, writes.length, reads.length);
  const inTurn = <T>(list: readonly T[], index: number): T[] => list.slice(index % list.length).slice(0, 1);
  return Array.from({ length: rounds }, (_, index) =>
    inTurn(faults, index).flatMap((fault) =>
      [...inTurn(writes, index), ...inTurn(reads, index)].map((action) => ({ fault, action })),
    ),
  ).flat();
}

/** All of its strikes, or some that are spread over the whole. */
function strikesOf(fault: Fault, field: Field, short: boolean) {
  const strikes = fault.strikes(field);
  if (!short) return strikes;
  const all = Array.isArray(strikes) ? strikes : [...take(strikes, sampledStrikes)];
  const step = Math.max(1, Math.ceil(all.length / sampledStrikes));
  return all.filter((_, index) => index % step === 0);
}

function* take<T>(from: Iterable<T>, count: number): Iterable<T> {
  let taken = 0;
  for (const one of from) {
    if (taken === count) return;
    taken += 1;
    yield one;
  }
}

async function fought(field: Field, { fault, action }: Fight, short: boolean): Promise<Cell> {
  const failures: string[] = [];
  let attacks = 0;
  for (const strike of strikesOf(fault, field, short)) {
    attacks += 1;
    let wrong: string | undefined;
    try {
      wrong =
        action.effect === 'read' ? await attackRead(field, action, strike) : await attackWrite(field, action, strike);
    } catch (thrown) {
      wrong = `the fight broke off: ${toError(thrown).stack ?? ''}`;
    }
    if (wrong !== undefined) failures.push(`${fault.name}, ${strike.label}: ${titleOf(action)}: ${wrong}`);
  }
  return { row: fault.name, column: titleOf(action), attacks, failures };
}

const titles: Readonly<Record<string, string>> = {
  'write serverless': 'Writes, serverless',
  'write provisioned': 'Writes, pay-as-you-go',
  'read serverless': 'Reads, serverless',
  'read provisioned': 'Reads, pay-as-you-go',
  'read catalogue': 'Reads, catalogue',
  'read identity': 'Reads, identity',
} satisfies Partial<Record<`${Action['effect']} ${Group}`, string>>;

/** Every action through every fault on the way, in the answer, in the words of the service and in the clocks. */
export const calls: Part = {
  name: 'calls',
  async run({ short, onCell }: Extent): Promise<readonly Table[]> {
    const arsenal = await startArsenal(Date.now());
    const faults = faultsOf(arsenal);
    const fights = short ? sample(faults) : faults.flatMap((fault) => actions.map((action) => ({ fault, action })));
    const cells = new Map<Fight, Cell>();

    async function fightAll(some: Fight[], addresses: boolean): Promise<void> {
      if (some.length === 0) return;
      const field = await startField({ addresses });
      try {
        for (let fight = some.shift(); fight !== undefined; fight = some.shift()) {
          cells.set(fight, await fought(field, fight, short));
          onCell?.(cells.size, fights.length);
        }
      } finally {
        await field.close();
      }
    }

    const withAddress = fights.filter(needsAddress);
    const others = fights.filter((fight) => !needsAddress(fight));
    try {
      await Promise.all([
        fightAll(withAddress, true),
        ...Array.from({ length: fields - 1 }, () => fightAll(others, false)),
      ]);
    } finally {
      await arsenal.close();
    }
    const done = fights.flatMap((fight) => {
      const cell = cells.get(fight);
      return cell === undefined ? [] : [{ fight, cell }];
    });
    return Object.entries(titles).map(([about, title]) => ({
      title,
      cells: done
        .filter(({ fight: { action } }) => `${action.effect} ${action.group}` === about)
        .map(({ cell }) => cell),
    }));
  },
};
