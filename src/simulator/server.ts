import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Control, controlPath } from './control.ts';
import type { Answer, Handle } from './gateway.ts';
import { type Metadata, metadataPath } from './metadata.ts';

/** Largest body of a POST that the API takes. */
const largestBody = 10 * 1024 * 1024;

/** A server that listens on loopback. */
export interface HttpServer {
  readonly port: number;
  /** Cuts open connections too. */
  close(): Promise<void>;
}

export interface ServerParts {
  /** A loopback address; the caller has checked it. */
  readonly host: string;
  /** 0 for any. */
  readonly port: number;
  readonly handle: Handle;
  readonly control: Control;
  /** Absent where the simulator plays no machine. */
  readonly metadata: Metadata | undefined;
  /** The time that answers are dated with, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly warn: (message: string) => void;
}

/** Resolves when it listens; rejects with the system's error when it cannot. */
export async function startServer(parts: ServerParts): Promise<HttpServer> {
  const server = createServer((request, response) => {
    serve(request, response, parts).catch((error: unknown) => {
      if (!request.destroyed) parts.warn(error instanceof Error ? error.message : String(error));
      response.destroy();
    });
  });
  const port = await listen(server, parts.port, parts.host);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(address === null || typeof address === 'string' ? port : address.port);
    });
  });
}

async function serve(request: IncomingMessage, response: ServerResponse, parts: ServerParts): Promise<void> {
  const body = await readBody(request);
  const path = request.url ?? '/';
  const method = request.method ?? '';
  response.setHeader('date', new Date(parts.now()).toUTCString());
  if (path !== '/' && request.headers.origin !== undefined) {
    // A browser sends `Origin`: no web page steers the simulator or gets its keys.
    await write(response, { kind: 'whole', status: 403, type: 'text/plain', body: 'Not for web pages\n' });
  } else if (path.startsWith(controlPath)) {
    const answer = await parts.control(method, path, body ?? Buffer.alloc(0));
    const text = JSON.stringify(answer.body);
    await write(response, { kind: 'whole', status: answer.status, type: 'application/json', body: text });
  } else if (path === '/') {
    const headers = headersOf(request);
    const trace = headers['x-tc-traceid'];
    if (trace !== undefined) response.setHeader('x-tc-traceid', trace);
    await write(response, await parts.handle({ method, headers, body }));
  } else {
    const found = method === 'GET' && path.startsWith(metadataPath) ? parts.metadata?.(path) : undefined;
    await write(response, found ?? { kind: 'whole', status: 404, type: 'text/plain', body: 'Not found\n' });
  }
}

/** `undefined` when it is too large: the rest is read and dropped, so that the sender can hear about it. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Without an encoding set a request yields nothing but buffers.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= largestBody ? Buffer.concat(chunks) : undefined;
}

/** Lower-case names. Of a repeated header Node joins the values, or keeps the first where only one is legal. */
function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function write(response: ServerResponse, answer: Answer): Promise<void> {
  return new Promise((resolve) => {
    if (answer.kind === 'cut') {
      response.destroy();
      resolve();
      return;
    }
    response.once('close', () => {
      resolve();
    });
    const bytes = Buffer.from(answer.body);
    response.writeHead(answer.status, { 'content-type': answer.type, 'content-length': bytes.length });
    if (answer.kind === 'whole') response.end(bytes);
    else response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
  });
}
