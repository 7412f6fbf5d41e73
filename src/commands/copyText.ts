import * as l10n from '@vscode/l10n';
import type { Clipboard, Messages } from '../domain/windowPorts.ts';

/** Puts a text on the clipboard that is no secret, and says so. */
export function copyText(deps: {
  readonly clipboard: Clipboard;
  readonly messages: Messages;
}): (text: string) => Promise<void> {
  return async (text) => {
    await deps.clipboard.write(text);
    deps.messages.status(l10n.t('Copied: {0}', text));
  };
}
