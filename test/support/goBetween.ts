import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Stands before an HTTP service and hands on its answers, changed where a test wants one that the service never gives. */
export interface GoBetween {
  readonly endpoint: string;
  /** Hands on to this service from now on. */
  leadTo(service: string): void;
  /** Changes the text of every answer from now on. */
  change(answer: (text: string) => string): void;
  close(): Promise<void>;
}

export async function startGoBetween(): Promise<GoBetween> {
  let service = new URL('http://127.0.0.1:0');
  let changed = (answer: string): string => answer;

  function handOn(question: IncomingMessage, reply: ServerResponse): void {
    const { hostname, port } = service;
    const { method, url: path, headers } = question;
    // The headers stay as they are, Host included: the signature is over them.
    const onward = httpRequest({ hostname, port, method, path, headers, agent: false }, (answer) => {
      text(answer).then(
        (body) => {
          reply.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? '' });
          reply.end(changed(body));
        },
        () => reply.destroy(),
      );
    });
    onward.once('error', () => reply.destroy());
    question.pipe(onward);
  }

  const server = createServer(handOn);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an address with one.
  const address = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(address.port)}`,
    leadTo(address) {
      service = new URL(address);
    },
    change(answer) {
      changed = answer;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
