import * as l10n from '@vscode/l10n';
import type { ConsoleLinks } from '../domain/links.ts';
import type { Messages, OpenLink } from '../domain/windowPorts.ts';

/** Opens the list of instances in the console; a link to a single one is not documented. */
export function openConsole(deps: {
  readonly openLink: OpenLink;
  readonly links: () => ConsoleLinks;
  readonly simulated: () => boolean;
  readonly messages: Messages;
}): () => Promise<void> {
  return async () => {
    if (deps.simulated()) {
      await deps.messages.info(l10n.t('The local simulator has no console: its instances live on this machine only.'));
      return;
    }
    await deps.openLink(deps.links().instances);
  };
}
