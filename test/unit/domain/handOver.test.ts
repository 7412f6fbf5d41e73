import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  clientSearch,
  pgsqlLink,
  sqlClients,
  sqltoolsConnection,
  withConnection,
} from '../../../src/domain/handOver.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { anyTarget, targetWith } from '../../support/targets.ts';

test('the link holds where and who, in the words of the extension, and no password', () => {
  assert.deepEqual(pgsqlLink(targetWith({ password: new Secret('hunter2') })), {
    authority: 'ms-ossdata.vscode-pgsql',
    path: '/connect',
    query:
      'server=db.example.com&port=5433&database=d&user=u&authenticationType=SqlLogin&profileName=shop%20%28postgres-aaaa1111%29',
  });
});

test('the extension reads back whatever names are made of, and never finds the word that it refuses', () => {
  fc.assert(
    fc.property(anyTarget, (target) => {
      const { query } = pgsqlLink(target);
      const fields = new URLSearchParams(query);
      assert.doesNotMatch(query, /password/);
      assert.equal(fields.get('server'), target.host);
      assert.equal(fields.get('port'), String(target.port));
      assert.equal(fields.get('user'), target.user);
      assert.equal(fields.get('database'), target.database);
      assert.equal(fields.get('profileName'), `${target.instance.name} (postgres-aaaa1111)`);
    }),
  );
});

test('a name with the refused word in it is left out, and the rest of the link works', () => {
  const { query } = pgsqlLink(targetWith({ user: 'password_admin' }));
  assert.deepEqual(
    [...new URLSearchParams(query).keys()],
    ['server', 'port', 'database', 'authenticationType', 'profileName'],
  );
});

test('the entry for SQLTools lets it ask and holds no password', () => {
  const entry = sqltoolsConnection(targetWith({ password: new Secret('hunter2') }));
  assert.equal(entry['askForPassword'], true);
  assert.deepEqual(
    [entry['driver'], entry['server'], entry['port'], entry['database'], entry['username']],
    ['PostgreSQL', 'db.example.com', 5433, 'd', 'u'],
  );
  assert.doesNotMatch(JSON.stringify(entry), /hunter2|\*\*\*/);
});

test('handing over twice leaves one entry, and entries of others stay', () => {
  const other = { name: 'mine', driver: 'MySQL' };
  const [first, moved] = [sqltoolsConnection(targetWith()), sqltoolsConnection(targetWith({ port: 1 }))];
  assert.deepEqual(withConnection([first, other], moved), [moved, other]);
  assert.deepEqual(withConnection([other], first), [other, first]);
});

test('a setting of any shape is taken', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const entry = sqltoolsConnection(targetWith());
      assert.deepEqual(withConnection(value, entry).at(-1), entry);
    }),
  );
});

test('the search names the extensions that can be handed a connection', () => {
  assert.equal(clientSearch, '@id:ms-ossdata.vscode-pgsql @id:mtxr.sqltools @id:mtxr.sqltools-driver-pg');
});

test('each client is known by the extensions that have to be there, and by the way it takes a connection', () => {
  assert.deepEqual(
    sqlClients.map(({ id, label, extensions, way }) => [id, label, extensions.join(' '), way]),
    [
      ['pgsql', 'PostgreSQL (Microsoft)', 'ms-ossdata.vscode-pgsql', 'link'],
      ['sqltools', 'SQLTools', 'mtxr.sqltools mtxr.sqltools-driver-pg', 'settings'],
      ['databaseClient', 'Database Client', 'cweijan.vscode-postgresql-client2', 'copy'],
      ['dbcode', 'DBCode', 'dbcode.dbcode', 'copy'],
      ['postgresExplorer', 'PostgreSQL (Chris Kolkman)', 'ckolkman.vscode-postgres', 'copy'],
    ],
  );
});

test('a setting that is no list gives way to one with the connection alone', () => {
  const entry = sqltoolsConnection(targetWith());
  for (const value of [undefined, {}, 'x', [7, 'x']]) assert.deepEqual(withConnection(value, entry), [entry]);
});
