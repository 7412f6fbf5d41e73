import type { ConnectTarget } from './connectTarget.ts';

export interface UriParts {
  readonly scheme: string;
  /** Absent: the URI is without one. */
  readonly password?: string;
  /** Readers that take an unusual name from `dbname` only; by default it is the path. */
  readonly unusualDatabaseInQuery?: boolean;
  readonly query?: Readonly<Record<string, string>>;
}

/**
 * A URI as libpq reads it (PostgreSQL documentation, 34.1.1.2). It consists of letters, digits and `._-%:/@[]?=&` only,
 * so that it is the same text inside any quotes, on any command line and in any file of settings.
 *
 * It says nothing of `sslmode`. Nothing is documented about TLS at these addresses, and libpq, JDBC, pgx and Prisma
 * without it do what suits that: try TLS, go on without. Written out, node-postgres would read `prefer` as "required".
 */
export function uriOf(target: ConnectTarget, { scheme, password, unusualDatabaseInQuery, query }: UriParts): string {
  const user = percent(target.user) + (password === undefined ? '' : `:${percent(password)}`);
  const database = percent(target.database);
  const asQuery = unusualDatabaseInQuery === true && database !== target.database;
  const fields = { ...(asQuery ? { dbname: target.database } : {}), ...query };
  const tail = Object.entries(fields).map(([key, value]) => `${percent(key)}=${percent(value)}`);
  const authority = `${user}@${hostOf(target)}:${String(target.port)}`;
  return `${scheme}://${authority}/${asQuery ? '' : database}${tail.length === 0 ? '' : `?${tail.join('&')}`}`;
}

/** An IPv6 address in its brackets; anything else as text, since it came from outside. */
export function hostOf({ host }: Pick<ConnectTarget, 'host'>): string {
  return /^[0-9a-f.]*:[0-9a-f:.]*$/i.test(host) ? `[${host}]` : percent(host);
}

/**
 * Escapes everything but letters, digits and `._-`. That is more than a URI needs: `!` and `'` mean something to
 * shells, and so does `~` after a colon.
 */
export function percent(text: string): string {
  // Halves of surrogate pairs are no text that a database could hold, and encoding one would throw.
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
