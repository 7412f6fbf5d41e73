import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { isCancelled, toError } from '../domain/errors.ts';
import type { Encryption, Endpoint } from './probes.ts';
import { dial, unlessAborted } from './socket.ts';
import { codeOf, TroubleError } from './trouble.ts';

/** SSLRequest: its own length, and the number that no protocol version has (PostgreSQL documentation, 54.7). */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** A connection on which nothing but the question for TLS has been said. */
export interface OpenWay {
  readonly socket: Socket | TLSSocket;
  /** Absent when the server offers none; the socket then is a plain one. */
  readonly encryption?: Encryption;
}

/** Connects, and encrypts where the server offers it, as libpq does with `sslmode=prefer`. */
export async function openWay(endpoint: Endpoint, signal: AbortSignal): Promise<OpenWay> {
  const socket = await dial(endpoint, signal);
  try {
    switch (await answerToRequest(socket, signal)) {
      case 'S':
        return await secure(socket, endpoint.host, signal);
      case 'N':
        return { socket };
      // An old server, or one that cannot even start a process for us, answers with an error message.
      case 'E':
        throw new TroubleError({ kind: 'server' });
      default:
        throw new TroubleError({ kind: 'garbage' });
    }
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  }
}

/** The one byte of the answer. More than that is garbage: an encrypted reply cannot have begun yet. */
async function answerToRequest(socket: Socket, signal: AbortSignal): Promise<string> {
  let answer = '';
  await unlessAborted(socket, signal, (resolve) => {
    socket.once('data', (bytes) => {
      socket.pause();
      answer = bytes.toString('latin1');
      resolve();
    });
    socket.write(sslRequest);
  });
  return answer.startsWith('E') ? 'E' : answer;
}

async function secure(socket: Socket, host: string, signal: AbortSignal): Promise<OpenWay> {
  const encrypted = connect({
    socket,
    host,
    // An IP address is no name to ask a certificate for (RFC 6066).
    ...(isIP(host) === 0 ? { servername: host } : {}),
    // What a check would find is told; the way is gone on with, as clients do unless they were asked to check.
    rejectUnauthorized: false,
  });
  encrypted.on('error', () => undefined);
  try {
    await unlessAborted(encrypted, signal, (resolve) => {
      encrypted.once('secureConnect', resolve);
    });
  } catch (thrown) {
    const error = toError(thrown);
    if (isCancelled(error)) throw error;
    const code = error instanceof TroubleError ? error.trouble.code : codeOf(error);
    throw new TroubleError({ kind: 'encryption', ...(code === undefined ? {} : { code }) });
  }
  return { socket: encrypted, encryption: factsOf(encrypted) };
}

function factsOf(socket: TLSSocket): Encryption {
  const certificate = socket.getPeerCertificate();
  return {
    protocol: socket.getProtocol() ?? '',
    subject: nameIn(certificate.subject),
    issuer: nameIn(certificate.issuer),
    validTo: textOf(certificate.valid_to),
    ...(socket.authorized ? {} : { distrust: distrustOf(socket.authorizationError) }),
  };
}

/** Its type says `Error`; Node sets the code as a text. */
function distrustOf(reason: unknown): string {
  return typeof reason === 'string' ? reason : (codeOf(reason) ?? '');
}

/** @param holder absent when there is no certificate, whatever its type says */
function nameIn(holder: unknown): string {
  return typeof holder === 'object' && holder !== null && 'CN' in holder ? textOf(holder.CN) : '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
