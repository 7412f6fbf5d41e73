import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { CancelledError } from '../domain/errors.ts';
import type { Endpoint } from './probes.ts';
import { toTroubleError, TroubleError } from './trouble.ts';

/** IP addresses of a name, by the system's resolver, as every client does it. It cannot be stopped, only left alone. */
export async function resolveName(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (thrown) {
    throw toTroubleError(thrown);
  }
}

/** A connected socket. */
export async function dial({ host, port }: Endpoint, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true });
  // Whoever uses the socket listens for more; until then, and after, an error has nobody to tell.
  socket.on('error', () => undefined);
  await unlessAborted(socket, signal, (resolve) => {
    socket.once('connect', resolve);
  });
  return socket;
}

/**
 * Waits for something that a socket does. An error, an end, or the signal ends the wait, and then the socket too.
 * @param wait is to call its argument when what is waited for has come
 */
export async function unlessAborted(
  socket: Socket,
  signal: AbortSignal,
  wait: (resolve: () => void) => void,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const closed = (): void => {
    reject(new TroubleError({ kind: 'closed' }));
  };
  const aborted = (): void => {
    reject(new CancelledError());
  };
  socket.once('error', reject).once('end', closed).once('close', closed);
  signal.addEventListener('abort', aborted);
  if (signal.aborted) aborted();
  wait(() => {
    resolve(undefined);
  });
  try {
    await promise;
  } catch (thrown) {
    socket.destroy();
    throw toTroubleError(thrown);
  } finally {
    socket.off('error', reject).off('end', closed).off('close', closed);
    signal.removeEventListener('abort', aborted);
  }
}
