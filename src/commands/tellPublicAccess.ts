import * as l10n from '@vscode/l10n';
import { durationWords } from '../domain/duration.ts';
import type { Instance } from '../domain/instance.ts';
import type { Now } from '../domain/ports.ts';
import { openPublicAddress } from '../domain/publicAddress.ts';
import type { Messages } from '../domain/windowPorts.ts';
import type { Overdue } from '../instances/closing.ts';
import type { InstanceOperation } from '../instances/operation.ts';
import type { PublicAccessResult } from '../instances/publicAccess.ts';
import type { FailureDesk } from './failure.ts';

/** Says how an opening or a closing has ended, whoever followed it. An address that stays open is said loudly. */
export function tellPublicAccess(deps: {
  readonly messages: Messages;
  readonly desk: FailureDesk;
  readonly copyConnectionString: (instance: Instance) => Promise<void>;
  /** Does the same for the same instance once more; what failed is dismissed by it. */
  readonly retry: (operation: InstanceOperation) => Promise<void>;
  readonly now: Now;
}): (result: PublicAccessResult) => Promise<void> {
  const { messages, desk, copyConnectionString, retry, now } = deps;

  return async (result) => {
    const { operation } = result;
    const { name } = operation;
    switch (result.kind) {
      case 'open': {
        const chosen = await messages.info(openWords(result, now()), [
          { label: l10n.t('Copy Connection String'), value: 'copy' as const },
        ]);
        if (chosen === 'copy') await copyConnectionString(result.instance);
        return;
      }
      case 'closed':
        if (result.overdue === undefined) messages.status(l10n.t('Public access to "{0}" is closed.', name));
        else await messages.warning(overdueWords(name, result.overdue));
        return;
      case 'over':
        // Its closing has said so.
        return;
      case 'postponed':
      case 'unsettled':
        if (result.again) return;
        break;
      case 'failed':
        break;
    }
    const again = await desk.show(failedWords(result), result.explanation, [
      { label: l10n.t('Try Again'), value: true },
    ]);
    if (again === true) await retry(operation);
  };
}

function openWords(
  { operation: { name }, instance, closesAt }: Extract<PublicAccessResult, { kind: 'open' }>,
  now: number,
): string {
  const address = openPublicAddress(instance);
  const where = address === undefined ? '' : `${address.host}:${String(address.port)}`;
  return closesAt === undefined
    ? l10n.t('Public access to "{0}" is open until you close it ({1}).', name, where)
    : l10n.t('Public access to "{0}" is open for {1} ({2}).', name, durationWords(closesAt - now), where);
}

function overdueWords(name: string, { milliseconds, cause }: Overdue): string {
  const span = durationWords(milliseconds);
  switch (cause) {
    case 'noEditor':
      return l10n.t('Closed public access to "{0}" {1} late: no editor was running.', name, span);
    case 'trouble':
      return l10n.t('Closed public access to "{0}" {1} late: it could not be closed earlier.', name, span);
  }
}

type Trouble = Extract<PublicAccessResult, { kind: 'failed' | 'postponed' | 'unsettled' }>;

function failedWords({ kind, operation }: Trouble): string {
  const { name } = operation;
  if (operation.kind === 'openPublic' && kind === 'unsettled') {
    return l10n.t('It is not known whether public access to "{0}" was opened', name);
  }
  if (operation.kind === 'openPublic') return l10n.t('Cannot open public access to "{0}"', name);
  return kind === 'postponed'
    ? l10n.t('Public access to "{0}" is still open and cannot be closed yet', name)
    : l10n.t('Public access to "{0}" may still be open: it cannot be closed', name);
}
