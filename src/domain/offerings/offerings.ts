import type { Offering } from './offering.ts';
import { provisioned } from './provisioned.ts';
import { serverless } from './serverless.ts';

/** Every kind of instance, in the order in which they are offered. */
export const offerings: readonly Offering[] = [serverless, provisioned];

/** The offering of that id; `undefined` for one that this version does not know. */
export function findOffering(id: string): Offering | undefined {
  return offerings.find((offering) => offering.id === id);
}

/** The same, for an id that came out of this list. */
export function offeringOf(id: string): Offering {
  const offering = findOffering(id);
  if (offering === undefined) throw new Error(`No such kind of instance: ${id}`);
  return offering;
}
