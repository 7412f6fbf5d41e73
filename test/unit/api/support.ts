import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Action, Call, Client } from '../../../src/api/client.ts';
import type { NetworkSettings } from '../../../src/api/cloud.ts';
import type { Connection } from '../../../src/domain/credentials.ts';
import { CancelledError } from '../../../src/domain/errors.ts';
import type { Log, Sleep } from '../../../src/domain/ports.ts';
import { Secret } from '../../../src/domain/secret.ts';

export const testKey = 'SECRET-KEY-OF-THE-TESTS';
export const testToken = 'SECRET-TOKEN-OF-THE-TESTS';

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A server on loopback that ends with the test. */
export interface TestServer extends AsyncDisposable {
  readonly port: number;
  readonly origin: string;
  readonly received: Received[];
  /** How many connections were made. */
  readonly connections: () => number;
}

/** Answers each request after its body has arrived. */
export type Answer = (request: Received, response: ServerResponse, count: number) => void;

export const tlsFolder = fileURLToPath(new URL('../../fixtures/tls/', import.meta.url));

export function startServer(answer: Answer): Promise<TestServer> {
  return listenWith((listener) => createServer(listener), 'http', answer);
}

/** Its certificate is that of `postgres.cloud.test`, `localhost` and 127.0.0.1, by the authority in the fixtures. */
export function startSecureServer(answer: Answer): Promise<TestServer> {
  const pair = { cert: readFileSync(`${tlsFolder}server.crt`), key: readFileSync(`${tlsFolder}server.key`) };
  return listenWith((listener) => createSecureServer(pair, listener), 'https', answer);
}

async function listenWith(
  create: (listener: RequestListener) => ReturnType<typeof createServer> | ReturnType<typeof createSecureServer>,
  protocol: string,
  answer: Answer,
): Promise<TestServer> {
  const received: Received[] = [];
  let connections = 0;
  const server = create((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, path: url, headers, body: Buffer.concat(chunks) };
      received.push(one);
      answer(one, response, received.length);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  const port = await listen(server);
  return {
    port,
    origin: `${protocol}://127.0.0.1:${String(port)}`,
    received,
    connections: () => connections,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await closed(server);
    },
  };
}

export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      // A TCP server that listens has an address object.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

/** A successful answer of the service. */
export function answerOf(fields: object, requestId = 'request-1'): string {
  return JSON.stringify({ Response: { ...fields, RequestId: requestId } });
}

/** An error of the service. */
export function refusalOf(code: string, message = 'words of the service', requestId = 'request-1'): string {
  return JSON.stringify({ Response: { Error: { Code: code, Message: message }, RequestId: requestId } });
}

/** A log that keeps its lines. */
export function createTestLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
  };
  return { lines, trace: write, debug: write, info: write, warn: write, error: write };
}

export const directNetwork: NetworkSettings = {
  proxy: '',
  noProxy: [],
  proxySupport: 'override',
  strictSsl: true,
  systemCertificates: false,
};

export function connectionTo(endpoint: string): Connection {
  return {
    credentials: { secretId: 'AKIDTEST', secretKey: new Secret(testKey) },
    target: { site: 'mainland', endpoint },
  };
}

/** Does not wait, and keeps what it was asked for. */
export function createTestSleep(): { readonly sleep: Sleep; readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    sleep: (milliseconds, signal) => {
      if (signal.aborted) return Promise.reject(new CancelledError());
      waits.push(milliseconds);
      return Promise.resolve();
    },
  };
}

export function never(): AbortSignal {
  return new AbortController().signal;
}

/** A call as it was asked for. */
export interface Sent {
  readonly action: string;
  readonly service: string;
  readonly version: string;
  readonly effect: string;
  readonly parameters: Call['parameters'];
}

/** A client that passes its answers through the schema of the action, as the real one does. */
export function createFakeClient(answer: (parameters: Call['parameters']) => object): { client: Client; sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    sent,
    client: {
      clock: { now: Date.now, ahead: () => 0 },
      call: <T>({ name, service, version, effect, schema }: Action<T>, { parameters }: Call) => {
        sent.push({ action: name, service, version, effect, parameters });
        return Promise.resolve({ value: schema.parse(answer(parameters)), requestId: 'request-1' });
      },
    },
  };
}
