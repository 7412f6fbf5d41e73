import type * as z from 'zod';
import type { Connection, Credentials, Target } from '../domain/credentials.ts';
import { CancelledError, isCancelled, ServiceError, toError, UnexpectedAnswerError } from '../domain/errors.ts';
import type { Log, Now, Sleep } from '../domain/ports.ts';
import { sendAgain, toldWait } from './again.ts';
import type { Flaw } from './again.ts';
import { endpointFor } from './endpoints.ts';
import type { Endpoint, Service } from './endpoints.ts';
import { openEnvelope } from './envelope.ts';
import type { Answered } from './envelope.ts';
import { createServiceClock } from './serviceClock.ts';
import type { ServiceClock } from './serviceClock.ts';
import { createSigner } from './signing.ts';
import type { Signer } from './signing.ts';
import type { Transport, WireAnswer } from './transport.ts';

/** One action of the API, and what it answers. */
export interface Action<T> {
  readonly service: Service;
  readonly version: string;
  /** The value of X-TC-Action, case exact. */
  readonly name: string;
  /** A write is sent again only when it provably had no effect; a read may be repeated. */
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
  /** The clock of the service, as far as its answers have told. */
  readonly clock: Pick<ServiceClock, 'now' | 'ahead'>;
  call<T>(action: Action<T>, call: Call): Promise<Answered<T>>;
}

export interface ClientOptions {
  readonly transport: Transport;
  /**
   * Read anew before every call, and before every time that it is sent again.
   * @param refused keys that the service has just refused: where they were kept for a time, others are to be got
   */
  readonly connection: (refused?: Credentials) => Promise<Connection>;
  readonly language: 'zh-CN' | 'en-US';
  /** Milliseconds that one request may take in all; a call is not sent again when more than that has passed. */
  readonly timeout: () => number;
  /** X-TC-RequestClient; characters that the header does not take are left out. */
  readonly clientName: string;
  readonly log: Log;
  readonly now: Now;
  readonly sleep: Sleep;
  readonly random: () => number;
  readonly onDeprecated: (action: string, warning: string) => void;
  /** Hears of every time that the clock of this machine was found wrong, with milliseconds as `ServiceClock.ahead` tells them. */
  readonly onClockSkew: (ahead: number) => void;
}

/** One time that a call was sent, and what came of it. */
interface Sent<T> {
  readonly credentials: Credentials;
  /** Milliseconds since the epoch by the clock of this machine. */
  readonly at: number;
  /** X-TC-Timestamp. */
  readonly timestamp: number;
  readonly answer?: WireAnswer;
  readonly outcome: Answered<T> | Error;
}

export function createClient(options: ClientOptions): Client {
  const { transport, log, now } = options;
  const clientName = options.clientName.replace(/[^0-9A-Za-z_,;.-]/g, '').slice(0, 128);
  const signerOf = rememberSigner();
  const endpointOf = rememberEndpoint();
  const clock = createServiceClock(now, options.onClockSkew);

  /** Signs and sends once. What fails of the sending is an outcome. */
  async function send<T>(action: Action<T>, call: Call, { credentials, target }: Connection): Promise<Sent<T>> {
    const endpoint = endpointOf(action.service, call.region, target);
    // Serialised once: these bytes are hashed, signed and sent.
    const body = Buffer.from(JSON.stringify(call.parameters));
    const at = now();
    const timestamp = Math.floor((at + clock.ahead()) / 1_000);
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
      timestamp,
    );
    if (clientName !== '') headers['x-tc-requestclient'] = clientName;
    const where = `${action.name} ${call.region}`;
    let answer: WireAnswer | undefined;
    let outcome: Answered<T> | Error;
    try {
      const total = options.timeout();
      answer = await transport.send(
        { action: action.name, endpoint, headers, body },
        { headers: total, total },
        call.signal,
      );
      const name = { action: action.name, region: call.region, host: endpoint.host };
      outcome = openEnvelope(answer, action.schema, name);
      log.debug(`${where} answered in ${String(now() - at)} ms, request ${outcome.requestId}`);
    } catch (thrown) {
      outcome = toError(thrown);
      const how = isCancelled(outcome) ? 'was cancelled' : `failed: ${factsOf(outcome)},`;
      log.debug(`${where} ${how} after ${String(now() - at)} ms`);
    }
    return { credentials, at, timestamp, outcome, ...(answer === undefined ? {} : { answer }) };
  }

  /** True when there is now another time, or other keys, to sign with. */
  function mend(flaw: Flaw, { answer, timestamp, at, credentials }: Sent<unknown>, next: Connection): boolean {
    if (flaw === 'keys') return !sameKeys(next.credentials, credentials);
    return answer !== undefined && clock.learn({ date: answer.date, timestamp, sentAt: at });
  }

  return {
    clock,
    async call(action, call) {
      const connect = (refused?: Credentials): Promise<Connection> =>
        unlessAborted(
          call.connection === undefined ? options.connection(refused) : Promise.resolve(call.connection),
          call.signal,
        );
      const began = now();
      const mended = new Set<Flaw>();
      let connection = await connect();
      for (let tries = 1; ;) {
        const sent = await send(action, call, connection);
        const { outcome, answer } = sent;
        if (!(outcome instanceof Error)) {
          if (outcome.deprecated !== undefined) options.onDeprecated(action.name, outcome.deprecated);
          return outcome;
        }
        const told = answer === undefined ? undefined : toldWait(answer, clock.now());
        const verdict = sendAgain({
          effect: action.effect,
          error: outcome,
          ...{ tries, mended, elapsed: now() - began, limit: options.timeout(), chance: options.random() },
          ...(told === undefined ? {} : { told }),
        });
        const where = `${action.name} ${call.region}`;
        if (verdict.kind === 'no') {
          log.debug(`${where} is not sent again: ${verdict.why}`);
          throw outcome;
        }
        if (verdict.kind === 'wait') {
          log.debug(`${where} is sent again in ${String(verdict.milliseconds)} ms: ${verdict.why}`);
          tries += 1;
          await options.sleep(verdict.milliseconds, call.signal);
          connection = await connect();
        } else {
          const { flaw, why } = verdict;
          connection = await connect(flaw === 'keys' ? sent.credentials : undefined);
          if (!mend(flaw, sent, connection)) {
            log.debug(`${where} is not sent again: ${why}, and there is nothing better`);
            throw outcome;
          }
          log.debug(`${where} is signed anew and sent again: ${why}`);
          mended.add(flaw);
        }
      }
    },
  };
}

/** Settles as the work does, but rejects with `CancelledError` as soon as the signal aborts. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      reject(new CancelledError());
    };
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', cancel);
    });
  });
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
