import { readdir, readFile, stat } from 'node:fs/promises';

/** The disk, as far as sources of keys need it. Every method rejects with the error of `node:fs`. */
export interface KeyDisk {
  /** The text of a small file. */
  readFile(path: string): Promise<string>;
  /** Names in a folder. */
  readFolder(path: string): Promise<string[]>;
}

/** A file of keys holds a few hundred bytes, the configuration of a command line some tens of thousands. */
const largest = 1024 * 1024;

/** What is no file, or too large for one of keys, is refused before it is opened: a pipe would never end. */
export const keyDisk: KeyDisk = {
  async readFile(path) {
    const facts = await stat(path);
    if (facts.isDirectory()) throw diskError('EISDIR', 'is a folder');
    if (!facts.isFile()) throw diskError('ENOTSUP', 'is not a file');
    if (facts.size > largest) throw diskError('EFBIG', 'is too large');
    return decode(await readFile(path));
  },
  readFolder: (path) => readdir(path),
};

/** UTF-8, or what a redirection in Windows PowerShell writes: UTF-16, which starts with its mark. Never throws. */
export function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

function diskError(code: string, words: string): Error {
  return Object.assign(new Error(words), { code });
}
