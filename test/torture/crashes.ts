import { runCrashes } from '../crash/crash.ts';
import type { Part } from './part.ts';

/** Every write, killed at every step of it; `test/crash` tells more. Its own sample is a stage of the tests. */
export const crashes: Part = {
  name: 'crashes',
  async run({ short }) {
    const { cells, failed, lines } = await runCrashes({
      sample: short,
      print: (line) => {
        console.error(line);
      },
    });
    const failures = failed === 0 ? [] : Array.from({ length: failed }, () => lines.join('\n'));
    const cell = { row: 'SIGKILL at every step', column: 'every write', attacks: cells, failures };
    return [{ title: 'Crashes', cells: [cell] }];
  },
};
