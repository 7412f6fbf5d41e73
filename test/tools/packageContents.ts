const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/**
 * The paths in a zip file, folders left out, as its central directory lists them.
 * @throws Error when it is no zip file, or one of more than 4 GB or 65,534 entries
 */
export function zipEntries(zip: Buffer): string[] {
  // The end record has 22 bytes and a comment of up to 65,535.
  let end = zip.length - 22;
  const stop = Math.max(0, end - 0xffff);
  while (end >= stop && zip.readUInt32LE(end) !== endOfDirectory) end -= 1;
  if (end < stop) throw new Error('This is not a zip file.');

  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const names: string[] = [];
  for (let index = 0; index < count; index += 1) {
    if (zip.readUInt32LE(at) !== directoryEntry) throw new Error('The directory of this zip file is broken.');
    const nameLength = zip.readUInt16LE(at + 28);
    names.push(zip.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names.filter((name) => !name.endsWith('/'));
}

/** What differs between what a package holds and what it should, one sentence each. */
export function packageProblems(actual: readonly string[], expected: readonly string[]): string[] {
  return [
    ...expected.filter((path) => !actual.includes(path)).map((path) => `${path} is missing.`),
    ...actual.filter((path) => !expected.includes(path)).map((path) => `${path} does not belong into the package.`),
  ];
}
