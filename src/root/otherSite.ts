import * as l10n from '@vscode/l10n';
import type { Connections } from '../credentials/connections.ts';
import type { Session } from '../credentials/session.ts';
import type { Site } from '../domain/credentials.ts';
import { isCancelled, toError } from '../domain/errors.ts';
import type { Explain } from '../domain/explanation.ts';
import { plainText } from '../domain/plainText.ts';
import type { Identify, Log } from '../domain/ports.ts';
import type { Settings } from '../domain/settings.ts';
import type { Messages } from '../domain/windowPorts.ts';

/** The two sites have separate domains; whether keys of one work on the other is not documented, so it is tried. */
export interface OtherSite {
  /** `undefined` while no account of the cloud is in use. */
  site(): Site | undefined;
  /** True when the keys at hand belong to the same account there; then the profile stays on that site. */
  use(site: Site): Promise<boolean>;
}

export function createOtherSite(deps: {
  readonly session: Pick<Session, 'state' | 'change'>;
  readonly connections: Pick<Connections, 'of' | 'forget'>;
  readonly settings: () => Settings;
  readonly identify: Identify;
  readonly explain: Explain;
  readonly messages: Messages;
  readonly signal: AbortSignal;
  readonly log: Log;
}): OtherSite {
  const { session, connections, settings, identify, explain, messages, signal, log } = deps;

  return {
    site() {
      const state = session.state();
      if (state.kind !== 'cloud') return undefined;
      return (state.current.site ?? settings().site) === 'mainland' ? 'international' : 'mainland';
    },
    async use(site) {
      const state = session.state();
      if (state.kind !== 'cloud') return false;
      const { id, accountId } = state.current;
      const { credentials, target } = await connections.of(accountId);
      try {
        const there = await identify({ credentials, target: { ...target, site } }, signal);
        if (there.accountId === accountId) {
          await session.change(id, { site });
          connections.forget(id);
          return true;
        }
        await messages.warning(l10n.t('On the other site these keys belong to another account: {0}', there.accountId));
      } catch (thrown) {
        const error = toError(thrown);
        if (isCancelled(error)) throw error;
        log.warn(`Other site not usable: ${error.message}`);
        const { meaning, serviceWords = '' } = explain(error);
        await messages.warning(
          l10n.t('The other site does not take these keys: {0} {1}', meaning, plainText(serviceWords)),
        );
      }
      return false;
    },
  };
}
