import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** An answer of the service, whole. */
export interface ServiceAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

/** A call that is on its way to the service, in the hands of the enemy. */
export interface CaughtCall {
  /** X-TC-Action. */
  readonly action: string;
  readonly socket: Socket;
  readonly response: ServerResponse;
  /** Lets the service do its work; the caller has heard nothing yet. Rejects when the service gave no answer. */
  handOn(): Promise<ServiceAnswer>;
}

/** What the enemy does with a call. */
export interface Blow {
  /**
   * When it strikes: as soon as there is a `connection`, when the `head` of the request is there, or when all of it
   * is (absent).
   */
  readonly at?: 'connection' | 'head';
  /** Calls of this action only; absent: every call. It cannot be told yet at the time of `connection`. */
  readonly action?: string;
  /** Every call from the first one of this action on; absent: from now on. */
  readonly from?: string;
  /** @param call absent at the time of `connection` */
  strike(socket: Socket, call?: CaughtCall): void | Promise<void>;
}

/** Stands between a client and the service, knows HTTP, and does to each call what it was told. */
export interface Enemy {
  readonly endpoint: string;
  /** From now on; `undefined` makes it hand on everything as it is. Connections that stand are ended. */
  arm(blow: Blow | undefined): void;
  close(): Promise<void>;
}

/**
 * @param service such as `http://127.0.0.1:8700`
 * @param planted stands in every answer, in a member that no document promises: answers may hold secrets
 */
export async function startEnemy(service: string, planted: string): Promise<Enemy> {
  const { hostname, port } = new URL(service);
  let armed: Blow | undefined;
  let begun = false;

  async function handOn({ method, url, headers }: IncomingMessage, body: Buffer): Promise<ServiceAnswer> {
    // The headers stay as they are, Host included: the signature is over them.
    const onward = httpRequest({ hostname, port, method, path: url, headers, agent: false });
    onward.end(body);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      onward.once('response', resolve).once('error', reject);
    });
    const text = (await buffer(answer)).toString();
    const whole = Buffer.from(text.replace('"Response":{', `"Response":{"Planted":"${planted}",`));
    return { status: answer.statusCode ?? 502, type: answer.headers['content-type'] ?? '', body: whole };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    const action = String(request.headers['x-tc-action']);
    if (action === armed?.from) begun = true;
    const strikes = armed !== undefined && (armed.from === undefined || begun) && (armed.action ?? action) === action;
    const blow = strikes ? armed : undefined;
    if (blow?.at === 'head') return blow.strike(socket);
    const body = await buffer(request);
    const hand = (): Promise<ServiceAnswer> => handOn(request, body);
    if (blow !== undefined) return blow.strike(socket, { action, socket, response, handOn: hand });
    const answer = await hand();
    response.writeHead(answer.status, { 'content-type': answer.type, 'content-length': answer.body.length });
    response.end(answer.body);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => undefined);
    if (armed?.at === 'connection') void armed.strike(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an address with one.
  const address = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(address.port)}`,
    arm(blow) {
      armed = blow;
      begun = false;
      server.closeAllConnections();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
