import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageProblems, withEqualModes, zipEntries } from './packageContents.ts';

/** The directory and the end record of a zip file; the contents are nobody's business here. */
function zip(names: readonly string[], comment = '', mode = 0): Buffer {
  const entries = names.map((name) => {
    const entry = Buffer.alloc(46 + Buffer.byteLength(name) + 4);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt16LE(4, 30);
    entry.writeUInt32LE(mode * 0x10000, 38);
    entry.write(name, 46);
    return entry;
  });
  const contents = Buffer.from('contents');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(contents.length, 16);
  return Buffer.concat([contents, ...entries, end, Buffer.from(comment)]);
}

test('lists the files of a zip file, whatever comment it ends with', () => {
  const names = ['extension/package.json', 'extension/media/', 'extension/ünïcode.md'];
  assert.deepEqual(zipEntries(zip(names)), ['extension/package.json', 'extension/ünïcode.md']);
  assert.deepEqual(zipEntries(zip(names, 'made by a test')), zipEntries(zip(names)));
});

test('refuses what is no zip file', () => {
  assert.throws(() => zipEntries(Buffer.alloc(0)), /not a zip file/);
  assert.throws(() => zipEntries(Buffer.alloc(100)), /not a zip file/);
  const broken = zip(['a']);
  broken.writeUInt32LE(0, 8);
  assert.throws(() => zipEntries(broken), /directory of this zip file is broken/);
});

test('the modes that files had on disk leave no trace, and nothing else is touched', () => {
  const [careful, careless] = [0o100600, 0o100777].map((mode) => zip(['a', 'b/c'], '', mode));
  assert.ok(careful !== undefined && careless !== undefined);
  assert.notDeepEqual(careful, careless);
  assert.deepEqual(withEqualModes(careful), withEqualModes(careless));
  assert.deepEqual(withEqualModes(careful), zip(['a', 'b/c'], '', 0o100644));
  assert.deepEqual(careful, zip(['a', 'b/c'], '', 0o100600), 'what was given is left as it was');
});

test('names what is missing from a package and what does not belong there', () => {
  assert.deepEqual(packageProblems(['a', 'b'], ['b', 'a']), []);
  assert.deepEqual(packageProblems(['a', 'src/x.ts'], ['a', 'b']), [
    'b is missing.',
    'src/x.ts does not belong into the package.',
  ]);
});
