/** A server in a process of its own, so that it takes no time from the clients: prints its origin, ends with stdin. */
import { startAnsweringServer } from '../support/answeringServer.ts';

const { origin, close } = await startAnsweringServer();
console.log(origin);
process.stdin.resume().once('end', () => void close());
