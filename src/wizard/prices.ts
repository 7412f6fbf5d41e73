import * as l10n from '@vscode/l10n';
import { toError } from '../domain/errors.ts';
import type { Catalog } from '../domain/ports.ts';
import type { Price } from '../domain/price.ts';
import { amountWords, hourlyShort, hourlyWords } from '../domain/price.ts';
import type { PriceQuery } from '../domain/rental.ts';
import type { QuestionOptions } from './questionOptions.ts';

/** What asking for a price came to; without one, why. */
export type Asked =
  | { readonly price: Price; readonly months: number | undefined }
  | { readonly price?: undefined; readonly reason: string };

export interface Prices {
  /** Rejects only when the signal has aborted. */
  ask(query: PriceQuery, signal: AbortSignal): Promise<Asked>;
  /** Asks for one after the other, a few at a time, and gives each out as it comes. */
  askEach<K>(
    queries: ReadonlyMap<K, PriceQuery>,
    note: (key: K, asked: Asked) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

/** How many prices are asked for at a time; how fast in all is the catalogue's care. */
const atOnce = 4;

/** After so many failures in a row the others would fail as well, and each of them costs a call. */
const patience = 10;

/** Prices from the service, each asked for once as long as this object lives, unless it was not to be had. */
export function createPrices(options: {
  readonly catalog: Pick<Catalog, 'price'>;
  readonly trouble: QuestionOptions['trouble'];
}): Prices {
  const { catalog, trouble } = options;
  const known = new Map<string, Price>();

  async function priceOf(query: PriceQuery, signal: AbortSignal): Promise<Price | undefined> {
    const { region, zone, specCode, storageGb, storageType, prepaidMonths } = query;
    const key = [region, zone, specCode, storageGb, storageType, prepaidMonths ?? 0].join('/');
    const price = known.get(key) ?? (await catalog.price(query, signal));
    if (price !== undefined) known.set(key, price);
    return price;
  }

  async function ask(query: PriceQuery, signal: AbortSignal, failing?: () => void): Promise<Asked> {
    try {
      const price = await priceOf(query, signal);
      return price === undefined
        ? { reason: l10n.t('The service names none.') }
        : { price, months: query.prepaidMonths };
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      failing?.();
      return { reason: trouble(toError(thrown)).words };
    }
  }

  return {
    ask: (query, signal) => ask(query, signal),
    async askEach(queries, note, signal) {
      const queue = queries.entries();
      let failures = 0;
      async function work(): Promise<void> {
        for (const [key, query] of queue) {
          const before = failures;
          const asked = await ask(query, signal, () => {
            failures += 1;
          });
          note(key, asked);
          if (failures === before) failures = 0;
          else if (failures >= patience) for (const [other] of queue) note(other, asked);
        }
      }
      await Promise.all(Array.from({ length: atOnce }, work));
    },
  };
}

/** For a row with other things in it: `CNY 1.23/h`, or that there is none. */
export function briefPrice(asked: Asked): string {
  if (asked.price === undefined) return l10n.t('price not available');
  return asked.months === undefined ? hourlyShort(asked.price) : prepaidWords(asked.price, asked.months);
}

/** In full, with the reason when there is none. */
export function fullPrice(asked: Asked): string {
  if (asked.price === undefined) return l10n.t('Price not available: {0}', asked.reason);
  return asked.months === undefined ? hourlyWords(asked.price) : prepaidWords(asked.price, asked.months);
}

function prepaidWords(price: Price, months: number): string {
  return months === 1
    ? l10n.t('{0} for 1 month', amountWords(price))
    : l10n.t('{0} for {1} months', amountWords(price), months);
}
