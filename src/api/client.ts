import type * as z from 'zod';
import type { Connection, Credentials, Target } from '../domain/credentials.ts';
import { isCancelled, ServiceError, toError, UnexpectedAnswerError } from '../domain/errors.ts';
import type { Log, Now, Sleep } from '../domain/ports.ts';
import { endpointFor } from './endpoints.ts';
import type { Endpoint, Service } from './endpoints.ts';
import { openEnvelope } from './envelope.ts';
import type { Answered } from './envelope.ts';
import { retryRead } from './retry.ts';
import { createSigner } from './signing.ts';
import type { Signer } from './signing.ts';
import type { Transport } from './transport.ts';

/** One action of the API, and what it answers. */
export interface Action<T> {
  readonly service: Service;
  readonly version: string;
  /** The value of X-TC-Action, case exact. */
  readonly name: string;
  /** A write is sent once, whatever happens; a read may be repeated. */
  readonly effect: 'read' | 'write';
  readonly schema: z.ZodType<T>;
}

/** One call of an action. */
export interface Call {
  readonly region: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  /** Absent: the connection of the client. */
  readonly connection?: Connection;
}

/** Signs, sends and opens. Every call may throw the kinds of `domain/errors.ts`. */
export interface Client {
  call<T>(action: Action<T>, call: Call): Promise<Answered<T>>;
}

export interface ClientOptions {
  readonly transport: Transport;
  /** Read anew before every call. */
  readonly connection: () => Promise<Connection>;
  readonly language: 'zh-CN' | 'en-US';
  /** Milliseconds that one request may take in all. */
  readonly timeout: () => number;
  /** X-TC-RequestClient; characters that the header does not take are left out. */
  readonly clientName: string;
  readonly log: Log;
  readonly now: Now;
  readonly sleep: Sleep;
  readonly random: () => number;
  readonly onDeprecated: (action: string, warning: string) => void;
}

export function createClient(options: ClientOptions): Client {
  const { transport, log, now } = options;
  const clientName = options.clientName.replace(/[^0-9A-Za-z_,;.-]/g, '').slice(0, 128);
  const signerOf = rememberSigner();
  const endpointOf = rememberEndpoint();

  async function once<T>(action: Action<T>, call: Call): Promise<Answered<T>> {
    const { credentials, target } = call.connection ?? (await options.connection());
    const endpoint = endpointOf(action.service, call.region, target);
    // Serialised once: these bytes are hashed, signed and sent.
    const body = Buffer.from(JSON.stringify(call.parameters));
    const started = now();
    const headers = signerOf(credentials).sign(
      {
        host: endpoint.host,
        service: action.service,
        action: action.name,
        version: action.version,
        region: call.region,
        language: options.language,
        body,
      },
      Math.floor(started / 1_000),
    );
    if (clientName !== '') headers['x-tc-requestclient'] = clientName;
    const where = `${action.name} ${call.region}`;
    try {
      const total = options.timeout();
      const answer = await transport.send(
        { action: action.name, endpoint, headers, body },
        { headers: total, total },
        call.signal,
      );
      const answered = openEnvelope(answer, action.schema, {
        action: action.name,
        region: call.region,
        host: endpoint.host,
      });
      log.debug(`${where} answered in ${String(now() - started)} ms, request ${answered.requestId}`);
      return answered;
    } catch (thrown) {
      const outcome = isCancelled(toError(thrown)) ? 'was cancelled' : `failed: ${factsOf(toError(thrown))},`;
      log.debug(`${where} ${outcome} after ${String(now() - started)} ms`);
      throw thrown;
    }
  }

  return {
    async call(action, call) {
      const answered =
        action.effect === 'write'
          ? await once(action, call)
          : await retryRead(() => once(action, call), {
              sleep: options.sleep,
              random: options.random,
              signal: call.signal,
              onRetry: (error, milliseconds) => {
                log.debug(`${action.name} ${call.region} tried again in ${String(milliseconds)} ms: ${factsOf(error)}`);
              },
            });
      if (answered.deprecated !== undefined) options.onDeprecated(action.name, answered.deprecated);
      return answered;
    },
  };
}

/** The facts of a failure that a log may hold: no words of the service, which may repeat what a person typed. */
function factsOf(error: Error): string {
  if (error instanceof ServiceError) return `${error.code}, request ${error.requestId}`;
  if (error instanceof UnexpectedAnswerError && error.requestId !== '') {
    return `${error.message}, request ${error.requestId}`;
  }
  return error.message;
}

/** `endpointFor`, with the last answer at hand: reading an override costs as much as a signature's hashes. */
function rememberEndpoint(): typeof endpointFor {
  let last:
    | { readonly service: Service; readonly region: string; readonly target: Target; readonly endpoint: Endpoint }
    | undefined;
  return (service, region, target) => {
    if (
      last?.service !== service ||
      last.region !== region ||
      last.target.site !== target.site ||
      last.target.endpoint !== target.endpoint
    ) {
      last = { service, region, target, endpoint: endpointFor(service, region, target) };
    }
    return last.endpoint;
  };
}

/** The signer of the last key pair, which holds the derived key of the day. */
function rememberSigner(): (credentials: Credentials) => Signer {
  let last: { readonly credentials: Credentials; readonly signer: Signer } | undefined;
  return (credentials) => {
    if (last === undefined || !sameKeys(last.credentials, credentials)) {
      last = { credentials, signer: createSigner(credentials) };
    }
    return last.signer;
  };
}

function sameKeys(a: Credentials, b: Credentials): boolean {
  if (a === b) return true;
  if (a.secretId !== b.secretId || !a.secretKey.equals(b.secretKey)) return false;
  return a.token === undefined || b.token === undefined ? a.token === b.token : a.token.equals(b.token);
}
