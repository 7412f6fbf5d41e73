import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import type { FormatId } from '../../../src/domain/connectionFormats.ts';
import { connectionFormats, formatOf } from '../../../src/domain/connectionFormats.ts';
import type { ConnectTarget } from '../../../src/domain/connectTarget.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { anyTarget, targetWith } from '../../support/targets.ts';

const noShell = process.platform === 'win32' ? 'there is no sh here' : false;

/** What a reader of a format got out of it. */
interface Read {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

function written(id: FormatId, target: ConnectTarget, withPassword = true): string {
  const text = formatOf(id).write(target, withPassword);
  return text instanceof Secret ? text.reveal() : text;
}

function valuesOf({ host, port, user, password, database }: ConnectTarget, withPassword: boolean): Read {
  return { host, port, user, ...(withPassword ? { password: password.reveal() } : {}), database };
}

/** As libpq reads a URI, and Python's and Go's readers as far as these parts go. */
function readUri(text: string): Read {
  const url = new URL(text);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port),
    user: decodeURIComponent(url.username),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    database: url.searchParams.get('dbname') ?? pathOf(text),
  };
}

/** The path as it stands: `URL` would take a database named ".." for a step up, which none of these readers does. */
function pathOf(text: string): string {
  return decodeURIComponent(/^[^/]*\/\/[^/]*\/([^?]*)/.exec(text)?.[1] ?? '');
}

/** PostgreSQL documentation, 34.1.1.1: `keyword=value`, quotes around values with spaces, backslash before a sign. */
function readKeywords(text: string): Read {
  if (text.startsWith('postgresql://')) return readUri(text);
  const found = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    const equals = text.indexOf('=', at);
    assert.ok(equals > at, `no keyword at ${String(at)} of ${text}`);
    const keyword = text.slice(at, equals);
    let value = '';
    at = equals + 1;
    const quoted = text[at] === "'";
    if (quoted) at += 1;
    while (at < text.length && (quoted ? text[at] !== "'" : !/\s/.test(text.charAt(at)))) {
      if (text[at] === '\\') at += 1;
      value += text.charAt(at);
      at += 1;
    }
    found.set(keyword, value);
    at += quoted ? 2 : 1;
  }
  const { host = '', port = '', user = '', dbname = '' } = Object.fromEntries(found);
  const password = found.get('password');
  return { host, port: Number(port), user, ...(password === undefined ? {} : { password }), database: dbname };
}

/** As the JDBC driver reads it: values are those of a web form. */
function readJdbc(text: string): Read {
  const url = new URL(text.replace(/^jdbc:/, ''));
  const password = url.searchParams.get('password');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port),
    user: url.searchParams.get('user') ?? '',
    ...(password === null ? {} : { password }),
    database: pathOf(text),
  };
}

function readNode(text: string): Read {
  const config: unknown = JSON.parse(text);
  assert.ok(typeof config === 'object' && config !== null);
  const client = new pg.Client(config);
  return {
    host: client.host,
    port: client.port,
    user: client.user ?? '',
    ...('password' in config ? { password: client.password ?? '' } : {}),
    database: client.database ?? '',
  };
}

function after(prefix: string, text: string): string {
  assert.ok(text.startsWith(prefix), text);
  return text.slice(prefix.length);
}

const readers: Readonly<Record<FormatId, (text: string) => Read>> = {
  uri: readUri,
  libpq: readKeywords,
  env: (text) => readUri(after('DATABASE_URL=', text)),
  jdbc: readJdbc,
  psql: (text) => readUri(after('psql "', text).replace(/"$/, '')),
  node: readNode,
  prisma: (text) => readUri(after('DATABASE_URL=', text)),
  sqlalchemy: (text) => {
    after('postgresql+psycopg://', text);
    return readUri(text);
  },
  pgx: (text) => readUri(after('pgx.Connect(ctx, "', text).replace(/"\)$/, '')),
};

for (const { id, label, holdsPassword } of connectionFormats()) {
  test(`${label} is read back with the same values, whatever names and passwords are made of`, () => {
    fc.assert(
      fc.property(anyTarget, fc.boolean(), (target, withPassword) => {
        assert.deepEqual(
          readers[id](written(id, target, withPassword)),
          valuesOf(target, withPassword && holdsPassword),
        );
      }),
    );
  });

  test(`${label} is a secret exactly when the password is in it`, () => {
    const format = formatOf(id);
    const target = targetWith({ password: new Secret('hunter2') });
    assert.equal(format.write(target, true) instanceof Secret, holdsPassword);
    assert.equal(written(id, target, true).includes('hunter2'), holdsPassword);
    assert.ok(!written(id, target, false).includes('hunter2'));
    assert.equal(typeof format.write(target, false), 'string');
  });
}

test('the examples look as people know them', () => {
  const target = targetWith({ user: 'tencentdb_1', password: new Secret("p w'") });
  assert.deepEqual(Object.fromEntries(connectionFormats().map(({ id }) => [id, written(id, target)])), {
    uri: 'postgresql://tencentdb_1:p%20w%27@db.example.com:5433/d',
    libpq: "host=db.example.com port=5433 user=tencentdb_1 password='p w\\'' dbname=d",
    env: 'DATABASE_URL=postgresql://tencentdb_1:p%20w%27@db.example.com:5433/d',
    jdbc: 'jdbc:postgresql://db.example.com:5433/d?user=tencentdb_1&password=p%20w%27',
    psql: 'psql "postgresql://tencentdb_1@db.example.com:5433/d"',
    node: JSON.stringify(
      { host: 'db.example.com', port: 5433, user: 'tencentdb_1', password: "p w'", database: 'd' },
      undefined,
      2,
    ),
    prisma: 'DATABASE_URL=postgresql://tencentdb_1:p%20w%27@db.example.com:5433/d?schema=public',
    sqlalchemy: 'postgresql+psycopg://tencentdb_1:p%20w%27@db.example.com:5433/d',
    pgx: 'pgx.Connect(ctx, "postgresql://tencentdb_1:p%20w%27@db.example.com:5433/d")',
  });
});

test('a database with an unusual name is named where each client looks for it', () => {
  const target = targetWith({ database: 'my db/1' });
  assert.match(written('uri', target), /5433\/my%20db%2F1$/);
  assert.match(written('sqlalchemy', target), /5433\/\?dbname=my%20db%2F1$/);
  assert.match(written('pgx', target), /5433\/\?dbname=my%20db%2F1"\)$/);
});

test('node-postgres reads the URI with any user and password, and asks for no TLS', () => {
  // It leaves some escapes of the database part as they are, so the service's own kind of name is used there.
  fc.assert(
    fc.property(anyTarget, fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/), (any, database) => {
      const target = { ...any, database };
      const client = new pg.Client({ connectionString: written('uri', target) });
      assert.deepEqual(
        {
          host: client.host,
          port: client.port,
          user: client.user,
          password: client.password,
          database: client.database,
        },
        valuesOf(target, true),
      );
      assert.equal(client.ssl, false);
    }),
  );
});

test('a host that is no host cannot change what else the URI says', () => {
  const target = targetWith({ host: 'evil/x?user=root#@h"$(reboot)' });
  for (const id of ['uri', 'jdbc', 'psql'] as const) {
    assert.match(written(id, target), /[/@]evil%2Fx%3Fuser%3Droot%23%40h%22%24%28reboot%29:5433\/d/);
  }
});

test('a shell hands the psql command and the .env line on unchanged', { skip: noShell }, () => {
  fc.assert(
    fc.property(fc.array(anyTarget, { minLength: 50, maxLength: 50 }), (targets) => {
      const script = [
        `psql() { printf '%s\\n' "$#" "$1"; }`,
        ...targets.flatMap((target) => [
          written('psql', target),
          written('env', target),
          `printf '%s\\n' "$DATABASE_URL"`,
        ]),
      ].join('\n');
      const expected = targets.flatMap((target) => ['1', written('uri', target, false), written('uri', target)]);
      assert.deepEqual(
        execFileSync('sh', ['-eu'], { input: script, encoding: 'utf8' }).trimEnd().split('\n'),
        expected,
      );
    }),
    { numRuns: 5 },
  );
});

test('each form has the name that people know it by', () => {
  assert.deepEqual(
    connectionFormats().map(({ label }) => label),
    ['URI', 'libpq keywords', '.env line', 'JDBC', 'psql command', 'Node.js pg', 'Prisma', 'SQLAlchemy', 'Go pgx'],
  );
});
