import { ApiError } from './apiError.ts';

/** How to log in to a PostgreSQL of ours as its superuser `postgres`. */
export interface Superuser {
  readonly port: number;
  readonly password: string;
}

/** Runs one statement and resolves with its rows. @throws SqlError when PostgreSQL refuses it */
export type Ask = (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** PostgreSQL refused a statement. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  /** SQLSTATE, five characters. */
  readonly state: string;

  constructor(state: string, message: string) {
    super(message);
    this.state = state;
  }
}

/** True when PostgreSQL refused with this SQLSTATE. */
export function isState(error: unknown, state: string): boolean {
  return error instanceof SqlError && error.state === state;
}

/**
 * Logs in for this work and out again. The client is loaded by the first who needs it.
 * @throws ApiError when nobody answers, and whatever the work throws
 */
export async function asSuperuser<T>({ port, password }: Superuser, work: (ask: Ask) => Promise<T>): Promise<T> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 10_000,
    // A statement may hold a password; PostgreSQL is not to log it when it fails.
    options: '-c log_min_error_statement=panic',
  });
  // A connection that breaks rejects the statement that runs.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch {
    throw new ApiError('InternalError.DatabaseAccessError', 'The database cannot be reached. Try again later.');
  }
  try {
    return await work(async (statement) => {
      try {
        return (await client.query<Record<string, unknown>>(statement)).rows;
      } catch (error) {
        throw error instanceof pg.DatabaseError ? new SqlError(error.code ?? '', error.message) : error;
      }
    });
  } finally {
    await client.end();
  }
}

/** A string as SQL writes it, for statements that take no parameters. */
export function literal(text: string): string {
  // What a backslash means in plain quotes is a setting, which the owner of the database can change.
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** A name as SQL writes it, case kept. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
