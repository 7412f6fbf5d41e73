import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../../../src/domain/errors.ts';
import { redact, redactKept } from '../../../src/domain/redaction.ts';
import { Secret } from '../../../src/domain/secret.ts';

/** As it could stand in a text that comes back, by what wrote it there. */
const writers: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON of ASCII alone': (secret) =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in an address': (secret) => encodeURIComponent(secret),
  'in an address, in lower case': (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  'in a web form': (secret) =>
    new URLSearchParams({ secret }).toString().slice('secret='.length).replaceAll('*', '%2A'),
  'in Base64': (secret) => Buffer.from(secret).toString('base64'),
  'in Base64 for addresses': (secret) => Buffer.from(secret).toString('base64url'),
};

/** What an account is called decides where in a group of three bytes its password begins. */
const users = ['', 'u:', 'us:', 'use:', 'dbadmin:'];

test('a secret is replaced in every form that a text may hold it in', () => {
  const secret = `p w'"\\%20/?#&=@:;,+$HOME\`~!é库`;
  const made = new Secret(secret);
  assert.equal(String(made), '***');
  for (const [way, write] of Object.entries(writers)) {
    if (way.includes('Base64')) continue;
    assert.equal(redact(`<${write(secret)}>`), '<***>', way);
  }
  for (const user of users) {
    const text = redact(`Basic ${Buffer.from(`${user}${secret}`).toString('base64')} was refused`);
    // Of the first and the last sign a few bits are those of what stands beside it.
    assert.match(text, /^Basic [\w+/]{0,15}\*\*\*[\w+/]{0,2}={0,2} was refused$/, user);
  }
});

test('whatever the secret is, and whatever stands around it, nothing of it is left', () => {
  // Of letters, so that no chance makes them again around it.
  const secrets = fc.string({
    minLength: 6,
    maxLength: 40,
    unit: fc.constantFrom(...Array.from('abAB12 +/%"\\\'~é库🐘\u0001')),
  });
  const around = fc.string({ maxLength: 20, unit: fc.constantFrom(...Array.from('xyz.:, ')) });
  fc.assert(
    fc.property(secrets, around, around, fc.constantFrom(...Object.keys(writers)), (value, before, after, way) => {
      const secret = new Secret(value);
      const written = writers[way]?.(value.toWellFormed()) ?? '';
      const text = redact(`${before}${written}${after}`);
      assert.ok(text.includes('***'), text);
      // Base64 leaves a sign at the end that holds two or four bits of it.
      const rest = /Base64/.test(way) ? text.replace(/\*\*\*[\w+/-]{0,2}=*/g, '***') : text;
      assert.ok(rest.length <= before.length + after.length + 3 * '***'.length, rest);
      assert.ok(!text.includes(secret.reveal()));
    }),
  );
});

test('secrets that overlap or hold each other are hidden as one', () => {
  const secrets = ['overlapping-one', 'one-and-two', 'one-and', 'and-two-more'].map((value) => new Secret(value));
  assert.equal(secrets.length, 4);
  assert.equal(redact('(overlapping-one-and-two-more)'), '(***)');
  assert.equal(redact('one-and'), '***');
});

test('of secrets that begin alike the longest is hidden, whichever was made first', () => {
  const secrets = ['alike-and', 'alike-and-longer', 'alike-and-long'].map((value) => new Secret(value));
  assert.equal(secrets.length, 3);
  assert.equal(redact('(alike-and-longer, alike-and-long, alike-and)'), '(***, ***, ***)');
});

test('a text without a secret is the same text, and a short secret is not looked for', () => {
  const short = new Secret('abc12');
  assert.equal(short.reveal(), 'abc12');
  assert.equal(redact('abc12 is fine'), 'abc12 is fine');
  assert.equal(redact(''), '');
});

test('what is in use stays known, however many others are made', () => {
  const used = new Secret('the-key-in-use-0001');
  const unused = new Secret('nobody-uses-this-1');
  assert.equal(String(unused), '***');
  for (let at = 0; at < 12_000; at += 1) {
    const other = new Secret(`made-in-between-${String(at).padStart(8, '0')}`);
    if (at % 1_000 === 0) assert.equal(used.reveal(), 'the-key-in-use-0001');
    assert.equal(String(other), '***');
  }
  assert.equal(redact('the-key-in-use-0001'), '***');
  assert.equal(redact('made-in-between-00011999'), '***');
  // Memory has a bound, so the oldest that nobody uses is forgotten.
  assert.equal(redact('nobody-uses-this-1'), 'nobody-uses-this-1');
});

test('the one that was not used for the longest time is forgotten first, however often others were used', () => {
  // With its forms in Base64 each takes a little more than a quarter of what may be known at a time.
  const length = 55_000;
  const isKnown = (letter: string): boolean => redact(letter.repeat(length)) === '***';
  const [first] = ['a', 'b'].map((letter) => new Secret(letter.repeat(length)));
  for (let times = 0; times < 100; times += 1) assert.equal(first?.reveal().length, length);
  assert.ok(isKnown('a') && isKnown('b'));
  const others = ['c', 'd'].map((letter) => new Secret(letter.repeat(length)));
  assert.equal(others.length, 2);
  assert.deepEqual(['a', 'b', 'c', 'd'].map(isKnown), [true, false, true, true]);
});

test('one secret that is larger than the bound is known all the same', () => {
  const large = new Secret('0123456789abcdef'.repeat(100_000));
  assert.equal(redact(`x${large.reveal()}y`), 'x***y');
});

test('what is kept loses secrets in its texts, and keeps the names that it is found by', () => {
  const secret = new Secret('shop-db-2024');
  const record = {
    id: 'one',
    name: 'shop-db-2024',
    plan: { name: 'shop-db-2024', adminName: 'shop-db-2024', tags: [{ key: 'k', value: 'is shop-db-2024' }] },
    explanation: { serviceWords: `Invalid: "${secret.reveal()}" is too simple` },
    orders: ['shop-db-2024'],
    left: undefined,
    count: 1,
  };
  assert.deepEqual(redactKept(record), {
    id: 'one',
    name: 'shop-db-2024',
    plan: { name: 'shop-db-2024', adminName: 'shop-db-2024', tags: [{ key: 'k', value: 'is ***' }] },
    explanation: { serviceWords: 'Invalid: "***" is too simple' },
    orders: ['***'],
    count: 1,
  });
  const clean = { words: 'nothing in it' };
  assert.equal(redactKept(clean), clean);
  assert.equal(redactKept(undefined), undefined);
  assert.equal(redactKept('shop-db-2024 alone'), '*** alone');
});

test('an error of the service does not repeat a password that it was sent', () => {
  const password = new Secret('Echoed-Pass-1');
  const error = new ServiceError({
    action: 'CreateInstances',
    region: 'ap-guangzhou',
    code: 'InvalidParameterValue',
    message: `AdminPassword "${password.reveal()}" is not accepted`,
    requestId: 'r-1',
  });
  assert.equal(error.serviceMessage, 'AdminPassword "***" is not accepted');
  assert.equal(error.message, 'CreateInstances failed: InvalidParameterValue: AdminPassword "***" is not accepted');
});
