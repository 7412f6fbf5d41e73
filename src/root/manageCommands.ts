import * as l10n from '@vscode/l10n';
import { randomInt } from 'node:crypto';
import { applyChange } from '../commands/applyChange.ts';
import type { InsideDeps } from '../commands/contentQuestions.ts';
import { createAccount } from '../commands/createAccount.ts';
import { createDatabase } from '../commands/createDatabase.ts';
import { deleteAccount } from '../commands/deleteAccount.ts';
import { deleteDatabase } from '../commands/deleteDatabase.ts';
import { deletionProtection } from '../commands/deletionProtection.ts';
import { commandIds } from '../commands/ids.ts';
import { isolateInstance } from '../commands/isolateInstance.ts';
import type { PasswordWays } from '../commands/missingPassword.ts';
import { renameInstance } from '../commands/renameInstance.ts';
import { resetPassword } from '../commands/resetPassword.ts';
import { resizeInstance } from '../commands/resizeInstance.ts';
import { restartInstance } from '../commands/restartInstance.ts';
import { restoreInstance } from '../commands/restoreInstance.ts';
import type { Handler } from '../commands/run.ts';
import { setPassword } from '../commands/setPassword.ts';
import { showSecurityGroups } from '../commands/showSecurityGroups.ts';
import { databaseOf, instanceAround, serverAccountOf } from '../commands/target.ts';
import { tellChange } from '../commands/tellChange.ts';
import { profileOf } from '../credentials/session.ts';
import { isManaged } from '../domain/changeOrder.ts';
import { generatePassword } from '../domain/newPassword.ts';
import type { OperationKind } from '../domain/operation.ts';
import { displayNameRule } from '../domain/namingRules.ts';
import type { ContentsStore } from '../instances/contents.ts';
import type { InstanceOperation } from '../instances/operation.ts';
import { askText } from '../platform/lists.ts';
import { confirm, messages, progress } from '../platform/messages.ts';
import type { Services } from './services.ts';
import type { OnInstance, Shared } from './shared.ts';

type Names =
  | 'renameInstance'
  | 'restartInstance'
  | 'resizeInstance'
  | 'protectInstance'
  | 'unprotectInstance'
  | 'isolateInstance'
  | 'restoreInstance'
  | 'resetPassword'
  | 'createAccount'
  | 'deleteAccount'
  | 'createDatabase'
  | 'deleteDatabase'
  | 'refreshContents'
  | 'showSecurityGroups'
  | 'setPassword';

/** What changes instances that can be managed, and what is inside them. */
export function manageCommands(
  services: Services,
  { ask, desk, run, writes: { change }, passwords, clipboard }: Shared,
): {
  readonly handlers: Readonly<Record<Names, Handler>>;
  /** The ways to a password that is not known. */
  readonly passwordWays: PasswordWays;
  /** How a change that failed is begun anew. */
  readonly again: Partial<Record<OperationKind, OnInstance>>;
  /** Carries on what another window or an earlier session began, and says how it ended. */
  settle(operation: InstanceOperation, signal: AbortSignal): Promise<void>;
} {
  const { cloud, journal, registry, contents, settings, session, background, showActivity, signal } = services;
  const { explain, management } = cloud;

  const refresh = async (instance: Parameters<ContentsStore['refresh']>[0]): Promise<void> =>
    (await contents()).refresh(instance);
  const tell = tellChange({
    messages,
    desk,
    retry: async (operation) => {
      const instance = registry.find(operation.accountId, operation.instanceId);
      await journal.remove([operation]);
      if (instance === undefined) await messages.info(l10n.t('The service no longer lists "{0}".', operation.name));
      else await again[operation.kind]?.(instance);
    },
    showActivity,
  });
  const apply = applyChange({ change, progress, tell, signal });
  const inside: InsideDeps = { management, explain };
  const secret = {
    ...inside,
    apply,
    ask,
    generate: () => generatePassword((bound) => randomInt(bound)),
    clipboard,
    messages,
  };

  const rename = renameInstance({ apply, askText, rule: displayNameRule, messages });
  const restart = restartInstance({ apply, confirm, messages });
  const resize = resizeInstance({
    catalog: cloud.catalog,
    management,
    explain,
    apply,
    ask,
    confirm,
    priceLimit: () => settings().create.hourlyPriceLimit,
    messages,
  });
  const protect = deletionProtection({ on: true, apply, messages });
  const unprotect = deletionProtection({ on: false, apply, messages });
  const isolate = isolateInstance({
    apply,
    confirm,
    messages,
    accountLabel: (accountId) => profileOf(session.state(), accountId)?.name ?? accountId,
  });
  const restore = restoreInstance({ apply, confirm, messages });
  const reset = resetPassword(secret);
  const set = setPassword({ ...inside, passwords, ask, messages });
  const makeAccount = createAccount(secret);
  const removeAccount = deleteAccount({ ...inside, apply, ask, messages });
  const makeDatabase = createDatabase({ ...inside, apply, ask, messages });
  const removeDatabase = deleteDatabase({ ...inside, apply, ask, messages });

  const again: Partial<Record<OperationKind, OnInstance>> = {
    rename,
    restart,
    resize,
    protect,
    unprotect,
    isolate,
    restore,
    resetPassword: (instance) => reset(instance),
    createAccount: makeAccount,
    deleteAccount: (instance) => removeAccount(instance),
    createDatabase: makeDatabase,
    deleteDatabase: (instance) => removeDatabase(instance),
  };

  /** On the instance of the row, or on the one that the row lies in. */
  const around =
    (use: (instance: Parameters<OnInstance>[0], argument: unknown) => Promise<void>) =>
    async (argument: unknown): Promise<void> => {
      const instance = instanceAround(argument);
      if (instance !== undefined) await use(instance, argument);
    };

  return {
    passwordWays: { setPassword: set, resetPassword: reset },
    again,
    async settle(operation, ends) {
      const { kind } = operation;
      if (isManaged(kind)) background(tell(kind, await change.settle(operation, ends)));
    },
    handlers: {
      renameInstance: run(commandIds.renameInstance, l10n.t('Cannot rename'), around(rename)),
      restartInstance: run(commandIds.restartInstance, l10n.t('Cannot restart'), around(restart)),
      resizeInstance: run(commandIds.resizeInstance, l10n.t('Cannot resize'), around(resize)),
      protectInstance: run(commandIds.protectInstance, l10n.t('Cannot turn on deletion protection'), around(protect)),
      unprotectInstance: run(
        commandIds.unprotectInstance,
        l10n.t('Cannot turn off deletion protection'),
        around(unprotect),
      ),
      isolateInstance: run(commandIds.isolateInstance, l10n.t('Cannot move to the recycle bin'), around(isolate)),
      restoreInstance: run(commandIds.restoreInstance, l10n.t('Cannot restore'), around(restore)),
      resetPassword: run(
        commandIds.resetPassword,
        l10n.t('Cannot reset the password'),
        around((instance, argument) => reset(instance, serverAccountOf(argument)?.name)),
      ),
      createAccount: run(commandIds.createAccount, l10n.t('Cannot create the account'), around(makeAccount)),
      deleteAccount: run(
        commandIds.deleteAccount,
        l10n.t('Cannot delete the account'),
        around((instance, argument) => removeAccount(instance, serverAccountOf(argument)?.name)),
      ),
      createDatabase: run(commandIds.createDatabase, l10n.t('Cannot create the database'), around(makeDatabase)),
      deleteDatabase: run(
        commandIds.deleteDatabase,
        l10n.t('Cannot delete the database'),
        around((instance, argument) => removeDatabase(instance, databaseOf(argument))),
      ),
      refreshContents: run(commandIds.refreshContents, l10n.t('Cannot refresh'), around(refresh)),
      showSecurityGroups: run(
        commandIds.showSecurityGroups,
        l10n.t('Cannot show the security groups'),
        around(showSecurityGroups({ management, explain, ask, clipboard, messages })),
      ),
      setPassword: run(
        commandIds.setPassword,
        l10n.t('Cannot keep the password'),
        around((instance, argument) => set(instance, serverAccountOf(argument)?.name)),
      ),
    },
  };
}
