import type { Size } from './provision.ts';
import { localStorage } from './catalogue.ts';

/** What a price depends on. */
export interface Priced extends Pick<Size, 'cpu' | 'memory' | 'storage'> {
  readonly storageType: string;
}

/** Hundredths of a yuan an hour for a hundred GB. */
const storageRates: ReadonlyMap<string, number> = new Map([
  [localStorage, 16],
  ['CLOUD_PREMIUM', 10],
  ['CLOUD_SSD', 18],
  ['CLOUD_HSSD', 24],
]);

/** Of one instance for an hour, in hundredths of a yuan: made up, and the same on every run. */
export function hourlyPrice({ cpu, memory, storage, storageType }: Priced): number {
  return cpu * 14 + memory * 9 + Math.ceil((storage * (storageRates.get(storageType) ?? 0)) / 100);
}

/** Of one instance for so many months in advance: before and after the discount of a year. */
export function monthlyPrice(priced: Priced, months: number): { original: number; discounted: number } {
  const original = hourlyPrice(priced) * 480 * months;
  return { original, discounted: months >= 12 ? Math.round(original * 0.83) : original };
}
