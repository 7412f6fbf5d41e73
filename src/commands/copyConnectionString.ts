import * as l10n from '@vscode/l10n';
import type { Missing } from '../domain/connectionString.ts';
import { connectionUri } from '../domain/connectionString.ts';
import type { Instance } from '../domain/instance.ts';
import type { InstanceService } from '../domain/ports.ts';
import type { Clipboard, Messages } from '../domain/windowPorts.ts';

/** Asks the service for address and password at this moment, and puts the URI on the clipboard. */
export function copyConnectionString(deps: {
  readonly service: Pick<InstanceService, 'access'>;
  readonly clipboard: Clipboard;
  readonly messages: Messages;
  readonly signal: AbortSignal;
}): (instance: Instance) => Promise<void> {
  return async (instance) => {
    const access = await deps.service.access(instance.region, instance.id, deps.signal);
    if (access === undefined) {
      await deps.messages.warning(l10n.t('The service no longer lists "{0}". Refresh the tree.', instance.name));
      return;
    }
    const result = connectionUri(access);
    if ('missing' in result) {
      await deps.messages.warning(missingText(result.missing, instance.name));
      return;
    }
    await deps.clipboard.write(result.uri);
    const { kind, host, port } = result.address;
    deps.messages.status(
      kind === 'public'
        ? l10n.t('Connection string copied, password included (public address {0}:{1}).', host, port)
        : l10n.t('Connection string copied, password included (private address {0}:{1}).', host, port),
    );
  };
}

function missingText(missing: Missing, name: string): string {
  switch (missing) {
    case 'address':
      return l10n.t('"{0}" has no open address yet, so there is nothing to connect to.', name);
    case 'account':
      return l10n.t('The service named no database account for "{0}" yet. Try again when the instance runs.', name);
    case 'database':
      return l10n.t('The service named no database for "{0}" yet. Try again when the instance runs.', name);
  }
}
