import type { JsonFile, JsonFolder } from '../../src/domain/ports.ts';
import type { Disk } from '../support/rig.ts';
import { writes } from './actions.ts';
import type { Part } from './part.ts';
import { attackWrite } from './attack.ts';
import { fight, type Fight } from './fights.ts';

/** A way in which a disk fails. */
interface DiskFault {
  readonly name: string;
  /** Node's code of the system error. */
  readonly code: string;
  /** It stays so, or it is one write alone. */
  readonly lasts: boolean;
}

const faults: readonly DiskFault[] = [
  { name: 'disk full from the n-th write on', code: 'ENOSPC', lasts: true },
  { name: 'disk read-only from the n-th write on', code: 'EROFS', lasts: true },
  { name: 'n-th write fails', code: 'EIO', lasts: false },
];

/** Fails from the `n`-th write on, or just there. */
function failingDisk(n: number, { code, lasts }: DiskFault) {
  let writes = 0;
  async function write<T>(what: string, real: () => Promise<T>): Promise<T> {
    writes += 1;
    if (lasts ? writes >= n : writes === n) throw Object.assign(new Error(`${code}: ${what}`), { code });
    return real();
  }
  const file = (real: JsonFile): JsonFile => ({
    ...real,
    write: (value) => write('list', () => real.write(value)),
    setAside: () => write('list', () => real.setAside()),
  });
  const folder = (real: JsonFolder): JsonFolder => ({
    ...real,
    write: (name, value) => write('record', () => real.write(name, value)),
    remove: (name) => write('record', () => real.remove(name)),
  });
  return {
    writes: () => writes,
    put: ({ lists, records, claims }: Disk): Disk => ({
      lists: { ...lists, of: (name) => file(lists.of(name)) },
      records: folder(records),
      claims: { ...claims, take: (id) => write('claim', () => claims.take(id)) },
    }),
  };
}

/** In the sample the record itself cannot be written, which comes after its claim, and then each so many-th write. */
const sampledFirst = 2;
const sampledStep = 3;

/** Every write of the product while the disk fails at each of its writes in turn. */
export const disk: Part = {
  name: 'disk',
  async run({ short, onCell }) {
    const fights = faults.flatMap((fault, row): Fight[] =>
      writes
        .filter((_, index) => !short || index % faults.length === row)
        .map((write) => ({
          row: fault.name,
          action: write,
          async *attacks(field) {
            // As long as the write that was to fail was reached, there may be a further one.
            for (let n = short ? sampledFirst : 1, reached = true; reached; n += short ? sampledStep : 1) {
              const failing = failingDisk(n, fault);
              const strike = { label: `write ${String(n)}`, strikes: 'action' } as const;
              yield { label: strike.label, wrong: await attackWrite(field, write, strike, failing.put) };
              reached = failing.writes() >= n;
            }
          },
        })),
    );
    return [{ title: 'The disk, under writes', cells: await fight(fights, onCell) }];
  },
};
