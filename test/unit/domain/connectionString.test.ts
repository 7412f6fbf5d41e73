import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { connectionUri } from '../../../src/domain/connectionString.ts';
import type { Instance, InstanceAccess, NetworkAddress } from '../../../src/domain/instance.ts';
import { Secret } from '../../../src/domain/secret.ts';

const privateAddress: NetworkAddress = { kind: 'private', host: '10.0.0.4', port: 5432, status: 'opened' };
const publicAddress: NetworkAddress = { kind: 'public', host: 'db.example.com', port: 5433, status: '1' };

function access(overrides: Partial<InstanceAccess> & { addresses?: readonly NetworkAddress[] } = {}): InstanceAccess {
  const { addresses = [privateAddress], ...rest } = overrides;
  const instance: Instance = {
    id: 'postgres-1',
    name: 'x',
    status: 'running',
    region: 'r',
    zone: 'z',
    addresses,
    tags: [],
  };
  return { instance, accounts: [{ user: 'u', password: new Secret('p') }], databases: ['d'], ...rest };
}

function uri(of: InstanceAccess): string {
  const result = connectionUri(of);
  return 'uri' in result ? result.uri.reveal() : `missing ${result.missing}`;
}

test('an open public address is preferred to a private one', () => {
  assert.equal(uri(access({ addresses: [privateAddress, publicAddress] })), 'postgresql://u:p@db.example.com:5433/d');
});

test('a closed public address is passed over', () => {
  const closed = { ...publicAddress, status: '0' };
  assert.equal(uri(access({ addresses: [closed, privateAddress] })), 'postgresql://u:p@10.0.0.4:5432/d');
  assert.equal(uri(access({ addresses: [closed] })), 'missing address');
});

test('a missing account or database is said', () => {
  assert.equal(uri(access({ accounts: [] })), 'missing account');
  assert.equal(uri(access({ databases: [] })), 'missing database');
});

test('a real client reads back whatever user and password are made of', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((text) => text.isWellFormed() && !text.includes('\u0000'));
  // This client leaves some escapes of the database part as they are, so the service's own kind of name is used there.
  const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/);
  fc.assert(
    fc.property(name, name, word, (user, password, database) => {
      const text = uri(access({ accounts: [{ user, password: new Secret(password) }], databases: [database] }));
      const client = new pg.Client({ connectionString: text });
      assert.deepEqual([client.user, client.password, client.database], [user, password, database]);
    }),
  );
});
