import * as l10n from '@vscode/l10n';
import type { Instance } from '../domain/instance.ts';
import type { Messages } from '../domain/windowPorts.ts';

/** Says that an instance can be connected to, with what one does next. */
export function announceReady(deps: {
  readonly messages: Messages;
  readonly copy: (instance: Instance) => Promise<void>;
  readonly reveal: (instance: Instance) => Promise<void>;
  readonly console: () => Promise<void>;
  readonly simulated: () => boolean;
}): (instance: Instance) => Promise<void> {
  return async (instance) => {
    const chosen = await deps.messages.info(
      l10n.t('PostgreSQL instance "{0}" ({1}) is ready.', instance.name, instance.id),
      [
        { label: l10n.t('Copy Connection String'), value: () => deps.copy(instance) },
        { label: l10n.t('Show in Tree'), value: () => deps.reveal(instance) },
        ...(deps.simulated() ? [] : [{ label: l10n.t('Open Console'), value: () => deps.console() }]),
      ],
    );
    await chosen?.();
  };
}
