import * as l10n from '@vscode/l10n';
import { isCancelled, toError } from '../domain/errors.ts';
import type { Catalog, Log } from '../domain/ports.ts';
import type { RegionState } from '../domain/regionState.ts';
import type { Messages, Progress } from '../domain/windowPorts.ts';
import type { Refresher } from '../instances/refresher.ts';

/**
 * Lists both kinds of instance in every region of an account, so that what exists already joins the tree. A region
 * where something was found is listed from then on.
 */
export interface FindInstances {
  /** As a person asks for it: with progress, and says what was found. */
  find(accountId: string): Promise<void>;
  /** After the first sign-in: in the status bar, and only when something was found. */
  findQuietly(accountId: string): Promise<void>;
}

export function findInstances(deps: {
  readonly catalog: (accountId: string) => Pick<Catalog, 'regions'>;
  /** The regions that the person chose for the account; absent: all of the service. */
  readonly chosen: (accountId: string) => readonly string[] | undefined;
  /** Regions that are asked when the service does not list them. */
  readonly known: readonly string[];
  readonly refresher: Pick<Refresher, 'refresh'>;
  readonly states: (accountId: string) => readonly RegionState[];
  readonly progress: Progress;
  readonly messages: Messages;
  readonly signal: AbortSignal;
  readonly log: Log;
}): FindInstances {
  const { catalog, chosen, known, refresher, states, progress, messages, signal, log } = deps;

  async function regionsOf(accountId: string): Promise<readonly string[]> {
    const own = chosen(accountId);
    if (own !== undefined) return own;
    try {
      const listed = await catalog(accountId).regions(signal);
      const available = listed.filter((one) => one.available).map(({ region }) => region);
      return available.length === 0 ? known : available;
    } catch (thrown) {
      const error = toError(thrown);
      if (isCancelled(error)) throw error;
      log.warn(`Regions not listed by the service: ${error.message}`);
      return known;
    }
  }

  async function look(accountId: string, report: (text: string) => void): Promise<{ count: number; found: string }> {
    const regions = await regionsOf(accountId);
    report(l10n.t('Asking {0} regions', regions.length));
    await refresher.refresh(accountId, regions);
    const asked = states(accountId).filter(({ region }) => regions.includes(region));
    const populated = asked.filter(({ instances }) => instances.length > 0);
    const count = populated.reduce((sum, { instances }) => sum + instances.length, 0);
    const failed = asked.filter(({ failure }) => failure !== undefined).length;
    const found =
      count === 0
        ? l10n.t('No instances found in {0} regions.', regions.length)
        : l10n.t('Instances found: {0}, in {1} of {2} regions.', count, populated.length, regions.length);
    const more = failed === 0 ? [] : [l10n.t('Regions that could not be asked: {0}', failed)];
    return { count, found: [found, ...more].join(' ') };
  }

  return {
    async find(accountId) {
      const { found } = await progress(l10n.t('Looking for instances'), (report) => look(accountId, report));
      await messages.info(found);
    },
    async findQuietly(accountId) {
      const { count, found } = await look(accountId, () => undefined);
      if (count > 0) messages.status(found);
    },
  };
}
