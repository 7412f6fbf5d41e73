import * as l10n from '@vscode/l10n';
import type { Passwords } from '../credentials/passwords.ts';
import type { KeptPassword } from '../domain/connectTarget.ts';
import type { Instance, InstanceAccess } from '../domain/instance.ts';
import type { Secret } from '../domain/secret.ts';
import type { MessageAction, Messages } from '../domain/windowPorts.ts';
import { can } from './able.ts';

/** The ways to a password that is not known here. */
export interface PasswordWays {
  /** Keeps one that the person knows. */
  readonly setPassword: (instance: Instance, account?: string) => Promise<void>;
  /** Has the service give the account another one. */
  readonly resetPassword: (instance: Instance, account: string) => Promise<void>;
}

/** What is kept for the accounts of an instance, all of it read at once. */
export async function keptPasswords(
  { instance, accounts }: InstanceAccess,
  passwords: Pick<Passwords, 'get'>,
): Promise<KeptPassword> {
  const kept = new Map<string, Secret | undefined>();
  for (const { user } of accounts) kept.set(user, await passwords.get(instance.id, user));
  return (user) => kept.get(user);
}

/** Says that the password of an account is not known, with the ways to one. True when there is one afterwards. */
export async function offerPassword(
  deps: PasswordWays & { readonly passwords: Pick<Passwords, 'get'>; readonly messages: Messages },
  instance: Instance,
  account: string,
): Promise<boolean> {
  const { setPassword, resetPassword, passwords, messages } = deps;
  const set = { label: l10n.t('Set Password'), value: () => setPassword(instance, account) };
  const reset = { label: l10n.t('Reset Password'), value: () => resetPassword(instance, account) };
  const ways: readonly MessageAction<() => Promise<void>>[] = can(instance, 'contents') ? [set, reset] : [set];
  const chosen = await messages.warning(
    l10n.t(
      'No password is kept for account "{0}" of "{1}". Set it if you know it, or reset it.',
      account,
      instance.name,
    ),
    ways,
  );
  if (chosen === undefined) return false;
  await chosen();
  return (await passwords.get(instance.id, account)) !== undefined;
}
