import fc from 'fast-check';
import type { SecretStore } from '../../src/credentials/passwords.ts';
import type { ConnectTarget } from '../../src/domain/connectTarget.ts';
import type { Memory } from '../../src/domain/memory.ts';
import { Secret } from '../../src/domain/secret.ts';

/** A way to log in; name only the fields that matter. */
export function targetWith(fields: Partial<ConnectTarget> = {}): ConnectTarget {
  return {
    instance: { id: 'postgres-aaaa1111', name: 'shop' },
    address: 'public',
    reach: 'anywhere',
    host: 'db.example.com',
    port: 5433,
    user: 'u',
    password: new Secret('p'),
    passwordIsKept: false,
    database: 'd',
    ...fields,
  };
}

/** Whatever a name or a password may be in PostgreSQL: any text without NUL. Those that mean something to someone, often. */
export const anyWord: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    fc.string({
      unit: fc.constantFrom(...Array.from(' \'"\\/?#%&=@:;,+$!`~()[]{}<>|*^\n\r\ta0é库🐘')),
      minLength: 1,
      maxLength: 12,
    }),
  )
  .filter((text) => text.isWellFormed() && !text.includes('\0'));

/** Any way to log in, of an instance with any name that the service takes. */
export const anyTarget: fc.Arbitrary<ConnectTarget> = fc
  .record({
    name: fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/),
    host: fc.oneof(
      fc.constantFrom('db.example.com', '10.0.0.4', '127.0.0.1', '::1', 'fd00::17', 'postgres-a1.sql.tencentcdb.com'),
      fc.domain(),
    ),
    port: fc.integer({ min: 1, max: 65_535 }),
    user: anyWord,
    password: anyWord,
    database: anyWord,
  })
  .map(({ name, password, ...rest }) =>
    targetWith({ instance: { id: 'postgres-aaaa1111', name }, password: new Secret(password), ...rest }),
  );

/** Facts that a session keeps; they go through JSON, as on disk. */
export function memoryFacts(initial: Readonly<Record<string, unknown>> = {}): Memory {
  const facts = new Map(Object.entries(initial).map(([key, value]) => [key, JSON.stringify(value)]));
  return {
    read: (key): unknown => {
      const text = facts.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    },
    write: (key, value) => {
      facts.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}

/** A secret storage that forgets everything with the process. */
export function memorySecrets(): SecretStore {
  const kept = new Map<string, string>();
  return {
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => Promise.resolve(void kept.set(key, value)),
    delete: (key) => Promise.resolve(void kept.delete(key)),
  };
}
