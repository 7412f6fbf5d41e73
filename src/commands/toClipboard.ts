import * as l10n from '@vscode/l10n';
import { toError } from '../domain/errors.ts';
import type { Log } from '../domain/ports.ts';
import type { Secret } from '../domain/secret.ts';
import type { Clipboard, Messages } from '../domain/windowPorts.ts';

/**
 * Puts a secret, or where and how to connect, on the clipboard. A clipboard may refuse: a browser without permission, a
 * desktop without one. Then the text is still at hand and can be tried again.
 * @returns the milliseconds after which it is cleared again, 0 when it stays; `undefined` when it is not on the clipboard
 */
export async function toClipboard(
  { clipboard, messages, log }: { readonly clipboard: Clipboard; readonly messages: Messages; readonly log: Log },
  text: Secret | string,
): Promise<number | undefined> {
  for (;;) {
    try {
      return await clipboard.write(text, 'exact');
    } catch (thrown) {
      log.warn(`Clipboard refused: ${toError(thrown).name}`);
      const again = await messages.error(
        l10n.t('The clipboard refused the text, and what it held before is still there. Allow access and try again.'),
        [{ label: l10n.t('Try Again'), value: true }],
      );
      if (again !== true) return undefined;
    }
  }
}

/**
 * What is said of a copy, with when it is cleared again.
 * @param clearedAfter milliseconds; 0: never
 */
export function copiedWords(said: string, clearedAfter: number): string {
  return clearedAfter === 0
    ? said
    : l10n.t('{0} It is cleared from the clipboard in {1} seconds.', said, clearedAfter / 1_000);
}
