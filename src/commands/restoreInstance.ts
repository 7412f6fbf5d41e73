import * as l10n from '@vscode/l10n';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import type { Confirm, Messages } from '../domain/windowPorts.ts';
import { isAble } from './able.ts';
import type { Apply } from './applyChange.ts';

/** Takes the instance out of the recycle bin. Asked about, since it costs money again. */
export function restoreInstance(deps: {
  readonly apply: Apply;
  readonly confirm: Confirm;
  readonly messages: Messages;
}): (instance: Instance) => Promise<void> {
  const { apply, confirm, messages } = deps;
  return async (instance) => {
    if (!(await isAble(messages, instance, 'recycleBin'))) return;
    const confirmed = await confirm(
      l10n.t('Restore "{0}"?', plainText(instance.name)),
      l10n.t('It leaves the recycle bin, starts again, and is paid for as before.'),
      l10n.t('Restore'),
    );
    if (confirmed) await apply(instance, { kind: 'restore' });
  };
}
