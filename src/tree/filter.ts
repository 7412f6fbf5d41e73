import type { Instance } from '../domain/instance.ts';
import type { Tag } from '../domain/tag.ts';

/** What a filter looks at. */
export interface Searched {
  readonly name: string;
  readonly id: string;
  readonly tags: readonly Tag[];
}

/** True for what a filter shows. */
export type Filter = (searched: Searched) => boolean;

/**
 * Makes a filter of what a person typed: words, all of which have to match, in any case. A word is found anywhere in
 * the name, the id, a tag's key or its value; `env=prod` is found in a tag `env` whose value begins with `prod`.
 * Quotes keep spaces in a word: `"cost center=shop"`.
 */
export function filterOf(text: string): Filter {
  const needles = wordsOf(text);
  if (needles.length === 0) return () => true;
  return (searched) => {
    const text = searchText(searched);
    return needles.every((needle) => text.includes(needle));
  };
}

function wordsOf(text: string): string[] {
  return [...text.toLowerCase().matchAll(/"([^"]*)"|[^\s"]+/g)]
    .map(([bare, quoted]) => quoted ?? bare)
    .filter((word) => word !== '')
    .map((word) => (word.includes('=') ? `\n${word}` : word));
}

/** Instances are never changed, only replaced, so what is searched in one is put together once. */
const known = new WeakMap<Searched, string>();

/** One line each, after a line break, so that a needle that begins with one is found at the start of a line only. */
function searchText(searched: Searched): string {
  const text =
    known.get(searched) ??
    ['', searched.name, searched.id, ...searched.tags.map(({ key, value }) => `${key}=${value}`)]
      .join('\n')
      .toLowerCase();
  known.set(searched, text);
  return text;
}

/** Every tag key in use, in alphabetical order. */
export function tagKeysOf(instances: Iterable<Instance>): string[] {
  const keys = new Set<string>();
  for (const { tags } of instances) for (const { key } of tags) keys.add(key);
  return [...keys].sort();
}
