import * as l10n from '@vscode/l10n';
import type { Site } from '../domain/credentials.ts';
import type { Explanation } from '../domain/explanation.ts';
import { findOffering, offeringOf } from '../domain/offerings/offerings.ts';
import type { Retirements } from '../domain/retirement.ts';
import type { MessageAction } from '../domain/windowPorts.ts';
import type { FailureDesk } from './failure.ts';

/** How a create goes on after a failure. */
export type WayOn =
  | { readonly kind: 'stop' }
  /** The same once more, at the review. */
  | { readonly kind: 'again' }
  /** As another kind of instance, with the answers that both have. */
  | { readonly kind: 'heir'; readonly offering: string }
  /** In another account: what belongs to this one is asked anew. */
  | { readonly kind: 'elsewhere' };

type Choice = 'heir' | 'otherSite' | 'simulator';

/**
 * Says that the service has withdrawn a kind of instance, in its own words, and offers the ways that are left. It is
 * noted first, so that the next wizard says so before it asks.
 */
export function retirementGuide(deps: {
  readonly retirements: Pick<Retirements, 'note'>;
  readonly accountId: () => string;
  readonly desk: FailureDesk;
  /** The site that the account is not on; `undefined` where there is no other, as for the simulator. */
  readonly otherSite: () => Site | undefined;
  /** Works with the keys at hand on that site from now on; false when it takes them not, which was said. */
  readonly useSite: (site: Site) => Promise<boolean>;
  /** Starts the local simulator and works with it; absent where it is in use already. */
  readonly simulator: () => (() => Promise<void>) | undefined;
}): (offering: string, name: string, explanation: Explanation) => Promise<WayOn> {
  const { retirements, accountId, desk, otherSite, useSite, simulator } = deps;

  return async (offering, name, explanation) => {
    const { serviceWords = '', requestId = '' } = explanation;
    await retirements.note({ accountId: accountId(), offering }, { serviceWords, requestId });
    const heir = findOffering(offeringOf(offering).heir ?? '');
    const site = otherSite();
    const trySimulator = simulator();
    const actions: MessageAction<Choice>[] = [
      ...(heir === undefined ? [] : [{ label: l10n.t('Create as {0}', heir.label), value: 'heir' as const }]),
      ...(site === undefined ? [] : [{ label: l10n.t('Try Other Site'), value: 'otherSite' as const }]),
      ...(trySimulator === undefined ? [] : [{ label: l10n.t('Try Simulator'), value: 'simulator' as const }]),
    ];
    // These are the next steps.
    const chosen = await desk.show(l10n.t('Cannot create "{0}"', name), { ...explanation, next: [] }, actions);
    if (chosen === 'heir' && heir !== undefined) return { kind: 'heir', offering: heir.id };
    if (chosen === 'otherSite' && site !== undefined) return { kind: (await useSite(site)) ? 'again' : 'stop' };
    if (chosen === 'simulator' && trySimulator !== undefined) {
      await trySimulator();
      return { kind: 'elsewhere' };
    }
    return { kind: 'stop' };
  };
}
