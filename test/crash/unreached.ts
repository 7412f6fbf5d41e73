import type { Site } from './instrument.ts';

/** Why no write comes by a point, by the beginning of its name. */
const reasons: readonly { readonly of: string; readonly reason: string }[] = [];

export function reasonFor({ name }: Pick<Site, 'name'>): string | undefined {
  return reasons.find(({ of }) => name.startsWith(of))?.reason;
}
