import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { uriOf } from '../../../src/domain/connectionUri.ts';
import { appended, applied, isEnvFile, setVariable, timesSet, variableRule } from '../../../src/domain/envFile.ts';
import { anyTarget } from '../../support/targets.ts';

const noShell = process.platform === 'win32' ? 'there is no sh here' : false;

function set(text: string, value = 'new', name = 'DB'): string {
  return applied(text, setVariable(text, name, value).edit);
}

/** A reader of our own, after the grammar of dotenv: from the top, what comes last holds. */
function read(text: string): Map<string, string> {
  const line =
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)(?:[ \t]*=|:[ \t])[ \t]*(?:'([^']*)'|"((?:\\[^]|[^"\\])*)"|`([^`]*)`|(?!['"`])([^#\r\n]*?))?[ \t]*(?:#[^\r\n]*)?$/gm;
  const found = new Map<string, string>();
  for (const [, name = '', ...values] of text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .matchAll(line)) {
    found.set(name, values.join(''));
  }
  return found;
}

test('a variable that is not there is added at the end, with the line ends of the file', () => {
  assert.equal(set(''), 'DB=new\n');
  assert.equal(set('A=1\n'), 'A=1\nDB=new\n');
  assert.equal(set('A=1'), 'A=1\nDB=new\n');
  assert.equal(set('A=1\r\nB=2\r\n'), 'A=1\r\nB=2\r\nDB=new\r\n');
  assert.equal(set('A=1\r\nB=2'), 'A=1\r\nB=2\r\nDB=new\r\n');
  assert.equal(set('\uFEFF'), '\uFEFFDB=new\n');
});

for (const [what, before, after] of [
  ['a plain value', 'A=1\nDB=old\nB=2\n', 'A=1\nDB=new\nB=2\n'],
  ['an empty value', 'DB=\nB=2\n', 'DB=new\nB=2\n'],
  ['a value at the end without a line end', 'DB=old', 'DB=new'],
  ['the export of a shell', 'export DB=old\n', 'export DB=new\n'],
  ['spaces around the sign', '  DB = old  \n', '  DB = new  \n'],
  ['a colon in the place of the sign', 'DB: old\n', 'DB: new\n'],
  ['a comment behind it', 'DB=old # why\n', 'DB=new # why\n'],
  ['a comment behind nothing', 'DB= # why\n', 'DB= new # why\n'],
  ['a sign of comments within the value', 'DB=o#ld\n', 'DB=new\n'],
  ['double quotes', 'DB="o l d" # why\n', 'DB="new" # why\n'],
  ['single quotes', "DB='o # l'\n", "DB='new'\n"],
  ['backticks', 'DB=`o"l\'d`\n', 'DB=`new`\n'],
  ['an escaped quote', 'DB="o\\"l\nd"\nB=1\n', 'DB="new"\nB=1\n'],
  ['a value of several lines', 'DB="one\r\nDB=two\r\nthree"\r\nB=1\r\n', 'DB="new"\r\nB=1\r\n'],
  ['a quote that is never closed', 'DB="old\nB=1\n', 'DB="new"\nB=1\n'],
  ['a byte order mark', '\uFEFFDB=old\r\nB=1\r\n', '\uFEFFDB=new\r\nB=1\r\n'],
  ['old Macintosh line ends', 'A=1\rDB=old\rB=2', 'A=1\rDB=new\rB=2'],
  ['a line that is a comment', '#DB=old\n# DB=old\n', '#DB=old\n# DB=old\nDB=new\n'],
  ['a longer name', 'DB_URL=old\nMYDB=old\n', 'DB_URL=old\nMYDB=old\nDB=new\n'],
  ['the text of another value', 'A="\nDB=old\n"\n', 'A="\nDB=old\n"\nDB=new\n'],
] as const) {
  test(`only the value changes: ${what}`, () => {
    assert.equal(set(before), after);
  });
}

test('of a variable that stands there twice the last is changed, as that one holds for every reader', () => {
  const text = 'DB=one\nexport DB=two # this\nB=1\n';
  assert.equal(set(text), 'DB=one\nexport DB=new # this\nB=1\n');
  assert.equal(setVariable(text, 'DB', 'new').times, 2);
  assert.equal(timesSet(text, 'DB'), 2);
  assert.equal(timesSet(text, 'C'), 0);
  assert.equal(read(text).get('DB'), 'two');
});

test('a value that would need quotes is refused, since no quotes suit every reader', () => {
  for (const value of ['a b', "a'b", 'a"b', 'a$b', 'a#b', 'a\nb', 'a`b', '~a', '']) {
    assert.throws(() => setVariable('', 'DB', value), RangeError);
  }
});

/** Lines as people write them, broken ones among them. */
const anyFile = fc
  .record({
    bom: fc.constantFrom('', '\uFEFF'),
    eol: fc.constantFrom('\n', '\r\n'),
    lines: fc.array(
      fc.oneof(
        fc
          .record({
            before: fc.constantFrom('', 'export ', '  '),
            name: fc.constantFrom('A', 'B', 'DB', 'DB_URL'),
            sign: fc.constantFrom('=', ' = ', ': '),
            value: fc.constantFrom(
              '',
              'x',
              'a b',
              '"q"',
              "'q # q'",
              '`b`',
              '"two\nDB=lines"',
              "'two\nlines'",
              'o#p',
              'postgresql://u:p@h/d',
            ),
            behind: fc.constantFrom('', ' ', ' # DB=comment'),
          })
          .map(({ before, name, sign, value, behind }) => before + name + sign + value + behind),
        fc.constantFrom('', '# DB=comment', '   ', 'no assignment', '[section]'),
      ),
    ),
    last: fc.boolean(),
  })
  .map(({ bom, eol, lines, last }) => bom + lines.join('\n').replaceAll('\n', eol) + (last ? eol : ''));

test('any URI is read back from any file, and every other variable keeps its value', () => {
  fc.assert(
    fc.property(anyFile, anyTarget, (file, target) => {
      const uri = uriOf(target, { scheme: 'postgresql', password: target.password.reveal() });
      const after = set(file, uri);
      assert.deepEqual(read(after), new Map(read(file)).set('DB', uri));
      assert.equal(set(after, uri), after);
      assert.equal(after.startsWith('\uFEFF'), file.startsWith('\uFEFF'));
      if (!/(^|[^\r])\n/.test(file) && file.includes('\r\n')) assert.doesNotMatch(after, /(^|[^\r])\n/);
    }),
    { numRuns: 1_000 },
  );
});

test('no text makes it fail or touch more than one stretch', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('DB=: \'"`#\\\r\n\texport\uFEFF')) }), (file) => {
      const { edit, times } = setVariable(file, 'DB', 'new');
      assert.ok(edit.start <= edit.end && edit.end <= file.length);
      assert.equal(timesSet(applied(file, edit), 'DB'), Math.max(times, 1));
    }),
    { numRuns: 2_000 },
  );
});

test('a shell reads what was written', { skip: noShell }, () => {
  fc.assert(
    fc.property(anyTarget, (target) => {
      const uri = uriOf(target, { scheme: 'postgresql', password: target.password.reveal() });
      const file = set('export A=\'one two\'\nDB="old" # why\n', uri);
      const out = execFileSync('sh', ['-eu'], { input: `${file}printf '%s' "$A $DB"`, encoding: 'utf8' });
      assert.equal(out, `one two ${uri}`);
    }),
    { numRuns: 10 },
  );
});

test('the name of a variable is judged as it is typed', () => {
  for (const name of ['DATABASE_URL', '_x', 'a1', ' PGURL ']) assert.equal(variableRule(name), undefined);
  for (const name of ['', ' ', '1A', 'A-B', 'A.B', 'A B', 'A=', 'é', 'x'.repeat(101)])
    assert.notEqual(variableRule(name), undefined);
});

test('files of variables are those that loaders read, not those that are made to be shared', () => {
  for (const name of ['.env', '.env.local', '.env.production.local', '.env.my-stage']) assert.ok(isEnvFile(name), name);
  for (const name of [
    '.envrc',
    'env',
    '.env.',
    '.env.example',
    '.env.SAMPLE',
    '.env.local.template',
    '.env.a b',
    '.env.defaults',
  ])
    assert.ok(!isEnvFile(name), name);
});

test('a line is added behind the last one, whether that is ended or not', () => {
  assert.equal(applied('node_modules', appended('node_modules', '.env')), 'node_modules\n.env\n');
  assert.equal(applied('a\r\nb\r\n', appended('a\r\nb\r\n', '.env')), 'a\r\nb\r\n.env\r\n');
});
