import * as l10n from '@vscode/l10n';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import type { Confirm, Messages } from '../domain/windowPorts.ts';
import { isAble } from './able.ts';
import type { Apply } from './applyChange.ts';

/** Restarts the instance once it was confirmed that its connections are cut. */
export function restartInstance(deps: {
  readonly apply: Apply;
  readonly confirm: Confirm;
  readonly messages: Messages;
}): (instance: Instance) => Promise<void> {
  const { apply, confirm, messages } = deps;
  return async (instance) => {
    if (!(await isAble(messages, instance, 'restart'))) return;
    const confirmed = await confirm(
      l10n.t('Restart "{0}"?', plainText(instance.name)),
      l10n.t('All connections are cut, and open transactions are lost. It takes connections again a little later.'),
      l10n.t('Restart'),
    );
    if (confirmed) await apply(instance, { kind: 'restart' });
  };
}
