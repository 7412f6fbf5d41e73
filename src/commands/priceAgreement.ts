import * as l10n from '@vscode/l10n';
import type { CreatePlan } from '../domain/createPlan.ts';
import { isCancelled, toError } from '../domain/errors.ts';
import { offeringOf } from '../domain/offerings/offerings.ts';
import type { Catalog, Log } from '../domain/ports.ts';
import type { Price } from '../domain/price.ts';
import { amountWords, hourlyWords } from '../domain/price.ts';
import type { Settings } from '../domain/settings.ts';
import type { Confirm } from '../domain/windowPorts.ts';
import { priceQueryOf } from '../wizard/questions.ts';

/**
 * The second word before money is spent in an unusual way: months that are paid at once, a price above the limit of
 * the settings, or no price at all where there is a limit. True when nothing of it applies.
 */
export function priceAgreement(deps: {
  readonly catalog: Pick<Catalog, 'price'>;
  readonly settings: () => Settings;
  readonly confirm: Confirm;
  readonly signal: AbortSignal;
  readonly log: Log;
}): (plan: CreatePlan) => Promise<boolean> {
  const { catalog, settings, confirm, signal, log } = deps;

  async function priceOf(plan: CreatePlan): Promise<Price | undefined> {
    const query = priceQueryOf(plan);
    if (query === undefined) return undefined;
    try {
      return await catalog.price(query, signal);
    } catch (thrown) {
      const error = toError(thrown);
      if (isCancelled(error)) throw error;
      log.warn(`Price not to be had: ${error.message}`);
      return undefined;
    }
  }

  return async (plan) => {
    const months = plan.rental?.prepaidMonths;
    const limit = settings().create.hourlyPriceLimit;
    if (!offeringOf(plan.offering).can('price') || (months === undefined && limit === undefined)) return true;
    const price = await priceOf(plan);
    if (months !== undefined) {
      return confirm(
        l10n.t('Pay for {0} months at once?', months),
        price === undefined
          ? l10n.t('The service named no price. The whole sum is taken from the account at once.')
          : l10n.t('{0} is taken from the account at once.', amountWords(price)),
        l10n.t('Pay in Advance'),
      );
    }
    return withinLimit(price, limit, confirm);
  };
}

/** A limit counts in the currency of the price. */
export async function withinLimit(
  price: Price | undefined,
  limit: number | undefined,
  confirm: Confirm,
): Promise<boolean> {
  if (limit === undefined) return true;
  if (price === undefined) {
    return confirm(
      l10n.t('Go on without a price?'),
      l10n.t('You have set a limit of {0} per hour, and the service names no price now.', limit),
      l10n.t('Go On'),
    );
  }
  if (price.hundredths <= Math.round(limit * 100)) return true;
  return confirm(
    l10n.t('Go on above your price limit?'),
    l10n.t('It costs {0}. Your limit is {1} per hour.', hourlyWords(price), limit),
    l10n.t('Go On'),
  );
}
