import * as l10n from '@vscode/l10n';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import type { Confirm, Messages } from '../domain/windowPorts.ts';
import { isAble } from './able.ts';
import type { Apply } from './applyChange.ts';

/** Moves the instance to the recycle bin, once it was confirmed what that means. */
export function isolateInstance(deps: {
  readonly apply: Apply;
  readonly confirm: Confirm;
  readonly messages: Messages;
  /** An account as a person knows it. */
  readonly accountLabel: (accountId: string) => string;
}): (instance: Instance) => Promise<void> {
  const { apply, confirm, messages, accountLabel } = deps;

  /** True when nothing protects it any more. */
  async function unprotected(instance: Instance): Promise<boolean> {
    if (instance.deletionProtection !== true) return true;
    const turnOff = await messages.warning(
      l10n.t('"{0}" is protected from deletion. Turn that off first to move it to the recycle bin.', instance.name),
      [{ label: l10n.t('Turn Protection Off'), value: true }],
    );
    return turnOff === true && (await apply(instance, { kind: 'unprotect' })).kind === 'done';
  }

  return async (instance) => {
    if (!(await isAble(messages, instance, 'recycleBin')) || !(await unprotected(instance))) return;
    const { name, id, region, accountId } = instance;
    const confirmed = await confirm(
      l10n.t('Move "{0}" to the recycle bin?', plainText(name)),
      [
        `${plainText(name)} (${id}): ${l10n.t('{0}, account {1}', region, accountLabel(accountId))}`,
        '',
        l10n.t('It stops, and all connections are cut. Its data stays, and it can be restored from the recycle bin.'),
        l10n.t(
          'Some days later Tencent Cloud destroys it for good, backups included; its console says when. You can destroy it yourself before.',
        ),
      ].join('\n'),
      l10n.t('Move to Recycle Bin'),
    );
    if (confirmed) await apply(instance, { kind: 'isolate' });
  };
}
