import * as l10n from '@vscode/l10n';
import type { Instance } from '../domain/instance.ts';
import type { InstanceService, ServiceOf } from '../domain/ports.ts';
import type { Messages } from '../domain/windowPorts.ts';
import type { Registry } from '../instances/registry.ts';

/** Asks for one instance anew. */
export function refreshInstance(deps: {
  readonly service: ServiceOf<Pick<InstanceService, 'findById'>>;
  readonly registry: Pick<Registry, 'put' | 'remove'>;
  readonly messages: Messages;
  readonly signal: AbortSignal;
}): (instance: Instance) => Promise<void> {
  return async (instance) => {
    const { accountId } = instance;
    const found = await deps.service(instance).findById(instance.region, instance.id, deps.signal);
    if (found === undefined) {
      deps.registry.remove(accountId, instance.id);
      deps.messages.status(l10n.t('The service no longer lists "{0}".', instance.name));
    } else {
      deps.registry.put(accountId, found);
    }
  };
}
