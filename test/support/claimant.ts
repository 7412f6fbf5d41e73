import { createClaims } from '../../src/instances/claims.ts';
import { thisProcess } from '../../src/instances/holder.ts';
import { sleep } from '../../src/platform/sleep.ts';
import { memoryLog } from './memory.ts';

/**
 * A window of its own: tries for each of the ids once, as soon as a line comes in, tells as a line of JSON which it got,
 * and then holds them until it is killed. Arguments: the folder, then the ids.
 */
const [path = '', ...ids] = process.argv.slice(2);
const claims = createClaims({ path, holder: thisProcess, now: Date.now, sleep, log: memoryLog() });

process.stdout.write('ready\n');
process.stdin.once('data', () => {
  void Promise.all(ids.map(async (id) => ((await claims.take(id)) === undefined ? [] : [id]))).then((taken) => {
    process.stdout.write(`${JSON.stringify(taken.flat())}\n`);
  });
});
