import * as l10n from '@vscode/l10n';
import type { Passwords } from '../credentials/passwords.ts';
import type { Missing, Targets } from '../domain/connectTarget.ts';
import { connectTargets } from '../domain/connectTarget.ts';
import type { Instance, InstanceAccess } from '../domain/instance.ts';
import type { Messages } from '../domain/windowPorts.ts';

/** Address, account and password as they are at this moment; `undefined` when something is missing, which was said. */
export type FindTargets = (instance: Instance) => Promise<Targets | undefined>;

/** Reads what it takes to log in: from the service, and the password from the secret storage where one is kept. */
export type AccessOf = (instance: Instance, signal: AbortSignal) => Promise<InstanceAccess | undefined>;

export function createTargetFinder(deps: {
  readonly access: AccessOf;
  readonly passwords: Pick<Passwords, 'get'>;
  readonly messages: Messages;
  readonly signal: AbortSignal;
}): FindTargets {
  return async (instance) => {
    const [access, kept] = await Promise.all([deps.access(instance, deps.signal), deps.passwords.get(instance.id)]);
    if (access === undefined) {
      await deps.messages.warning(l10n.t('The service no longer lists "{0}". Refresh the tree.', instance.name));
      return undefined;
    }
    const found = connectTargets(access, kept);
    if ('targets' in found) return found.targets;
    await deps.messages.warning(missingText(found.missing, instance.name));
    return undefined;
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
