import { percent } from './connectionUri.ts';
import type { ConnectTarget } from './connectTarget.ts';
import { plainText } from './plainText.ts';
import { isRecord } from './record.ts';

/** A link into another extension, in the parts of a URI. `query` is encoded once; a URI encodes it once more. */
export interface ExtensionLink {
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

/** An extension that people query databases with. */
export interface SqlClient {
  readonly id: string;
  readonly label: string;
  /** All of these have to be installed. */
  readonly extensions: readonly string[];
  /** By its link, through its settings, or by pasting into its own form. */
  readonly way: 'link' | 'settings' | 'copy';
}

/** In the order in which they are offered. */
export const sqlClients: readonly SqlClient[] = [
  { id: 'pgsql', label: 'PostgreSQL (Microsoft)', extensions: ['ms-ossdata.vscode-pgsql'], way: 'link' },
  {
    id: 'sqltools',
    label: 'SQLTools',
    extensions: ['mtxr.sqltools', 'mtxr.sqltools-driver-pg'],
    way: 'settings',
  },
  { id: 'databaseClient', label: 'Database Client', extensions: ['cweijan.vscode-postgresql-client2'], way: 'copy' },
  { id: 'dbcode', label: 'DBCode', extensions: ['dbcode.dbcode'], way: 'copy' },
  {
    id: 'postgresExplorer',
    label: 'PostgreSQL (Chris Kolkman)',
    extensions: ['ckolkman.vscode-postgres'],
    way: 'copy',
  },
];

/** What to type into the search of the Extensions view to see those that can be handed a connection. */
export const clientSearch = sqlClients
  .filter(({ way }) => way !== 'copy')
  .flatMap(({ extensions }) => extensions)
  .map((id) => `@id:${id}`)
  .join(' ');

/**
 * The link of Microsoft's extension. Its handler (protocol handler of ms-ossdata.vscode-pgsql) takes `server`, `port`,
 * `database`, `user`, `authenticationType` and `profileName`, and refuses every link that holds the word "password":
 * a name with that word in it is left out, and its form asks for it.
 */
export function pgsqlLink(target: ConnectTarget): ExtensionLink {
  const fields = {
    server: target.host,
    port: String(target.port),
    database: target.database,
    user: target.user,
    authenticationType: 'SqlLogin',
    profileName: profileName(target),
  };
  const query = Object.entries(fields)
    .map(([key, value]) => `${key}=${percent(value)}`)
    .filter((field) => !field.includes('password'));
  return { authority: 'ms-ossdata.vscode-pgsql', path: '/connect', query: query.join('&') };
}

/** The setting that holds the connections of SQLTools, and the command that shows them (its connection manager). */
export const sqltools = { section: 'sqltools', key: 'connections', show: 'sqltools.focusOnExplorer' } as const;

/**
 * An entry of that setting (connection schema of mtxr.sqltools-driver-pg). Settings are plain text that is synchronized,
 * so the password is not in it and SQLTools asks.
 */
export function sqltoolsConnection(target: ConnectTarget): Readonly<Record<string, unknown>> {
  return {
    name: profileName(target),
    driver: 'PostgreSQL',
    server: target.host,
    port: target.port,
    database: target.database,
    username: target.user,
    askForPassword: true,
    connectionTimeout: 15,
  };
}

/** The list with the connection, in the place of an earlier one of the same name. Other entries stay as they are. */
export function withConnection(
  connections: unknown,
  connection: Readonly<Record<string, unknown>>,
): readonly Readonly<Record<string, unknown>>[] {
  const list: readonly unknown[] = Array.isArray(connections) ? connections : [];
  const entries = list.filter(isRecord);
  const at = entries.findIndex(({ name }) => name === connection['name']);
  return at < 0 ? [...entries, connection] : entries.with(at, connection);
}

/** Names of instances may repeat between accounts; the id tells them apart. */
function profileName({ instance }: ConnectTarget): string {
  return `${plainText(instance.name)} (${instance.id})`;
}
