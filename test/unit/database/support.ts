import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Secret } from '../../../src/domain/secret.ts';
import type { DoctorTarget } from '../../../src/database/probes.ts';
import { TroubleError } from '../../../src/database/trouble.ts';

export const password = 'pass word of the tests';

/** A server on loopback that ends with the test. */
export interface TcpServer extends AsyncDisposable {
  readonly port: number;
  /** Resolves when no connection is open any more. */
  quiet(): Promise<void>;
}

export async function startTcpServer(serve: (socket: Socket) => void): Promise<TcpServer> {
  const sockets = new Set<Socket>();
  let told: () => void = () => undefined;
  const server = createServer((socket) => {
    sockets.add(socket);
    // The other end may go at any time; that is what is tested.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) told();
    });
    // Only who reads sees the other end go.
    socket.resume();
    serve(socket);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    port: address.port,
    quiet: () =>
      sockets.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            told = resolve;
          }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((closed) =>
        server.close(() => {
          closed();
        }),
      );
    },
  };
}

export function targetAt(port: number, change: Partial<DoctorTarget> = {}): DoctorTarget {
  return {
    kind: 'public',
    host: '127.0.0.1',
    port,
    user: 'tencentdb_user',
    password: new Secret(password),
    database: 'tencentdb',
    ...change,
  };
}

/** A message as PostgreSQL frames it: type, length, content. */
export function message(type: string, content: Uint8Array | string = ''): Buffer {
  const bytes = Buffer.from(content);
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeUInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

export const loggedIn = Buffer.concat([message('R', Uint8Array.of(0, 0, 0, 0)), message('Z', 'I')]);
export const askForClearText = message('R', Uint8Array.of(0, 0, 0, 3));

export function errorMessage(code: string, text: string): Buffer {
  return message('E', `SFATAL\0VFATAL\0C${code}\0M${text}\0\0`);
}

/** Answers the request for TLS with `N`, then each message with what `answer` gives. */
export function withoutTls(answer: (received: Buffer, socket: Socket) => Buffer | undefined): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => {
      socket.on('data', (bytes: Buffer) => {
        const reply = answer(bytes, socket);
        if (reply !== undefined) socket.write(reply);
      });
      socket.write('N');
    });
  };
}

const folder = new URL('../../fixtures/tls/', import.meta.url);

/** Its certificate is that of `postgres.cloud.test`, `localhost` and 127.0.0.1, by an authority that nobody trusts. */
export function withTls(serve: (socket: TLSSocket) => void): (socket: Socket) => void {
  const pair = {
    cert: readFileSync(new URL('server.crt', folder)),
    key: readFileSync(new URL('server.key', folder)),
  };
  return (socket) => {
    socket.once('data', () => {
      socket.pause();
      socket.write('S', () => {
        const secure = new TLSSocket(socket, { isServer: true, ...pair });
        secure.on('error', () => undefined);
        serve(secure);
      });
    });
  };
}

/** What a probe failed with: the kind of trouble, or the name of any other error. */
export async function troubleIn(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (thrown) {
    if (thrown instanceof TroubleError) return thrown.trouble.kind;
    return thrown instanceof Error ? thrown.name : String(thrown);
  }
}
