import * as l10n from '@vscode/l10n';
import { toError } from '../domain/errors.ts';
import type { Log } from '../domain/ports.ts';
import type { Secret } from '../domain/secret.ts';
import type { Clipboard, Messages } from '../domain/windowPorts.ts';

/**
 * Puts a text on the clipboard. A clipboard may refuse: a browser without permission, a desktop without one. Then the
 * text is still at hand and can be tried again.
 * @returns true when it is on the clipboard
 */
export async function toClipboard(
  { clipboard, messages, log }: { readonly clipboard: Clipboard; readonly messages: Messages; readonly log: Log },
  text: Secret | string,
): Promise<boolean> {
  for (;;) {
    try {
      await clipboard.write(text);
      return true;
    } catch (thrown) {
      log.warn(`Clipboard refused: ${toError(thrown).name}`);
      const again = await messages.error(
        l10n.t('The clipboard refused the text, and what it held before is still there. Allow access and try again.'),
        [{ label: l10n.t('Try Again'), value: true }],
      );
      if (again !== true) return false;
    }
  }
}
