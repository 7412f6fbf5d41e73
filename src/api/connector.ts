import * as net from 'node:net';
import * as tls from 'node:tls';
import type { NetworkReason } from '../domain/errors.ts';
import type { Trust } from './certificates.ts';

/** A connection could not be made, so no request was sent over it. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly reason: NetworkReason;
  /** What a proxy answered CONNECT with, where it did. */
  readonly proxyStatus: number | undefined;

  constructor(reason: NetworkReason, detail: string, options: ErrorOptions & { readonly proxyStatus?: number } = {}) {
    super(detail, options);
    this.reason = reason;
    this.proxyStatus = options.proxyStatus;
  }
}

/** Where to connect to. `hostname` of IPv6 is without brackets; `port` is empty for the usual one. */
export interface Destination {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
}

export interface ConnectorOptions {
  /** The proxy for a destination, or `undefined`; may throw. */
  readonly proxyFor: (url: URL) => URL | undefined;
  readonly trust: () => Trust;
  /** Milliseconds for the whole way: name, TCP, proxy and TLS. */
  readonly timeout: number;
  /** Ends what is still being connected. */
  readonly signal: AbortSignal;
}

/** Opens a socket that is ready for HTTP. Rejects with `ConnectError`, or with what `proxyFor` threw. */
export type Connect = (to: Destination) => Promise<net.Socket>;

/** The longest answer to CONNECT that is read. */
const longestHead = 16_384;

export function createConnector(options: ConnectorOptions): Connect {
  return async (to) => {
    const signal = AbortSignal.any([AbortSignal.timeout(options.timeout), options.signal]);
    const proxy = options.proxyFor(new URL(`${to.protocol}//${bracketed(to.hostname)}:${portOf(to)}`));
    const socket =
      proxy === undefined
        ? await open(to.hostname, portOf(to), signal)
        : await tunnel(proxy, to, options.trust, signal);
    return to.protocol === 'https:' ? secure(socket, to.hostname, options.trust(), signal, 'tls') : socket;
  };
}

function bracketed(hostname: string): string {
  return net.isIPv6(hostname) ? `[${hostname}]` : hostname;
}

function portOf(to: { readonly protocol: string; readonly port: string }): string {
  if (to.port !== '') return to.port;
  return to.protocol === 'https:' ? '443' : '80';
}

async function open(hostname: string, port: string, signal: AbortSignal): Promise<net.Socket> {
  const socket = net.connect({ host: hostname, port: Number(port), noDelay: true, keepAlive: true });
  // Between two stages nobody listens, and an error that nobody hears would end the process.
  socket.on('error', () => undefined);
  await until(socket, 'connect', signal, reasonOf);
  return socket;
}

async function secure(
  socket: net.Socket,
  hostname: string,
  trust: Trust,
  signal: AbortSignal,
  reason: NetworkReason,
): Promise<net.Socket> {
  const secured = tls.connect({
    ...trust,
    socket,
    host: hostname,
    // Server names are names: RFC 6066 leaves addresses out, and the certificate is then checked against `host`.
    servername: net.isIP(hostname) === 0 ? hostname : '',
    ALPNProtocols: ['http/1.1'],
  });
  secured.on('error', () => undefined);
  // A handshake that was cut is no bad certificate: it may go well the next time.
  await until(secured, 'secureConnect', signal, (error) => (reasonOf(error) === 'reset' ? 'reset' : reason));
  return secured;
}

/** A connection to `to` through an HTTP proxy (CONNECT, RFC 9110 section 9.3.6). */
async function tunnel(proxy: URL, to: Destination, trust: () => Trust, signal: AbortSignal): Promise<net.Socket> {
  const proxyHost = proxy.hostname.replace(/^\[|\]$/g, '');
  try {
    const plain = await open(proxyHost, portOf(proxy), signal);
    const socket = proxy.protocol === 'https:' ? await secure(plain, proxyHost, trust(), signal, 'proxy') : plain;
    const authority = `${bracketed(to.hostname)}:${portOf(to)}`;
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization(proxy)}\r\n`);
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(await readHead(socket, signal))?.[1] ?? 'no status';
    if (status.startsWith('2')) return socket;
    socket.destroy();
    const answered = /^\d/.test(status) ? { proxyStatus: Number(status) } : {};
    throw new ConnectError('proxy', `the proxy ${proxy.host} answered CONNECT with ${status}`, answered);
  } catch (error) {
    if (!(error instanceof ConnectError) || error.reason === 'proxy' || error.reason === 'timeout') throw error;
    throw new ConnectError('proxy', `proxy ${proxy.host}: ${error.message}`, { cause: error });
  }
}

function authorization(proxy: URL): string {
  if (proxy.username === '') return '';
  const pair = `${unescaped(proxy.username)}:${unescaped(proxy.password)}`;
  return `Proxy-Authorization: Basic ${Buffer.from(pair).toString('base64')}\r\n`;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone "%" is what the person typed, not an escape.
    return text;
  }
}

/** Reads up to the empty line. Nothing can follow it: in HTTP as in TLS the server waits for the client. */
async function readHead(socket: net.Socket, signal: AbortSignal): Promise<string> {
  let head = Buffer.alloc(0);
  let end = -1;
  while (end < 0) {
    const chunk = await nextChunk(socket, signal);
    head = Buffer.concat([head, chunk]);
    end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length > longestHead) {
      socket.destroy();
      throw new ConnectError('proxy', 'the answer to CONNECT has no end');
    }
  }
  return head.toString('latin1', 0, end);
}

async function nextChunk(socket: net.Socket, signal: AbortSignal): Promise<Buffer> {
  for (;;) {
    const chunk: unknown = socket.read();
    if (Buffer.isBuffer(chunk)) return chunk;
    await until(socket, 'readable', signal, reasonOf);
    // At the end of the stream it is "readable" too, and has nothing.
    if (socket.readableEnded || (socket.readableLength === 0 && !socket.readable)) {
      throw new ConnectError('reset', 'the connection was closed');
    }
  }
}

/** Waits for an event. On an error, the end of the socket or an abort it destroys the socket and rejects. */
function until(
  socket: net.Socket,
  event: 'connect' | 'secureConnect' | 'readable',
  signal: AbortSignal,
  reason: (error: Error) => NetworkReason,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: ConnectError): void => {
      socket.off(event, onEvent).off('error', onError).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
      if (error === undefined) {
        resolve();
        return;
      }
      socket.destroy();
      reject(error);
    };
    const onEvent = (): void => {
      settle();
    };
    const onError = (error: Error): void => {
      settle(new ConnectError(reason(error), error.message === '' ? codeOf(error) : error.message, { cause: error }));
    };
    const onClose = (): void => {
      settle(new ConnectError('reset', 'the connection was closed'));
    };
    const onAbort = (): void => {
      settle(new ConnectError('timeout', 'the connection took too long'));
    };
    socket.on(event, onEvent).on('error', onError).on('close', onClose);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
  });
}

/** Node's code of a system error, such as `ECONNREFUSED`; empty when it has none. */
export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The reason that a system error's code stands for. */
export function reasonOf(error: Error): NetworkReason {
  switch (codeOf(error)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return 'dns';
    case 'ECONNREFUSED':
      return 'refused';
    case 'ETIMEDOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return 'timeout';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
    case 'UND_ERR_SOCKET':
      return 'reset';
    default:
      return 'other';
  }
}
