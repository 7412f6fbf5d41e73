import * as l10n from '@vscode/l10n';
import type { Instance } from '../domain/instance.ts';
import { instanceJson } from '../domain/instanceDocument.ts';
import type { InstanceService, ServiceOf } from '../domain/ports.ts';
import type { Clipboard, Messages } from '../domain/windowPorts.ts';

/** Asks the service at this moment, and puts everything but the passwords on the clipboard. */
export function copyAsJson(deps: {
  readonly service: ServiceOf<Pick<InstanceService, 'access'>>;
  readonly clipboard: Clipboard;
  readonly messages: Messages;
  readonly signal: AbortSignal;
}): (instance: Instance) => Promise<void> {
  const { service, clipboard, messages, signal } = deps;
  return async (instance) => {
    const { region, id, name } = instance;
    const access = await service(instance).access(region, id, signal);
    if (access === undefined) {
      await messages.warning(l10n.t('The service no longer lists "{0}". Refresh the tree.', name));
      return;
    }
    await clipboard.write(instanceJson({ instance: access.instance, access }));
    messages.status(l10n.t('Copied "{0}" as JSON, without passwords.', name));
  };
}
