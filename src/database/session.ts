import type { Duplex } from 'node:stream';
import pg from 'pg';
import { CancelledError, isCancelled } from '../domain/errors.ts';
import type { Secret } from '../domain/secret.ts';
import { openWay } from './encryption.ts';
import type { DoctorTarget, Session } from './probes.ts';
import { createWire, endOf } from './wire.ts';
import { codeOf, serverTrouble, TroubleError } from './trouble.ts';

/** Logs in, encrypted where the server offers it. */
export async function login(target: DoctorTarget, signal: AbortSignal): Promise<Session> {
  const { host, port, user, password, database } = target;
  const { socket } = await openWay({ host, port }, signal);
  const wire = createWire(socket);
  const client = new pg.Client({
    host,
    port,
    user,
    database,
    // A function is asked only when the server wants one, and PGPASSWORD cannot take the place of an empty one.
    password: () => password.reveal(),
    stream: () => wire,
    // The wire has settled that; the environment has no say in it.
    ssl: false,
    sslnegotiation: 'postgres',
    fallback_application_name: 'tencentdb-postgres connection test',
  });
  // What breaks the connection ends the query that runs, and its caller is told there.
  client.on('error', () => undefined);

  const untilStopped = async <T>(stop: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const aborted = (): void => {
      wire.destroy(new CancelledError());
    };
    stop.addEventListener('abort', aborted);
    if (stop.aborted) aborted();
    try {
      return await work();
    } catch (thrown) {
      throw stop.aborted ? new CancelledError() : explained(thrown, wire, password);
    } finally {
      stop.removeEventListener('abort', aborted);
    }
  };

  try {
    await untilStopped(signal, () => client.connect());
  } catch (thrown) {
    wire.destroy();
    throw thrown;
  }
  return {
    query: (text, stop) =>
      untilStopped(stop, async () => {
        const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
        const value = rows[0]?.[0];
        return typeof value === 'string' ? value : JSON.stringify(value ?? null);
      }),
    end() {
      // It resolves when the connection has closed, which is seen to at once, and then there is nothing to do.
      client.end(() => undefined);
      socket.destroySoon();
    },
  };
}

/**
 * An error of pg in our terms. What the server says is taken without the password: one that asked for it in clear text
 * could send it back.
 */
function explained(thrown: unknown, wire: Duplex, password: Secret): Error {
  if (thrown instanceof Error && isCancelled(thrown)) return thrown;
  const code = codeOf(thrown);
  if (thrown instanceof pg.DatabaseError && code !== undefined && /^[0-9A-Z]{5}$/.test(code)) {
    return new TroubleError(serverTrouble(code, withoutSecret(thrown.message, password)));
  }
  const end = endOf(wire);
  if (end !== undefined) return end;
  // pg refuses to log in with none where the server asks for one.
  if (password.reveal() === '') return new TroubleError({ kind: 'password' });
  // The connection is over and nothing else went wrong; or pg could make nothing of an answer.
  return new TroubleError({ kind: wire.readableEnded || wire.destroyed ? 'closed' : 'garbage' });
}

function withoutSecret(text: string, secret: Secret): string {
  return secret.reveal() === '' ? text : text.replaceAll(secret.reveal(), '***');
}
