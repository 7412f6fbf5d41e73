import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decode } from '../../../../src/credentials/sources/keyFile.ts';
import { readSdkFile } from '../../../../src/credentials/sources/sdkFile.ts';
import { assertHonest, opened, problemOf, wordsOf } from './support.ts';

const plain = { credentials: { secretId: 'AKID1', secretKey: 'key-1' } };

test('the section default gives the keys', () => {
  const text = '[default]\nsecret_id = AKID1\nsecret_key = key-1\ntoken = token-1\n';
  assert.deepEqual(opened(readSdkFile(text)), {
    credentials: { secretId: 'AKID1', secretKey: 'key-1', token: 'token-1' },
  });
});

test('other sections do not count, before it or after', () => {
  const text = `
    secret_id = AKID0
    [other]
    secret_id = AKID2
    [default]
    secret_id = AKID1
    secret_key = key-1
    [Default]
    secret_key = key-3`;
  assert.deepEqual(opened(readSdkFile(text)), plain);
});

for (const [how, text] of [
  ['with Windows line ends', '[default]\r\nsecret_id=AKID1\r\nsecret_key=key-1\r\n'],
  ['with line ends of an old Mac', '[default]\rsecret_id=AKID1\rsecret_key=key-1'],
  ['behind a byte order mark', '\uFEFF[default]\nsecret_id=AKID1\nsecret_key=key-1'],
  ['with spaces around', '  [ default ]  \n\tsecret_id   =   AKID1  \n  secret_key =key-1\t'],
  ['in double quotes', '[default]\nsecret_id = "AKID1"\nsecret_key = "key-1"'],
  ['in single quotes', "[default]\nsecret_id = 'AKID1'\nsecret_key = 'key-1' # mine"],
  ['with spaces in the quotes', '[default]\nsecret_id = " AKID1 "\nsecret_key = "key-1"'],
  [
    'with comment lines',
    '# a\n; b\n[default] ; c\n#secret_id = no\nsecret_id=AKID1\n;secret_key = no\nsecret_key=key-1',
  ],
  [
    'with comments behind values',
    '[default]\nsecret_id = AKID1 ; of me\nsecret_key = key-1\t# do not share\ntoken = ; none',
  ],
  ['with colons', '[default]\nsecret_id: AKID1\nsecret_key : key-1'],
  ['in upper case', '[default]\nSECRET_ID = AKID1\nSecret_Key = key-1'],
  ['written twice, the last in force', '[default]\nsecret_id = AKID0\nsecret_key = key-1\nsecret_id = AKID1'],
  ['with lines that mean nothing', '[default]\nhello\n= x\nsecret_id = AKID1\n[\nsecret_key = key-1\ntoken'],
] as const) {
  test(`values are read ${how}`, () => {
    assert.deepEqual(opened(readSdkFile(text)), plain);
  });
}

test('a value keeps its own signs', () => {
  const text = '[default]\nsecret_id = AKID1\nsecret_key = a=b:c;d#e==\n';
  assert.deepEqual(opened(readSdkFile(text)), { credentials: { secretId: 'AKID1', secretKey: 'a=b:c;d#e==' } });
});

test('a role in the file is asked for', () => {
  const text =
    '[default]\nsecret_id=AKID1\nsecret_key=key-1\nrole_arn = qcs::cam::uin/1:roleName/dba\nrole_session_name=me';
  assert.deepEqual(readSdkFile(text).role, { roleArn: 'qcs::cam::uin/1:roleName/dba', sessionName: 'me' });
});

for (const [how, text, problem] of [
  ['an empty file', '', { kind: 'incomplete', what: '[default]' }],
  ['a file of another section', '[dev]\nsecret_id=AKID1\nsecret_key=key-1', { kind: 'incomplete', what: '[default]' }],
  ['an empty section', '[default]', { kind: 'missing' }],
  [
    'a file cut off within a line',
    '[default]\nsecret_id = AKID1\nsecret_k',
    { kind: 'incomplete', what: 'secret_key' },
  ],
  ['an empty value', '[default]\nsecret_id = ""\nsecret_key = key-1', { kind: 'incomplete', what: 'secret_id' }],
  ['a quote that is not closed', '[default]\nsecret_id = "AKID1', { kind: 'unreadable', what: 'secret_id' }],
  ['words behind a quote', '[default]\nsecret_id = "AKID1" "AKID2"', { kind: 'unreadable', what: 'secret_id' }],
  ['a value of two words', '[default]\nsecret_id = AK ID\nsecret_key = k', { kind: 'unreadable', what: 'secret_id' }],
] as const) {
  test(`${how} is told by name`, () => {
    assert.deepEqual(
      problemOf(() => readSdkFile(text)),
      problem,
    );
  });
}

test('no word of an error holds a value', () => {
  const words = wordsOf(() => readSdkFile('[default]\nsecret_id = "hidden-value\nsecret_key = hidden-value'));
  assert.match(words, /secret_id/);
  assert.doesNotMatch(words, /hidden-value/);
});

test('any bytes give keys or say that there are none', () => {
  const scraps = fc.constantFrom(
    '[default]',
    '[',
    ']',
    'secret_id',
    'secret_key',
    '=',
    ':',
    '"',
    "'",
    ';',
    '\r',
    '\n',
    ' ',
  );
  const text = fc.array(fc.oneof(scraps, fc.string())).map((parts) => Buffer.from(parts.join('')));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), text), (bytes) => {
      assertHonest(() => readSdkFile(decode(bytes)));
    }),
  );
});

test('what was written is read back, however it was written', () => {
  const value = fc.stringMatching(/^[A-Za-z0-9+/=_-]{1,60}$/);
  const style = fc.record({
    mark: fc.constantFrom('', '\uFEFF'),
    end: fc.constantFrom('\n', '\r\n'),
    sign: fc.constantFrom('=', ' = ', '\t=  '),
    quote: fc.constantFrom('', '"', "'"),
    tail: fc.constantFrom('', ' ; note', ' # note', '  '),
  });
  fc.assert(
    fc.property(value, value, value, style, (id, key, token, { mark, end, sign, quote, tail }) => {
      const lines = Object.entries({ secret_id: id, secret_key: key, token });
      const written = lines.map(([name, text]) => `${name}${sign}${quote}${text}${quote}${tail}`);
      assert.deepEqual(opened(readSdkFile(mark + ['[default]', ...written, ''].join(end))), {
        credentials: { secretId: id, secretKey: key, token },
      });
    }),
  );
});
