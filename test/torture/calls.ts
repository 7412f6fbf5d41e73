import { reads, titleOf, writes, type Action, type Group } from './actions.ts';
import { startArsenal } from './arsenal.ts';
import { attackRead, attackWrite } from './attack.ts';
import { faultsOf, type Fault, type Strike } from './faults.ts';
import type { Field } from './field.ts';
import { fight, type Fight } from './fights.ts';
import type { Extent, Part } from './part.ts';
import type { Table } from './table.ts';

/** Of a fault that strikes in many ways, how many are in the sample. */
const sampledStrikes = 3;

/** All of its strikes, or some: of those that are known beforehand some that are spread over the whole. */
function* strikesOf(fault: Fault, field: Field, short: boolean): Iterable<Strike> {
  const strikes = fault.strikes(field);
  const step = short && Array.isArray(strikes) ? Math.ceil(strikes.length / sampledStrikes) : 1;
  let met = 0;
  let taken = 0;
  for (const strike of strikes) {
    if (short && taken === sampledStrikes) return;
    if (met % step === 0) {
      taken += 1;
      yield strike;
    }
    met += 1;
  }
}

function fightOf(fault: Fault, action: Action, short: boolean): Fight {
  return {
    row: fault.name,
    action,
    async *attacks(field) {
      for (const strike of strikesOf(fault, field, short)) {
        const { label } = strike;
        const attack =
          action.effect === 'read' ? attackRead(field, action, strike) : attackWrite(field, action, strike);
        yield { label, wrong: await attack };
      }
    },
  };
}

/** Every fault and every action at least once: each time the next of both. */
function sample(faults: readonly Fault[]): Fight[] {
  const inTurn = (list: readonly Action[]): Fight[] =>
    Array.from({ length: Math.max(faults.length, list.length) }, (_, index) => {
      const fault = faults[index % faults.length];
      const action = list[index % list.length];
      return fault === undefined || action === undefined ? [] : [fightOf(fault, action, true)];
    }).flat();
  return [...inTurn(writes), ...inTurn(reads)];
}

const titles: readonly (readonly [Action['effect'], Group, string])[] = [
  ['write', 'serverless', 'Writes, serverless'],
  ['write', 'provisioned', 'Writes, pay-as-you-go'],
  ['read', 'serverless', 'Reads, serverless'],
  ['read', 'provisioned', 'Reads, pay-as-you-go'],
  ['read', 'catalogue', 'Reads, catalogue'],
  ['read', 'identity', 'Reads, identity'],
];

/** Every action through every fault on the way, in the answer, in the words of the service and in the clocks. */
export const calls: Part = {
  name: 'calls',
  async run({ short, onCell }: Extent): Promise<readonly Table[]> {
    const arsenal = await startArsenal(Date.now());
    try {
      const faults = faultsOf(arsenal);
      const all = [...writes, ...reads];
      const fights = short ? sample(faults) : faults.flatMap((fault) => all.map((one) => fightOf(fault, one, false)));
      const cells = await fight(fights, onCell);
      return titles.map(([effect, group, title]) => {
        const columns = all.filter((one) => one.effect === effect && one.group === group).map(titleOf);
        return { title, cells: cells.filter(({ column }) => columns.includes(column)) };
      });
    } finally {
      await arsenal.close();
    }
  },
};
