import * as l10n from '@vscode/l10n';
import type { Size } from './rental.ts';

/** A size of which some may not be known. */
type SomeSize = { readonly [K in keyof Size]?: Size[K] | undefined };

/** A size in words, without what is not known of it: `4 cores, 8 GB, 50 GB`; memory stands before storage. */
export function sizeWords({ cpu, memoryGb, storageGb }: SomeSize): string {
  return [cpu === undefined ? undefined : coreWords(cpu), gigabytes(memoryGb), gigabytes(storageGb)]
    .filter((part) => part !== undefined)
    .join(', ');
}

function coreWords(cpu: number): string {
  return cpu === 1 ? l10n.t('1 core') : l10n.t('{0} cores', cpu);
}

function gigabytes(count: number | undefined): string | undefined {
  return count === undefined ? undefined : l10n.t('{0} GB', count);
}

/** A size as the subject of an operation: `4/8/50`. */
export function sizeText({ cpu, memoryGb, storageGb }: Size): string {
  return [cpu, memoryGb, storageGb].map(String).join('/');
}

/** The size of such a subject; `undefined` for any other text. */
export function readSize(text: string): Size | undefined {
  const parts = /^(\d{1,9})\/(\d{1,9})\/(\d{1,9})$/.exec(text);
  if (parts === null) return undefined;
  const [cpu = 0, memoryGb = 0, storageGb = 0] = parts.slice(1).map(Number);
  return { cpu, memoryGb, storageGb };
}

/** True when all of it is known to be the same. */
export function sameSize(size: Size, { cpu, memoryGb, storageGb }: SomeSize): boolean {
  return size.cpu === cpu && size.memoryGb === memoryGb && size.storageGb === storageGb;
}
