import type { Offering } from './offering.ts';
import { provisioned } from './provisioned.ts';
import { serverless } from './serverless.ts';

/** Every kind of instance, in the order in which they are offered. */
export const offerings: readonly Offering[] = [serverless, provisioned];

/** The kind of all instances, plans and operations that were kept before there were several. */
export const firstOffering: Offering = serverless;

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

/** Regions that are listed for an account of which nothing is known yet: those where every kind exists. */
export const firstRegions: readonly string[] = ['ap-shanghai', 'ap-beijing', 'ap-guangzhou'];
