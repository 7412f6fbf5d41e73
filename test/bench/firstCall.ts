/** `node firstCall.ts ours|sdk ORIGIN`: prints the milliseconds from loading the client to its first answer. */
import { officialSdk, ours } from './clients.ts';

const [, , name, origin = ''] = process.argv;
const start = performance.now();
const client = name === 'sdk' ? officialSdk(origin) : ours(origin);
await client.call();
console.log(performance.now() - start);
await client.close();
