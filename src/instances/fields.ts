import type { Fields } from '../domain/record.ts';
import { firstOfferingId } from '../domain/offerings/names.ts';
import { isRecord } from '../domain/record.ts';

/**
 * Reads values of stored files, whose content is `unknown`. Each reader throws a `TypeError` that names the place
 * and none of the content. Written by hand: these files are read at activation, where compiling schemas would cost
 * more than all the rest.
 */
export type Read<T> = (value: unknown, path: string) => T;

export function record(value: unknown, path: string): Fields {
  if (!isRecord(value)) throw new TypeError(`${path}: not an object`);
  return value;
}

export function text(value: unknown, path: string): string {
  if (typeof value !== 'string') throw new TypeError(`${path}: not a text`);
  return value;
}

export function number(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError(`${path}: not a number`);
  return value;
}

export function truth(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`${path}: not true or false`);
  return value;
}

export function texts(value: unknown, path: string): string[] {
  return list(value, path, text);
}

/** Which kind of instance a record is about; one from before there were several does not say. */
export function offeringIn(from: Fields, path: string): string {
  return optional(from, 'offering', text, path).offering ?? firstOfferingId;
}

export function list<T>(value: unknown, path: string, read: Read<T>): T[] {
  if (!Array.isArray(value)) throw new TypeError(`${path}: not a list`);
  return value.map((item: unknown, index) => read(item, `${path}[${String(index)}]`));
}

/** One of the given words. */
export function oneOf<T extends string>(words: readonly T[]): Read<T> {
  return (value, path) => {
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) throw new TypeError(`${path}: not one of the known words`);
    return word;
  };
}

/** The field under its own name, or nothing where the file has none; for spreading. */
export function optional<K extends string, T>(from: Fields, key: K, read: Read<T>, path: string): { [P in K]?: T } {
  const value = from[key];
  const found: { [P in K]?: T } = {};
  if (value !== undefined && value !== null) found[key] = read(value, `${path}.${key}`);
  return found;
}
