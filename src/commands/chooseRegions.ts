import * as l10n from '@vscode/l10n';
import type { Session } from '../credentials/session.ts';
import { isCancelled, toError } from '../domain/errors.ts';
import type { Explain } from '../domain/explanation.ts';
import type { Offering } from '../domain/offerings/offering.ts';
import type { Catalog, Log, ServiceRegion } from '../domain/ports.ts';
import type { ChooseMany, ListRow, Messages } from '../domain/windowPorts.ts';

/** A region that can be asked, and what is known about it. */
interface Candidate {
  readonly region: string;
  readonly name: string;
  readonly note?: string;
}

/** Chooses the regions whose instances are listed for a profile. All taken away means: the proposed ones again. */
export function chooseRegions(deps: {
  readonly session: Pick<Session, 'state' | 'change'>;
  readonly catalog: (accountId: string) => Pick<Catalog, 'regions'>;
  readonly offerings: readonly Offering[];
  /** The regions that are asked for an account now. */
  readonly asked: (accountId: string) => readonly string[];
  readonly chooseMany: ChooseMany;
  readonly refresh: (accountId: string) => Promise<void>;
  readonly explain: Explain;
  readonly messages: Messages;
  readonly signal: AbortSignal;
  readonly log: Log;
}): () => Promise<void> {
  const { session, catalog, offerings, asked, chooseMany, refresh, explain, messages, signal, log } = deps;

  /** The service's own list where it can be had, for a list that this extension brings ages. */
  async function listed(accountId: string): Promise<{ regions: ServiceRegion[]; trouble?: string }> {
    try {
      return { regions: await catalog(accountId).regions(signal) };
    } catch (thrown) {
      const error = toError(thrown);
      if (isCancelled(error)) throw error;
      log.warn(`Regions not listed by the service: ${error.message}`);
      return { regions: [], trouble: explain(error).meaning };
    }
  }

  return async () => {
    const state = session.state();
    if (state.kind !== 'cloud') {
      await messages.info(l10n.t('Regions are chosen for a profile. Sign in with the keys of an account first.'));
      return;
    }
    const profile = state.current;
    const { accountId } = profile;
    const now = new Set(asked(accountId));
    const rows = (): Promise<readonly ListRow<string>[]> =>
      listed(accountId).then(({ regions, trouble }) =>
        candidates(offerings, regions, [...now], trouble).map(({ region, name, note }) => ({
          label: region,
          description: name,
          ...(note === undefined ? {} : { detail: note }),
          picked: now.has(region),
          value: region,
        })),
      );
    const chosen = await chooseMany(
      l10n.t('Regions of "{0}"', profile.name),
      l10n.t('Choose the regions whose instances are listed'),
      rows,
    );
    if (chosen === undefined) return;
    await session.change(profile.id, { regions: chosen.length === 0 ? undefined : chosen });
    await refresh(accountId);
  };
}

/** Documented regions of the offerings first, then what the service lists, then what is asked all the same. */
function candidates(
  offerings: readonly Offering[],
  listed: readonly ServiceRegion[],
  asked: readonly string[],
  trouble: string | undefined,
): Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (candidate: Candidate): void => {
    if (!found.has(candidate.region)) found.set(candidate.region, candidate);
  };
  for (const offering of offerings) {
    for (const { region, label } of offering.regions()) {
      add({ region, name: label, note: l10n.t('Documented for: {0}', offering.label) });
    }
  }
  const others = new Map(
    offerings.flatMap((one) => one.otherRegions().map(({ value, note }) => [value, note ?? ''] as const)),
  );
  for (const { region, name, available } of listed) {
    add({
      region,
      name: others.get(region) ?? name,
      ...(available ? {} : { note: l10n.t('The service says that it is not available.') }),
    });
  }
  for (const [region, name] of others) {
    const note = trouble === undefined ? l10n.t('Not in the list of the service') : trouble;
    add({ region, name, note });
  }
  for (const region of asked) add({ region, name: '' });
  return [...found.values()];
}
