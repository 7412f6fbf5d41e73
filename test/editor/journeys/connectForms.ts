import assert from 'node:assert/strict';
import type { ClientConfig } from 'pg';
import { ownPassword, publicWay, query, shop, type ConnectStage } from './connectStage.ts';

/** Every form by its label, with the way in which its reader understands it. */
const readers: Readonly<Record<string, (text: string) => ClientConfig>> = {
  URI: (text) => ({ connectionString: text }),
  'libpq keywords': keywords,
  '.env line': (text) => ({ connectionString: variable(text) }),
  JDBC: jdbc,
  // The one form without the password, which its environment brings.
  'psql command': (text) => ({ ...uri(inQuotes(text, 'psql "', '"')), password: ownPassword }),
  'Node.js pg': (text) => JSON.parse(text) as ClientConfig, // what it says is for the client to accept
  Prisma: (text) => uri(variable(text)),
  SQLAlchemy: (text) => uri(text.replace('postgresql+psycopg:', 'postgresql:')),
  'Go pgx': (text) => uri(inQuotes(text, 'pgx.Connect(ctx, "', '")')),
};

export async function everyForm({ product: { workbench }, simulator }: ConnectStage): Promise<void> {
  const { input, sidebar } = workbench;
  const { user, port } = await publicWay(simulator);
  for (const [at, [label, read]] of Object.entries(readers).entries()) {
    const text = await workbench.copiedBy(async () => {
      await sidebar.rowMenu(shop, 'Copy Connection String As...');
      if (at === 0) {
        await input.row('With the password').waitFor();
        await workbench.screenshot('connect-copy-password');
        await input.choose('With the password');
      }
      await input.waitFor('Copy connection string: Form');
      if (at === 1) await workbench.screenshot('connect-copy-forms');
      // The last ones are beyond the end of the box.
      await input.type(label);
      await input.choose(label);
    });
    assert.match(text, new RegExp(`127\\.0\\.0\\.1.*${String(port)}`, 'su'), label);
    assert.equal(await query(read(text)), user, label);
  }
  await workbench.waitForStatus(`Connection string copied, with the password that you set: Go pgx, public address`);
}

export async function handedOver({ product: { workbench } }: ConnectStage): Promise<void> {
  const { input, sidebar } = workbench;
  await sidebar.rowMenu(shop, 'Connect with...');
  await input.waitFor('Connect with: Extension');
  await input.row(/Show extensions for PostgreSQL$/u).waitFor();
  await workbench.screenshot('connect-with');
  const copied = await workbench.copiedBy(() => input.choose(/Copy the connection string$/u));
  assert.match(copied, /^pgx\.Connect\(/u, 'where no extension is installed, it is copied as before');
}

function uri(text: string): ClientConfig {
  const { hostname: host, port, username, password, pathname } = new URL(text);
  return {
    host,
    port: Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}

/** A driver of JDBC takes user and password from the parameters. */
function jdbc(text: string): ClientConfig {
  const { hostname: host, port, pathname, searchParams } = new URL(inQuotes(text, 'jdbc:', ''));
  return {
    host,
    port: Number(port),
    database: decodeURIComponent(pathname.slice(1)),
    user: searchParams.get('user') ?? '',
    password: searchParams.get('password') ?? '',
  };
}

/** `name=value` or `name='value'` with blanks between; within quotes a backslash takes the next sign as it is. */
function keywords(text: string): ClientConfig {
  const pairs = [...text.matchAll(/(\w+)=(?:'((?:\\.|[^'\\])*)'|(\S*))\s*/gsu)];
  assert.equal(pairs.map(([all]) => all).join(''), text, 'nothing stands between the pairs');
  const value = (name: string): string => {
    const [, , quoted, plain = ''] = pairs.find(([, key]) => key === name) ?? [];
    return quoted?.replaceAll(/\\(.)/gsu, '$1') ?? plain;
  };
  return {
    host: value('host'),
    port: Number(value('port')),
    user: value('user'),
    password: value('password'),
    database: value('dbname'),
  };
}

/** As every loader of .env files understands a line without quotes. */
function variable(text: string): string {
  const [, value = ''] = /^DATABASE_URL=([^\s'"#$]+)\n?$/u.exec(text) ?? assert.fail('not one plain variable');
  return value;
}

function inQuotes(text: string, before: string, after: string): string {
  assert.ok(text.startsWith(before) && text.endsWith(after));
  return text.slice(before.length, text.length - after.length);
}
