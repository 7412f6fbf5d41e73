import * as l10n from '@vscode/l10n';
import type { Passwords } from '../credentials/passwords.ts';
import type { Missing, Targets } from '../domain/connectTarget.ts';
import { connectTargets } from '../domain/connectTarget.ts';
import type { Instance, InstanceAccess } from '../domain/instance.ts';
import type { Messages } from '../domain/windowPorts.ts';
import type { PasswordWays } from './missingPassword.ts';
import { keptPasswords, offerPassword } from './missingPassword.ts';

/** Address, account and password as they are at this moment; `undefined` when something is missing, which was said. */
export type FindTargets = (instance: Instance) => Promise<Targets | undefined>;

/** Reads what it takes to log in: from the service, and passwords from the secret storage where they are kept. */
export type AccessOf = (instance: Instance, signal: AbortSignal) => Promise<InstanceAccess | undefined>;

export function createTargetFinder(
  deps: PasswordWays & {
    readonly access: AccessOf;
    readonly passwords: Pick<Passwords, 'get'>;
    readonly messages: Messages;
    readonly signal: AbortSignal;
  },
): FindTargets {
  const { passwords, messages } = deps;
  return async (instance) => {
    const access = await deps.access(instance, deps.signal);
    if (access === undefined) {
      await messages.warning(l10n.t('The service no longer lists "{0}". Refresh the tree.', instance.name));
      return undefined;
    }
    let found = connectTargets(access, await keptPasswords(access, passwords));
    if (!('targets' in found) && found.what === 'password' && (await offerPassword(deps, instance, found.user))) {
      found = connectTargets(access, await keptPasswords(access, passwords));
    }
    if ('targets' in found) return found.targets;
    const text = missingText(found, instance.name);
    if (text !== undefined) await messages.warning(text);
    return undefined;
  };
}

/** Without a word for a password, which is offered a way to. */
function missingText({ what }: Missing, name: string): string | undefined {
  switch (what) {
    case 'address':
      return l10n.t('"{0}" has no open address yet, so there is nothing to connect to.', name);
    case 'account':
      return l10n.t('The service named no database account for "{0}" yet. Try again when the instance runs.', name);
    case 'database':
      return l10n.t('The service named no database for "{0}" yet. Try again when the instance runs.', name);
    case 'password':
      return undefined;
  }
}
