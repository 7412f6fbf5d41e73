import { createServer, connect, type Socket } from 'node:net';

/** A second way to a loopback port: the public address of an instance while it is open. */
export interface Door {
  readonly port: number;
  /** Refuses new connections and cuts the present ones. */
  close(): Promise<void>;
}

/**
 * @param target port on 127.0.0.1 that it leads to
 * @param address loopback address to listen on
 * @param wanted port to listen on where it is free; 0 for any
 */
export async function openDoor(target: number, address: '127.0.0.1' | '::1', wanted: number): Promise<Door> {
  const sockets = new Set<Socket>();
  const server = createServer((outside) => {
    const inside = connect(target, '127.0.0.1');
    for (const [socket, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      sockets.add(socket);
      // An error here is the end of one connection, which `close` handles.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    outside.pipe(inside).pipe(outside);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, () => {
        server.off('error', reject);
        resolve();
      });
    });
  await (wanted === 0 ? listen(0) : listen(wanted).catch(() => listen(0)));
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('The public address has no port');
  return {
    port: place.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
