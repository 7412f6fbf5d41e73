/**
 * `node cloudCall.ts ORIGIN`: one call through dist/cloud.cjs in a process that has done nothing else, not even
 * loaded `node:http`, whose import as a module makes Node fill the slots itself. Prints what it saw, as JSON.
 */
import { cloudOptions, createBuiltCloud } from '../support/cloudBundle.ts';

/** Where undici keeps the dispatcher that a whole process shares; Node's own `fetch` looks there. */
const slots = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'];
const taken = () => slots.filter((slot) => Symbol.for(slot) in globalThis);

const before = taken();
const cloud = createBuiltCloud(cloudOptions(process.argv[2] ?? ''));
const vpcs = await cloud.catalog('100000000001').vpcs('ap-guangzhou', AbortSignal.timeout(10_000));
await cloud.close();
console.log(JSON.stringify({ before, after: taken(), vpcs: vpcs.map(({ id }) => id) }));
