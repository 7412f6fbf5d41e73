import Agent from 'undici/lib/dispatcher/agent.js';
import type { Connector, DispatchController, ResponseHeaders } from 'undici/lib/dispatcher/agent.js';
import { CancelledError, ConfigurationError, NetworkError, UnexpectedAnswerError } from '../domain/errors.ts';
import type { Log } from '../domain/ports.ts';
import { readTrust } from './certificates.ts';
import type { CertificateSettings, Trust } from './certificates.ts';
import { codeOf, ConnectError, createConnector, reasonOf } from './connector.ts';
import type { Connect } from './connector.ts';
import type { Endpoint } from './endpoints.ts';
import { proxyFor } from './proxySettings.ts';
import type { Environment, ProxySettings } from './proxySettings.ts';

/** A signed request. The body is sent as it is: these are the bytes that were signed. */
export interface WireRequest {
  /** For errors only. */
  readonly action: string;
  readonly endpoint: Endpoint;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** An answer as it came. A redirect is an answer like any other: it is not followed. */
export interface WireAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** The header `Date` as it came; empty when there is none, or more than one. */
  readonly date: string;
  /** Likewise `Retry-After`. */
  readonly retryAfter: string;
}

/** Milliseconds. */
export interface Limits {
  /** From the call to the head of the answer. */
  readonly headers: number;
  /** From the call to the last byte of the answer, connecting included. */
  readonly total: number;
}

/** The only room that knows undici. */
export interface Transport {
  /**
   * Sends once and never again. Rejects with `NetworkError`, `CancelledError` at any moment of an abort,
   * `ConfigurationError` (proxy), or `UnexpectedAnswerError` (too large, encoded, not HTTP).
   */
  send(request: WireRequest, limits: Limits, signal: AbortSignal): Promise<WireAnswer>;
  /** Ends every connection; calls under way reject with `CancelledError`. */
  close(): Promise<void>;
}

type NetworkSettings = ProxySettings & CertificateSettings;

export interface TransportOptions {
  readonly network: () => NetworkSettings;
  readonly environment: Environment;
  readonly log: Log;
  /** Milliseconds; absent: 10 s. */
  readonly connectTimeout?: number;
  /** Bytes; absent: 10 MB, the limit that the API has for requests. */
  readonly largestAnswer?: number;
}

export function createTransport(options: TransportOptions): Transport {
  const largest = options.largestAnswer ?? 10_000_000;
  const closing = new AbortController();
  const agents: { readonly settings: NetworkSettings; readonly agent: Agent }[] = [];

  /** One agent for each state of the settings; idle connections of an earlier one end by themselves in seconds. */
  function agentFor(settings: NetworkSettings): Agent {
    const known = agents.find((one) => isSame(one.settings, settings));
    if (known !== undefined) return known.agent;
    let trust: Trust | undefined;
    const connect = createConnector({
      proxyFor: (url) => proxyFor(url, settings, options.environment),
      trust: () => (trust ??= readTrust(settings, options.environment, options.log)),
      timeout: options.connectTimeout ?? 10_000,
      signal: closing.signal,
    });
    const agent = new Agent({ connect: callbackForm(connect) });
    agents.push({ settings, agent });
    return agent;
  }

  return {
    send(request, limits, signal) {
      if (signal.aborted || closing.signal.aborted) return Promise.reject(new CancelledError());
      const agent = agentFor(options.network());
      return exchange(agent, request, { ...limits, largest }, signal);
    },
    async close() {
      closing.abort();
      await Promise.all(agents.map(({ agent }) => agent.destroy()));
    },
  };
}

function isSame(a: NetworkSettings, b: NetworkSettings): boolean {
  return (
    a.proxy === b.proxy &&
    a.proxySupport === b.proxySupport &&
    a.strictSsl === b.strictSsl &&
    a.systemCertificates === b.systemCertificates &&
    a.noProxy.length === b.noProxy.length &&
    a.noProxy.every((exception, index) => exception === b.noProxy[index])
  );
}

function callbackForm(connect: Connect): Connector {
  return (to, done) => {
    connect(to).then(
      (socket) => {
        done(null, socket);
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)), null);
      },
    );
  };
}

/** One request on the dispatcher itself: `undici.request` would wrap the answer in a stream only to read it at once. */
function exchange(
  agent: Agent,
  request: WireRequest,
  limits: Limits & { readonly largest: number },
  signal: AbortSignal,
): Promise<WireAnswer> {
  const { action, endpoint } = request;
  return new Promise((resolve, reject) => {
    let controller: DispatchController | undefined;
    let settled = false;
    let status = 0;
    let date = '';
    let retryAfter = '';
    let size = 0;
    const chunks: Buffer[] = [];

    const settle = (): boolean => {
      if (settled) return false;
      settled = true;
      clearTimeout(timer);
      clearTimeout(headTimer);
      signal.removeEventListener('abort', onAbort);
      return true;
    };
    const fail = (error: Error): void => {
      if (!settle()) return;
      controller?.abort(error);
      reject(error);
    };
    const onAbort = (): void => {
      fail(new CancelledError());
    };
    const expire = (milliseconds: number, what: string): NodeJS.Timeout =>
      setTimeout(() => {
        fail(
          new NetworkError({
            action,
            reason: 'timeout',
            host: endpoint.host,
            mayHaveArrived: controller !== undefined,
            detail: `no ${what} within ${String(milliseconds)} ms`,
          }),
        );
      }, milliseconds);
    const timer = expire(limits.total, 'complete answer');
    const headTimer = limits.headers < limits.total ? expire(limits.headers, 'answer') : undefined;
    signal.addEventListener('abort', onAbort);

    agent.dispatch(
      {
        origin: endpoint.origin,
        path: '/',
        method: 'POST',
        headers: request.headers,
        body: request.body,
        // Both limits are kept above: undici makes a weak reference for each of its own, dear at many calls a second.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      {
        onRequestStart(started) {
          controller = started;
          // Ended while it waited for its connection: it is not sent at all.
          if (settled) started.abort(new CancelledError());
        },
        onResponseStart(_, statusCode, headers) {
          // What comes before the real answer (1xx) says nothing.
          if (statusCode < 200) return;
          clearTimeout(headTimer);
          status = statusCode;
          date = only(headers, 'date');
          retryAfter = only(headers, 'retry-after');
          // No encoding was asked for; and a few bytes could unpack to more than there is memory for.
          if (!isPlain(headers)) fail(unexpected(request, status, 'encoded, which was not asked for'));
        },
        onResponseData(_, chunk) {
          size += chunk.length;
          if (size <= limits.largest) chunks.push(chunk);
          else fail(unexpected(request, status, `longer than ${String(limits.largest)} bytes`));
        },
        onResponseEnd() {
          const [first, ...more] = chunks;
          const body = first !== undefined && more.length === 0 ? first : Buffer.concat(chunks);
          if (settle()) resolve({ status, body, date, retryAfter });
        },
        onResponseError(_, error) {
          fail(failureOf(error, request, { status, sent: controller !== undefined }));
        },
      },
    );
  });
}

/** The value of a header that may come once; empty when it is not there, or there more than once. */
function only(headers: ResponseHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

function isPlain({ 'content-encoding': encoding = '' }: ResponseHeaders): boolean {
  return [encoding].flat().every((each) => /^(identity)?$/i.test(each.trim()));
}

function unexpected(request: WireRequest, httpStatus: number, problem: string, cause?: Error): UnexpectedAnswerError {
  return new UnexpectedAnswerError(
    { action: request.action, host: request.endpoint.host, httpStatus, problem, requestId: '' },
    { cause },
  );
}

/** @param at how far it had come; `sent` is false until the request is handed to a connection that stands */
function failureOf(error: Error, request: WireRequest, at: { status: number; sent: boolean }): Error {
  if (error instanceof ConfigurationError) return error;
  const code = codeOf(error);
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return new CancelledError();
  // Without its cause, which holds what was answered, and that may be a password.
  if (error.name === 'HTTPParserError') return unexpected(request, at.status, 'not an HTTP answer');
  return new NetworkError(
    {
      action: request.action,
      reason: error instanceof ConnectError ? error.reason : reasonOf(error),
      host: request.endpoint.host,
      mayHaveArrived: at.sent,
      detail: error.message,
      ...(error instanceof ConnectError ? { proxyStatus: error.proxyStatus } : {}),
    },
    { cause: error },
  );
}
