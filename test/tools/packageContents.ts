const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/** Where each entry of a zip file begins in its central directory. @throws Error as `zipEntries` does */
function directoryOf(zip: Buffer): number[] {
  // The end record has 22 bytes and a comment of up to 65,535.
  let end = zip.length - 22;
  const stop = Math.max(0, end - 0xffff);
  while (end >= stop && zip.readUInt32LE(end) !== endOfDirectory) end -= 1;
  if (end < stop) throw new Error('This is not a zip file.');

  const places: number[] = [];
  let at = zip.readUInt32LE(end + 16);
  while (places.length < zip.readUInt16LE(end + 10)) {
    if (zip.readUInt32LE(at) !== directoryEntry) throw new Error('The directory of this zip file is broken.');
    places.push(at);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return places;
}

/**
 * The paths in a zip file, folders left out, as its central directory lists them.
 * @throws Error when it is no zip file, or one of more than 4 GB or 65,534 entries
 */
export function zipEntries(zip: Buffer): string[] {
  return directoryOf(zip)
    .map((at) => zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)))
    .filter((name) => !name.endsWith('/'));
}

/** The same zip file with every file readable by all and writable by its owner, whatever they were on disk. */
export function withEqualModes(zip: Buffer): Buffer {
  const equal = Buffer.from(zip);
  // The upper half of the external attributes is the mode of Unix; the lower half is of other systems, and empty.
  for (const at of directoryOf(equal)) equal.writeUInt32LE(0o100644 * 0x10000, at + 38);
  return equal;
}

/** What differs between what a package holds and what it should, one sentence each. */
export function packageProblems(actual: readonly string[], expected: readonly string[]): string[] {
  return [
    ...expected.filter((path) => !actual.includes(path)).map((path) => `${path} is missing.`),
    ...actual.filter((path) => !expected.includes(path)).map((path) => `${path} does not belong into the package.`),
  ];
}
